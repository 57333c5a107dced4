import { mean } from "../../core/mean.js";
import { log } from "../../core/numerics.js";
import type { HalfOctave } from "../../core/rates.js";
import type { SeedEffect } from "../../core/seed-effect.js";
import type { Setting } from "../../core/setting.js";
import type { Tuned } from "./descend.js";

/** A rate, its setting, and its median steps-to-target. */
export interface Leader extends Tuned {
	readonly setting: Setting;
}

/** A batch size that is tuned: its best rate and setting. */
export interface TunedColumn extends Leader {
	readonly batchSize: number;
	/** By `settingKey`: the best rate of each setting, as far as it was followed; for the best setting it is `rate`. */
	readonly rates: ReadonlyMap<string, HalfOctave>;
	/** Whether seeds make a difference, by its runs and those of the sizes before; absent: not known. */
	readonly seedEffect?: SeedEffect;
}

/** A tuned batch size as the trend sees it. */
interface Place extends Tuned {
	readonly batchSize: number;
}

/** Number of last columns that determine the trend: fewer would follow the noise of single winners. */
const columnsOfTrend = 4;

/**
 * The steepest trend that a start trusts, in half octaves per doubling of the batch size: a start that is too high lies at the cliff and
 * costs more than one that is too low.
 */
const steepest = 1;

/**
 * Where the search at `batchSize` starts, from the columns before, ascending; null where there are none: the last winner, moved along the
 * slope of the last four,
 *
 *     rate = rate_last + slope · log₂(batchSize / batchSize_last),     slope by least squares over (log₂ batchSize, rate), kept within 0 … 1.
 *
 * The best rate rises with the batch size while noise is what limits it and then levels off, by an amount that no rule gives beforehand
 * (Shallue et al. 2019, section 4.7). A trend downward is noise. `steps` are the last winner's: more steps than at a smaller size would be
 * a surprise.
 */
export function expectedAt(batchSize: number, before: readonly Place[]): Tuned | null {
	const last = before.at(-1);
	if (!last) return null;
	const slope = Math.min(steepest, Math.max(0, slopeOf(before.slice(-columnsOfTrend))));
	return { rate: last.rate + Math.round(slope * (doublings(batchSize) - doublings(last.batchSize))), steps: last.steps };
}

/** log₂, the same bits on every machine: the start is part of what a study asks for. */
const doublings = (batchSize: number): number => log(batchSize) * Math.LOG2E;

/** Half octaves per doubling; 0 for a single column. */
function slopeOf(columns: readonly Pick<Place, "batchSize" | "rate">[]): number {
	const sizes = columns.map(({ batchSize }) => doublings(batchSize));
	const [meanSize, meanRate] = [mean(sizes), mean(columns.map(({ rate }) => rate))];
	let covariance = 0;
	let variance = 0;
	for (const [i, { rate }] of columns.entries()) {
		covariance += (sizes[i] - meanSize) * (rate - meanRate);
		variance += (sizes[i] - meanSize) ** 2;
	}
	return variance > 0 ? covariance / variance : 0;
}
