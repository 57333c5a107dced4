import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";

/** One run, whose way from the initial weights is followed. */
export interface TravelTask {
	readonly workload: NetworkWorkload;
	readonly batchSize: number;
	readonly learningRate: number;
	/** It goes on for the larger of the two budgets. */
	readonly epochs: number;
	readonly steps: number;
	readonly seed: number;
}

/** What was seen at each look, as columns of equal length; they end where the run diverged. */
export interface Travel {
	readonly reduction: "mean" | "sum";
	readonly batchSize: number;
	readonly learningRate: number;
	readonly seed: number;
	readonly step: readonly number[];
	readonly examples: readonly number[];
	/** ‖w − w₀‖. */
	readonly distance: readonly number[];
	readonly validationLoss: readonly number[];
	readonly validationAccuracy: readonly number[];
	/** Summed lengths of the first `steps` steps, η‖g‖ each, and the distance that was left of them. Null where the run diverged before. */
	readonly path: { readonly length: number; readonly distance: number } | null;
	readonly diverged: boolean;
}

/** The steps after which one looks: the first ten, then a tenth apart, the end of every epoch, and the end of the budget of steps. */
export function looksOf(perEpoch: number, epochs: number, steps: number): readonly number[] {
	const last = Math.max(epochs * perEpoch, steps);
	const looks = new Set([0, steps, last]);
	for (let step = 1; step < last; step = Math.max(step + 1, Math.floor(step * 1.1))) looks.add(step);
	for (let epoch = 1; epoch <= epochs; epoch++) looks.add(epoch * perEpoch);
	return [...looks].sort((a, b) => a - b);
}

export async function travel({ workload, batchSize, learningRate, epochs, steps, seed }: TravelTask, tools: Tools): Promise<Travel> {
	const lab = await Laboratory.open(workload, tools);
	lab.begin(batchSize, seed);
	const columns = {
		step: [] as number[],
		examples: [] as number[],
		distance: [] as number[],
		validationLoss: [] as number[],
		validationAccuracy: [] as number[],
	};
	let step = 0;
	let examples = 0;
	let length = 0;
	let path: Travel["path"] = null;
	const done = (diverged: boolean): Travel => ({
		reduction: workload.reduction,
		batchSize,
		learningRate,
		seed,
		...columns,
		path,
		diverged,
	});
	for (const look of looksOf(Math.ceil(lab.examples / batchSize), epochs, steps)) {
		while (step < look) {
			const before = step < steps ? lab.weights : null;
			const { loss, count } = lab.step(learningRate);
			step++;
			examples += count;
			if (!Number.isFinite(loss)) return done(true);
			if (before) length += lengthBetween(before, lab.weights);
			if (step === steps) path = { length, distance: lab.distance() };
		}
		const validation = lab.evaluate("validation");
		if (!validation || !Number.isFinite(validation.loss)) return done(true);
		columns.step.push(step);
		columns.examples.push(examples);
		columns.distance.push(lab.distance());
		columns.validationLoss.push(validation.loss);
		columns.validationAccuracy.push(validation.accuracy ?? 0);
	}
	return done(false);
}

/** Euclidean, in double precision. */
export const lengthBetween = (a: Float32Array, b: Float32Array): number =>
	Math.sqrt(a.reduce((sum, weight, i) => sum + (weight - b[i]) ** 2, 0));
