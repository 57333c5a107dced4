import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";
import { type End, trainTo } from "./end.js";

/** One batch size, momentum and width of the crossed design, at every rate and seed. */
export interface CrossedTask {
	readonly kind: "crossed";
	/** Of this width. */
	readonly workload: NetworkWorkload;
	readonly width: number;
	readonly batchSize: number;
	readonly momentum: number;
	readonly rates: readonly number[];
	readonly epochs: number;
	readonly seeds: readonly number[];
}

export interface CrossedCell extends Pick<CrossedTask, "width" | "batchSize" | "momentum"> {
	/** For each rate and seed; null: diverged. */
	readonly ends: readonly (readonly (End | null)[])[];
}

export async function runCrossed(
	{ workload, width, batchSize, momentum, rates, epochs, seeds }: CrossedTask,
	tools: Tools,
): Promise<CrossedCell> {
	const lab = await Laboratory.open(workload, tools);
	const steps = epochs * Math.ceil(lab.examples / batchSize);
	const ends = rates.map((learningRate) => seeds.map((seed) => trainTo(lab, { batchSize, learningRate, steps, seed, momentum })));
	return { width, batchSize, momentum, ends };
}

/** The same network with another hidden layer. */
export const ofWidth = (workload: NetworkWorkload, width: number): NetworkWorkload => ({
	...workload,
	model: workload.model.map((layer, i) => (i === 0 && layer.kind === "dense" ? { ...layer, units: width } : layer)),
});
