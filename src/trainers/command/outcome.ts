import { readFileSync } from "node:fs";
import type { Outcome, TrialResult } from "../../core/trial.js";
import type { Exit } from "./group.js";
import type { TrialLog } from "./log.js";

/** What came of a script that ended by itself without having come to the end of its trial. `again`: the machine was at fault, not the run. */
export interface Ending {
	readonly outcome: Outcome | "returned";
	readonly message: string | null;
	readonly again: boolean;
}

/** Sent from outside, by a person, a cluster or the system; others are a program's own crash, which would only happen again. */
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

/** What a shell, or a launcher, between exits with where its program was ended by such a signal. */
const signalsByCode: Readonly<Record<number, NodeJS.Signals>> = { 137: "SIGKILL", 143: "SIGTERM" };

/** The system has no process, memory or descriptor left to start another. */
const shortages: ReadonlySet<string> = new Set(["EAGAIN", "ENOMEM", "EMFILE", "ENFILE"]);

/** `killsBefore`: `memoryKills` when it started. */
export function endingOf({ code, signal, error }: Exit, log: TrialLog, retry: readonly number[], killsBefore: number): Ending {
	if (error) {
		const message = `it could not be started: ${error.message}`;
		return { outcome: "failed", message, again: shortages.has(error.code ?? "") };
	}
	if (code === 0) return { outcome: "returned", message: null, again: false };
	const by = signal ?? signalsByCode[code ?? 0];
	if (by === "SIGKILL" && memoryKills() > killsBefore)
		return { outcome: "out of memory", message: "the system killed it, as memory had run out", again: false };
	if (code !== null && retry.includes(code)) return { outcome: "failed", message: withLines(`exit code ${code}`, log), again: true };
	if (log.memoryLine !== null) return { outcome: "out of memory", message: log.memoryLine, again: false };
	const how = signal === null ? `exit code ${code}` : `it was ended by ${signal}`;
	return { outcome: "failed", message: withLines(how, log), again: by !== undefined && outsideSignals.has(by) };
}

/** Whether it was the script's own end that failed the trial, and not what it said, or left unsaid. */
export const isCrash = ({ outcome, message }: Pick<TrialResult, "outcome" | "message">): boolean =>
	outcome === "failed" && /^(?:exit code|it was ended by|it could not be started)/.test(message ?? "");

/** How it ended and, on lines of their own, the last that was printed. */
export const withLines = (how: string, { lastLines }: TrialLog): string => [how, ...lastLines].join("\n");

/** How many processes this system has killed for want of memory since it started (Linux); 0 where it doesn't say. */
export function memoryKills(): number {
	try {
		return Number(/^oom_kill (\d+)$/m.exec(readFileSync("/proc/vmstat", "utf8"))?.[1] ?? 0);
	} catch {
		return 0;
	}
}
