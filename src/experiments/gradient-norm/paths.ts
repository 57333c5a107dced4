import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";

/** Two runs from the same weights through the same batches, averaged over the batch and summed over it. */
export interface PathTask {
	readonly kind: "path";
	readonly workload: NetworkWorkload;
	readonly batchSize: number;
	readonly lastBatch: "keep" | "drop";
	/** Of the averaged run. */
	readonly learningRate: number;
	/** The summed run's rate is this share of η/B. */
	readonly share: number;
	readonly epochs: number;
	readonly seed: number;
}

export interface Path extends Pick<PathTask, "batchSize" | "lastBatch" | "share"> {
	/** Distance of the two runs' last weights from each other, as a share of the averaged run's distance from the start. */
	readonly gap: number;
}

/**
 * Trains both. Gradients summed over B examples are B times those averaged, so that plain SGD at η/B makes the same step, as long as every
 * batch has B.
 */
export async function comparePaths(task: PathTask, tools: Tools): Promise<Path> {
	const { batchSize, lastBatch, learningRate, share, epochs, seed } = task;
	const run = async (reduction: "mean" | "sum", rate: number) => {
		const lab = await Laboratory.open({ ...task.workload, reduction, lastBatch }, tools);
		lab.begin(batchSize, seed);
		const perEpoch = lastBatch === "drop" ? Math.floor(lab.examples / batchSize) : Math.ceil(lab.examples / batchSize);
		for (let step = 0; step < epochs * perEpoch; step++) lab.step(rate);
		return { weights: lab.weights, distance: lab.distance() };
	};
	const averaged = await run("mean", learningRate);
	const summed = await run("sum", (share * learningRate) / batchSize);
	const squares = averaged.weights.reduce((sum, weight, i) => sum + (weight - summed.weights[i]) ** 2, 0);
	return { batchSize, lastBatch, share, gap: Math.sqrt(squares) / averaged.distance };
}
