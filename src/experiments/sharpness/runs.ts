import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";
import type { Line, LinesResult, LinesTask, Result, SolutionResult, SolutionTask, Task } from "./settings.js";
import { type Solution, solve } from "./solution.js";

export async function run(task: Task, tools: Tools): Promise<Result> {
	const lab = await Laboratory.open(task.workload, tools);
	return task.kind === "solution" ? solutionOf(lab, task) : linesOf(lab, task);
}

function solutionOf(lab: Laboratory, task: SolutionTask): SolutionResult {
	const { batchSize, learningRate, seed, until, tuning, curvatureExamples } = task;
	return { kind: task.kind, batchSize, learningRate, seed, solution: solve(lab, task, until, tuning ? null : curvatureExamples) };
}

function linesOf(lab: Laboratory, { kind, batchSizes, learningRate, seed, until, curvatureExamples, alphas }: LinesTask): LinesResult {
	const ends = batchSizes.map((batchSize): { readonly solution: Solution | null; readonly weights: Float32Array } => {
		const solution = solve(lab, { batchSize, learningRate, seed }, until, curvatureExamples);
		return { solution, weights: lab.weights };
	});
	const [small, ...others] = ends;
	return {
		kind,
		until: "epochs" in until ? "epochs" : "loss",
		seed,
		solutions: ends.map(({ solution }) => solution),
		lines: others.map((other) => (small.solution && other.solution ? lineBetween(lab, small.weights, other.weights, alphas) : null)),
	};
}

/** The loss at α·to + (1 − α)·from, as Keskar et al. 2017 draw it in figure 3. */
export function lineBetween(lab: Laboratory, from: Float32Array, to: Float32Array, alphas: readonly number[]): Line {
	const line = { train: [] as number[], validation: [] as number[] };
	for (const alpha of alphas) {
		lab.place(from.map((weight, i) => alpha * to[i] + (1 - alpha) * weight));
		for (const set of ["train", "validation"] as const) line[set].push(lab.evaluate(set)?.loss ?? Number.NaN);
	}
	return line;
}
