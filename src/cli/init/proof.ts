import type { Attempt, CommandStudy, Tried } from "../../api/try-command.js";
import { goalMetric } from "../../core/goal.js";
import { exactClockOf, secondsPerStepOf } from "../../core/step-clock.js";
import { formatNumber, formatSeconds } from "../../words/numbers.js";

/** The last lines of what was printed that are shown where nothing arrived. */
const shownLines = 8;

/** Whether a try has shown that the goal's metric arrives. */
export const isProof = ({ result }: Tried): boolean => result.evaluations.length > 0;

/** That metrics arrive, in sentences. */
export function proofWords({ goal }: CommandStudy, { result }: Tried): readonly string[] {
	const [first] = result.evaluations;
	const metric = goalMetric(goal);
	const clock = exactClockOf(result);
	const pace = clock === null ? "" : `; a step takes ${formatSeconds(secondsPerStepOf(clock))}`;
	return [
		`Metrics arrive: ${metric} was ${formatNumber(first.metrics[metric] ?? Number.NaN)} after ${first.step} step${first.step === 1 ? "" : "s"}, ${formatSeconds(result.seconds)} from its start${pace}.`,
		...(result.outcome === "stopped" ? ["The script ended by itself: make sure that it trains for as long as `limits` allows."] : []),
	];
}

/** How the script was heard to the end without `wanted`, such as "metric", and what it printed last. */
export function silenceWords(
	{ seconds }: Pick<Attempt, "seconds">,
	{ result, events, printed, command }: Tried,
	wanted: string,
): readonly string[] {
	const [headline = result.outcome] = (result.message ?? "").split("\n");
	const how =
		result.outcome === "timed out"
			? `${command.join(" ")} ran for ${seconds} s, and no ${wanted} arrived${result.steps > 0 ? `, though it reported up to step ${result.steps}` : ""}`
			: `${command.join(" ")}: ${headline}`;
	const last = printed.slice(-shownLines);
	return [
		`${how}.`,
		...(last.length > 0
			? ["The last that it printed:", ...last.map((line) => `  ${line.slice(0, 160)}`)]
			: [events.length > 0 ? "It printed nothing else." : "It printed nothing."]),
	];
}
