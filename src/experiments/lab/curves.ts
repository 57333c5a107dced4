import type { BatchMetrics } from "../../trainers/machinery.js";
import type { Laboratory } from "./laboratory.js";

/** One run to take learning curves of. */
export interface CurveRun {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly seed: number;
	/** Looks after these steps, ascending; 0 is before the first. The run ends with the last of them. */
	readonly looks: readonly number[];
}

/**
 * What was seen at each look, as columns of equal length. Shorter than asked for where the run diverged: its loss was then no longer a
 * number.
 */
export interface Curves {
	readonly step: readonly number[];
	/** Examples used so far. */
	readonly examples: readonly number[];
	/** Of the mini-batch of that very step, before its update; null at step 0. */
	readonly batchLoss: readonly (number | null)[];
	readonly batchAccuracy: readonly (number | null)[];
	/** Over the whole set, at the weights after the step. */
	readonly trainLoss: readonly number[];
	readonly trainAccuracy: readonly number[];
	readonly validationLoss: readonly number[];
	readonly validationAccuracy: readonly number[];
	/** ‖w − w₀‖. */
	readonly distance: readonly number[];
	readonly diverged: boolean;
}

/** Looks at the start, at the end of every `every`-th epoch, and of the `last`. Steps, ascending. */
export function epochLooks(examples: number, batchSize: number, last: number, every = 1): readonly number[] {
	const perEpoch = Math.ceil(examples / batchSize);
	const looks = [0];
	for (let epoch = every; epoch < last; epoch += every) looks.push(epoch * perEpoch);
	return [...looks, last * perEpoch];
}

/** Trains one run and looks at it. */
export function takeCurves(lab: Laboratory, { batchSize, learningRate, seed, looks }: CurveRun): Curves {
	lab.begin(batchSize, seed);
	const columns = {
		step: [] as number[],
		examples: [] as number[],
		batchLoss: [] as (number | null)[],
		batchAccuracy: [] as (number | null)[],
		trainLoss: [] as number[],
		trainAccuracy: [] as number[],
		validationLoss: [] as number[],
		validationAccuracy: [] as number[],
		distance: [] as number[],
	};
	const diverged = walk(lab, { learningRate, looks }, ({ step, examples, batch }) => {
		const train = lab.evaluate("train");
		const validation = lab.evaluate("validation");
		if (!train || !validation || !Number.isFinite(train.loss) || !Number.isFinite(validation.loss)) return false;
		columns.step.push(step);
		columns.examples.push(examples);
		columns.batchLoss.push(batch === null ? null : batch.loss);
		columns.batchAccuracy.push(batch === null ? null : batch.accuracy);
		columns.trainLoss.push(train.loss);
		columns.trainAccuracy.push(train.accuracy ?? 0);
		columns.validationLoss.push(validation.loss);
		columns.validationAccuracy.push(validation.accuracy ?? 0);
		columns.distance.push(lab.distance());
		return true;
	});
	return { ...columns, diverged };
}

/** Where a run is looked at. */
interface Look {
	readonly step: number;
	/** Examples used so far. */
	readonly examples: number;
	/** The mini-batch of that very step; null before the first. */
	readonly batch: BatchMetrics | null;
}

/**
 * Trains from where the laboratory has begun, and stops at every look. True where the run diverged: a step's loss was no longer a number,
 * or `see` says so by false.
 */
export function walk(
	lab: Laboratory,
	{ learningRate, looks }: Pick<CurveRun, "learningRate" | "looks">,
	see: (look: Look) => boolean,
): boolean {
	let step = 0;
	let examples = 0;
	let batch: BatchMetrics | null = null;
	for (const look of looks) {
		for (; step < look; step++) {
			batch = lab.step(learningRate);
			examples += batch.count;
			if (!Number.isFinite(batch.loss)) return true;
		}
		if (!see({ step, examples, batch })) return true;
	}
	return false;
}
