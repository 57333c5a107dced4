import { listed } from "../../words/listed.js";
import { formatCount } from "../../words/numbers.js";
import type { RaceEnd, RaceNews, RacePrice } from "./protocol.js";
import { mostOfRace, raceLimits } from "./race-study.js";

/** What a race takes, before it starts. */
export function priceInWords({ batchSizes, examples, trainings, trainingsAtMost, examplesOfOne }: RacePrice): string {
	const sizes = listed(batchSizes.map((size) => (size === examples ? `${formatCount(size)} (all)` : formatCount(size))));
	return (
		`The price: about ${formatCount(trainings)} trainings, at most ${formatCount(trainingsAtMost)}, for batch sizes ${sizes}. ` +
		`Each ends at the goal, or else after ${raceLimits.epochs} epochs or ${formatCount(raceLimits.steps)} steps, whichever is more: at most ${formatCount(examplesOfOne)} examples. ` +
		`The race ends after ${mostOfRace.seconds / 60} minutes at the latest.`
	);
}

/** How far it is. */
export function progressInWords(
	{ trainings, examples, reached }: Pick<RaceNews, "trainings" | "examples" | "reached">,
	expected: number,
): string {
	const count =
		trainings <= expected
			? `${formatCount(trainings)} of about ${formatCount(expected)} trainings`
			: `${formatCount(trainings)} trainings, more than usual`;
	const so = `${count}; ${formatCount(examples)} examples.`;
	if (reached.length === 0) return `${so} No batch size has a result yet.`;
	return `${so} With a result: batch ${reached.length > 1 ? "sizes" : "size"} ${listed(reached.map(formatCount))}.`;
}

/** How it ended, with what was really paid. */
export function endInWords(end: RaceEnd, { trainings, examples }: RaceNews): string {
	const how =
		end === "complete"
			? "The race is over"
			: end === "cancelled"
				? "Cancelled: this is the state so far"
				: "The time is up: this is the state so far";
	return `${how}. It took ${formatCount(trainings)} trainings and ${formatCount(examples)} examples.`;
}
