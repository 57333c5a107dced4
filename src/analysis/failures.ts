import { failureKind } from "../core/failure-kind.js";
import type { FinishedTrial } from "../core/trial.js";
import type { Failure } from "./findings.js";

/** How the trials failed, where all of them did (and there are any); else null. */
export function failureOf(trials: readonly FinishedTrial[]): Failure | null {
	if (!everyTrialFailed(trials)) return null;
	const kinds = new Map<string, FinishedTrial[]>();
	for (const trial of trials) {
		const kind = failureKind(trial.result.message);
		kinds.set(kind, [...(kinds.get(kind) ?? []), trial]);
	}
	const most = [...kinds.values()].reduce((a, b) => (b.length > a.length ? b : a));
	const [how = "", ...lines] = most[most.length - 1].result.message?.split("\n") ?? [];
	return { trials: trials.length, alike: most.length, how: [how, lines.at(-1) ?? ""].filter((part) => part !== "").join(": ") };
}

export const everyTrialFailed = (trials: readonly FinishedTrial[]): boolean =>
	trials.length > 0 && trials.every(({ result }) => result.outcome === "failed");
