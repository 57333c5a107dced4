import type { Outcome, TrialResult } from "../../core/trial.js";
import type { Exit } from "./host.js";
import type { TrialLog } from "./log.js";
import { isFromOutside } from "./signals.js";

/** What came of a script that ended by itself before its trial did. `again`: the machine was at fault, not the run. */
export interface Ending {
	readonly outcome: Outcome | "returned";
	readonly message: string | null;
	readonly again: boolean;
}

/** `retry`: exit codes that mean that the machine was at fault. */
export function endingOf(exit: Exit, log: TrialLog, retry: readonly number[]): Ending {
	const { code, signal, outOfMemory, hostFailed, words } = exit;
	if (code === null && signal === null) return { outcome: "failed", message: words, again: hostFailed };
	if (code === 0) return { outcome: "returned", message: null, again: false };
	if (outOfMemory) return { outcome: "out of memory", message: words, again: false };
	if (code !== null && retry.includes(code)) return { outcome: "failed", message: withLines(words, log), again: true };
	if (log.memoryLine !== null) return { outcome: "out of memory", message: log.memoryLine, again: false };
	return { outcome: "failed", message: withLines(words, log), again: hostFailed || isFromOutside(exit) };
}

/** Whether the script's own end failed the trial, and not what it reported or failed to report. */
export const isCrash = ({ outcome, message }: Pick<TrialResult, "outcome" | "message">): boolean =>
	outcome === "failed" && /^(?:exit code|it was ended by|it could not be started)/.test(message ?? "");

/** How it ended and, on lines of their own, the last that was printed. */
export const withLines = (how: string, { lastLines }: TrialLog): string => [how, ...lastLines].join("\n");
