import type { StoredStudy } from "../study/contracts.js";
import type { Progress } from "../study/progress.js";
import { formatCount, formatSeconds } from "../words/numbers.js";

/** How far a study is and what it took: "42 of about 120 trials, 3 min so far, about 6 min left". */
export function amounts(
	{ state, trials, seconds }: StoredStudy,
	progress: Pick<Progress, "done" | "expected" | "secondsLeft"> | null,
): string {
	const counted = (n: number) => `${formatCount(n)} ${n === 1 ? "trial" : "trials"}`;
	if (state === "complete") return `${counted(trials)} in ${formatSeconds(seconds)}`;
	const done = Math.max(trials, progress?.done ?? 0);
	const expected = progress && progress.expected > done ? `${formatCount(done)} of about ${counted(progress.expected)}` : counted(done);
	const left = state === "running" && progress?.secondsLeft ? `, about ${formatSeconds(progress.secondsLeft)} left` : "";
	return `${expected}${seconds > 0 ? `, ${formatSeconds(seconds)} so far` : ""}${left}`;
}
