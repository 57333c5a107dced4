import { Rng } from "../../core/rng.js";
import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";

/** One full-batch step. */
export interface FirstStepTask {
	readonly workload: NetworkWorkload;
	readonly learningRate: number;
	readonly seed: number;
}

export interface FirstStep {
	/** ‖w₁ − w₀‖. */
	readonly distance: number;
	/** η times the norm of the full gradient at w₀, measured apart from the step. */
	readonly expected: number;
}

export async function firstStep({ workload, learningRate, seed }: FirstStepTask, tools: Tools): Promise<FirstStep> {
	const lab = await Laboratory.open(workload, tools);
	lab.begin(lab.examples, seed);
	const [norm] = lab.gradientNorms(lab.examples, 1, Rng.fromSeed(seed));
	lab.step(learningRate);
	return { distance: lab.distance(), expected: learningRate * norm };
}
