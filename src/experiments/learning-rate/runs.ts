import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";

export interface Settings {
	readonly workload: NetworkWorkload;
	/** N. */
	readonly examples: number;
	/** Ascending powers of two. */
	readonly batchSizes: readonly number[];
	/** Ascending, an octave apart. */
	readonly rates: readonly number[];
	readonly epochs: number;
	/** Rates are chosen on the first of them, and told from the rest, so that no winner is told by the runs that made it win. */
	readonly seeds: { readonly tuning: number; readonly reporting: number };
	/** Does this batch size, at `factor` times the rate, travel as far as the reference at the rate itself? The first rate is the claim's. */
	readonly restore: {
		readonly batchSize: number;
		readonly reference: number;
		readonly rates: readonly [number, number];
		readonly factor: number;
	};
	readonly seed: number;
}

export interface Task {
	readonly workload: NetworkWorkload;
	readonly batchSize: number;
	readonly learningRate: number;
	readonly epochs: number;
	readonly seed: number;
}

/** Where a run ended. Null: it diverged. */
export interface Result extends Pick<Task, "batchSize" | "learningRate" | "seed"> {
	readonly end: {
		readonly validationLoss: number;
		readonly validationAccuracy: number;
		/** ‖w − w₀‖. */
		readonly distance: number;
	} | null;
}

/** Trains whole batches only: a last one of 63 examples beside one of 1,024 would be a second batch size. */
export async function trainToEnd({ workload, batchSize, learningRate, epochs, seed }: Task, tools: Tools): Promise<Result> {
	const lab = await Laboratory.open(workload, tools);
	lab.begin(batchSize, seed);
	const about = { batchSize, learningRate, seed };
	const steps = epochs * Math.floor(lab.examples / batchSize);
	for (let step = 0; step < steps; step++) if (!Number.isFinite(lab.step(learningRate).loss)) return { ...about, end: null };
	const validation = lab.evaluate("validation");
	if (!validation || !Number.isFinite(validation.loss)) return { ...about, end: null };
	return {
		...about,
		end: { validationLoss: validation.loss, validationAccuracy: validation.accuracy ?? 0, distance: lab.distance() },
	};
}
