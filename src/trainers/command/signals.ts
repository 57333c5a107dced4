import type { Exit } from "./host.js";

/** What a shell or a launcher exits with where such a signal ended the program that it had started. */
const signalsByCode: Readonly<Record<number, string>> = { 137: "SIGKILL", 143: "SIGTERM" };

/** The signal that ended a script, or the program that it was a launcher of; null where none did. */
export const signalOf = ({ code, signal }: Pick<Exit, "code" | "signal">): string | null => signal ?? signalsByCode[code ?? 0] ?? null;

/** Signals that a person, a cluster or the system sends. Others are a program's own crash, which would only happen again. */
const outsideSignals: ReadonlySet<string> = new Set([
	"SIGKILL",
	"SIGTERM",
	"SIGHUP",
	"SIGINT",
	"SIGQUIT",
	"SIGXCPU",
	"SIGUSR1",
	"SIGUSR2",
	"SIGPWR",
]);

/** Whether a signal from outside ended it. */
export const isFromOutside = (exit: Pick<Exit, "code" | "signal">): boolean => outsideSignals.has(signalOf(exit) ?? "");
