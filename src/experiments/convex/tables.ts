import { formatEstimate, formatNumber } from "../../words/numbers.js";
import type { Table } from "../experiment.js";
import { countColumn, estimateColumn, figureColumn, percentColumn, rateColumn, sizeColumn, tableOf, textColumn } from "../lab/table.js";
import type { Ball, Figures, Harm, Reached } from "./figures.js";
import type { Settings } from "./settings.js";

const inWords = { "with-replacement": "with replacement", reshuffle: "reshuffled epochs" } as const;
const samplerColumn = textColumn("sampler", ({ sampler }: Pick<Ball, "sampler">) => inWords[sampler]);

export const tables = ({ balls, loose, tight, settled, harm, realHarm }: Figures, { race, converge }: Settings): readonly Table[] => [
	tableOf("Root mean squared distance from the optimum, least squares", [...balls].sort(byArm), [
		samplerColumn,
		countColumn("training examples", ({ examples }) => examples),
		sizeColumn,
		rateColumn("rate", (ball) => ball),
		estimateColumn("distance", ({ radius }) => radius),
		figureColumn("closed form", ({ expected }) => (expected === null ? "none known" : formatNumber(expected))),
		estimateColumn("over it", ({ ratio }) => ratio),
	]),
	tableOf(
		"Until the loss is near the least, least squares",
		loose.map((one, i) => ({ batchSize: one.batchSize, to: [one, tight[i]] })),
		[
			sizeColumn,
			...race.targets.flatMap((target, i) => [
				rateColumn<Raced>(`best rate to ${target}`, ({ to }) => to[i]),
				figureColumn<Raced>("steps", ({ to }) => (to[i].learningRate === null ? "not reached" : formatEstimate(to[i].steps))),
				estimateColumn<Raced>("examples", ({ to }) => to[i].examples),
			]),
		],
	),
	tableOf(`The full batch after ${converge.steps} steps at a constant rate`, settled, [
		textColumn("problem", ({ problem }) => problem),
		figureColumn("rate, as a share of 2/L", ({ share }) => String(share)),
		estimateColumn("log₁₀ of the distance left, of that at the start", ({ left }) => left),
		textColumn("diverged", ({ diverged, runs }) => `${diverged} of ${runs}`),
	]),
	harmTable(harm, "logistic regression on made data"),
	harmTable(realHarm, "handwritten digits, even or odd"),
];

/** One batch size's way to each of the targets. */
interface Raced {
	readonly to: readonly Reached[];
}

/** With replacement first, then by descending rate, ascending numbers of examples and batch sizes. */
const byArm = (a: Ball, b: Ball): number =>
	b.sampler.localeCompare(a.sampler) || b.learningRate - a.learningRate || a.examples - b.examples || a.batchSize - b.batchSize;

const harmTable = (harm: readonly Harm[], on: string): Table =>
	tableOf(`Validation error of hovering weights less that of the optimum: ${on}`, harm, [
		samplerColumn,
		sizeColumn,
		percentColumn("excess error", ({ excessError }) => excessError),
	]);
