import type { Findings } from "../analysis/findings.js";
import { formatNumber } from "./numbers.js";

/** Shares this close are not worth two figures. */
const alike = 1.15;

/** What the answer cost, in runs to the goal at what it recommends; null where it recommends nothing. */
export function priceSentence({
	cost: { trainings, trainingSeconds, own },
	horizon,
	ending,
}: Pick<Findings, "cost" | "horizon" | "ending">): string | null {
	if (trainings === null) return null;
	const count = `${formatNumber(trainings)} trainings`;
	if (ending) return `This answer cost ${count} counted in examples: a training is one run of the least length at this setting.`;
	if (horizon) return `This answer cost ${count} counted in examples: a training is one run of the whole length at this setting.`;
	const what = "a training is one run to the goal at this setting";
	const ofThem = own === undefined ? "" : `, ${formatNumber(own)} of them for your own setting`;
	if (trainingSeconds === null) return `This answer cost ${count} counted in examples${ofThem}: ${what}.`;
	const [more, less] = [Math.max(trainings, trainingSeconds), Math.min(trainings, trainingSeconds)];
	if (more <= alike * less) return `This answer cost ${count}${ofThem}: ${what}.`;
	return `This answer cost ${count} counted in examples${ofThem}, or ${formatNumber(trainingSeconds)} counted in step time: ${what}.`;
}
