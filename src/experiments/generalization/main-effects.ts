import type { Estimate } from "../../analysis/findings.js";
import { boundedMean, meanInterval, notNegative, paired, shares } from "../../analysis/means.js";
import { mean } from "../../core/mean.js";
import type { CrossedCell } from "./crossed.js";
import type { Crossed } from "./settings.js";

export const factorNames = ["learning rate", "momentum", "width", "batch size"] as const;
export type FactorName = (typeof factorNames)[number];

/** One run of the crossed design, by its levels' places. */
interface Run {
	readonly levels: Readonly<Record<FactorName, number>>;
	readonly accuracy: number;
}

/** A factor of the crossed design. */
export interface Effect {
	readonly factor: FactorName;
	readonly levels: readonly number[];
	/** Mean test accuracy at each level, over all the others. */
	readonly means: readonly Estimate[];
	/** Standard deviation of those means around their own mean: how much the factor moves the result. */
	readonly size: Estimate;
}

export interface MainEffects {
	readonly effects: readonly Effect[];
	/**
	 * The second largest of the other three, by their means; and the batch size's effect less the one that is second within each seed.
	 */
	readonly second: FactorName;
	readonly ahead: Estimate;
	/** The batch size's where each combination of the others has the rate that was best on the tuning seeds; and by how much that is less. */
	readonly tuned: Effect;
	readonly change: Estimate;
}

/** The standard deviation of level means: the root of the factor's share of the variance, in a balanced design. */
function sizeOf(runs: readonly Run[], factor: FactorName, levels: number): number {
	const means = Array.from({ length: levels }, (_, level) => meanOf(runs.filter((run) => run.levels[factor] === level)));
	const centre = mean(means);
	return Math.sqrt(mean(means.map((x) => (x - centre) ** 2)));
}

const meanOf = (runs: readonly Run[]): number => mean(runs.map(({ accuracy }) => accuracy));

/** `chance`: what a run that diverged counts as. `comparisons`: intervals of the family that `ahead` belongs to. */
export function mainEffects(design: Crossed, cells: readonly CrossedCell[], chance: number, comparisons: number): MainEffects {
	const levels: Readonly<Record<FactorName, readonly number[]>> = {
		"learning rate": design.learningRate,
		momentum: design.momentum,
		width: design.width,
		"batch size": design.batchSize,
	};
	const { tuning, reporting } = design.seeds;
	const placed = (cell: CrossedCell, rate: number): Run["levels"] => ({
		"learning rate": rate,
		momentum: design.momentum.indexOf(cell.momentum),
		width: design.width.indexOf(cell.width),
		"batch size": design.batchSize.indexOf(cell.batchSize),
	});
	const every = (seed: number): readonly Run[] =>
		cells.flatMap((cell) => cell.ends.map((ofRate, rate) => ({ levels: placed(cell, rate), accuracy: ofRate[seed]?.test ?? chance })));
	/** Of each combination only the rate with the best held-out accuracy over the tuning seeds; of equal ones the lower. */
	const bestRate = (cell: CrossedCell): number => {
		const held = cell.ends.map((ofRate) => ofRate.slice(0, tuning).reduce((sum, end) => sum + (end?.validation ?? chance), 0));
		return held.indexOf(Math.max(...held));
	};
	const atBest = cells.map((cell) => ({ cell, rate: bestRate(cell) }));
	const tuned = (seed: number): readonly Run[] =>
		atBest.map(({ cell, rate }) => ({ levels: placed(cell, rate), accuracy: cell.ends[rate][seed]?.test ?? chance }));
	const reported = Array.from({ length: reporting }, (_, i) => tuning + i);
	const seen = { every: reported.map(every), tuned: reported.map(tuned) };
	const sizes = (runs: readonly (readonly Run[])[], factor: FactorName) => runs.map((own) => sizeOf(own, factor, levels[factor].length));
	const effect = (factor: FactorName, runs: readonly (readonly Run[])[]): Effect => ({
		factor,
		levels: levels[factor],
		means: levels[factor].map((_, level) =>
			boundedMean(
				runs.map((own) => meanOf(own.filter((run) => run.levels[factor] === level))),
				shares,
			),
		),
		size: boundedMean(sizes(runs, factor), notNegative),
	});
	const others = factorNames
		.filter((factor) => factor !== "batch size")
		.map((factor) => ({ factor, own: sizes(seen.every, factor), mean: meanInterval(sizes(seen.every, factor)).estimate ?? 0 }))
		.sort((a, b) => b.mean - a.mean);
	const batch = sizes(seen.every, "batch size");
	return {
		effects: factorNames.map((factor) => effect(factor, seen.every)),
		second: others[1].factor,
		ahead: meanInterval(
			batch.map((x, i) => x - others.map(({ own }) => own[i]).sort((p, q) => q - p)[1]),
			comparisons,
		),
		tuned: effect("batch size", seen.tuned),
		change: meanInterval(paired(batch, sizes(seen.tuned, "batch size")), comparisons),
	};
}
