import { formatCount, formatEstimate } from "../../words/numbers.js";
import type { Figures, Size } from "./figures.js";

export function words({ sizes: [first], stop, best }: Figures): readonly string[] {
	const speed = ({ examplesPerSecond }: Size) => formatCount(Math.round(examplesPerSecond.estimate ?? 0));
	return [
		stop === null
			? `At no size do these passes show that doubling gives less than a tenth more examples per second; the most was seen at ${formatCount(best.batchSize)}.`
			: `Doubling the batch stops paying at ${formatCount(stop.batchSize)}: it gives ${formatEstimate(stop.gain)} times the examples per second of the size before.`,
		`A batch of one trains on ${speed(first)} examples a second on one thread; the fastest, ${formatCount(best.batchSize)}, on ${speed(best)}.`,
		"What a larger batch saves beyond that is steps, not seconds per example: on one thread there is no parallel hardware left to fill.",
	];
}
