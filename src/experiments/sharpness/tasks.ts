import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { Laboratory } from "../lab/laboratory.js";
import { seedAt } from "../lab/workloads.js";
import type { Settings } from "./settings.js";
import { type Solution, solve, type Until } from "./solution.js";

interface TaskBase {
	readonly workload: NetworkWorkload;
	readonly until: Until;
	readonly curvatureExamples: number;
	readonly seed: number;
}

/** One run; its curvature is measured where it ends, unless it is for tuning. */
export interface SolutionTask extends TaskBase {
	readonly kind: "solution";
	readonly batchSize: number;
	readonly learningRate: number;
	readonly tuning: boolean;
}

/** All sizes from the same weights at the same rate, and the lines from the first one's solution to the others'. */
export interface LinesTask extends TaskBase {
	readonly kind: "lines";
	readonly batchSizes: readonly number[];
	readonly learningRate: number;
	readonly alphas: readonly number[];
}

export type Task = SolutionTask | LinesTask;

/** The loss at the task's `alphas`. */
export interface Line {
	readonly train: readonly number[];
	readonly validation: readonly number[];
}

export interface SolutionResult {
	readonly kind: "solution";
	readonly batchSize: number;
	readonly learningRate: number;
	readonly seed: number;
	/** Null: it diverged, or didn't come so far. */
	readonly solution: Solution | null;
}

export interface LinesResult {
	readonly kind: "lines";
	readonly until: "epochs" | "loss";
	readonly seed: number;
	/** One a batch size. */
	readonly solutions: readonly (Solution | null)[];
	/** One a batch size but the first; null where either end is missing. */
	readonly lines: readonly (Line | null)[];
}

export type Result = SolutionResult | LinesResult;

export function tasksOf(settings: Settings): readonly Task[] {
	const { workload, sizes, sameRate, epochs, trainLoss, looksPerEpoch, curvatureExamples, alphas, seeds, seed } = settings;
	const places = Array.from({ length: seeds.tuning + seeds.reporting }, (_, place) => place);
	const base = (place: number) => ({ workload, curvatureExamples, seed: seedAt(seed, place) });
	const toLoss = (mostEpochs: number) => ({ trainLoss, mostEpochs, looksPerEpoch });
	const solutions = sizes.toReversed().flatMap(({ batchSize, rates, mostEpochs }) =>
		rates.flatMap((learningRate) =>
			places.map((place): Task => {
				return { kind: "solution", ...base(place), batchSize, learningRate, until: toLoss(mostEpochs), tuning: place < seeds.tuning };
			}),
		),
	);
	const lines = places.slice(seeds.tuning).flatMap((place) =>
		[toLoss(Math.max(...sizes.map(({ mostEpochs }) => mostEpochs))), { epochs }].map((until): Task => {
			return {
				kind: "lines",
				...base(place),
				batchSizes: sizes.map(({ batchSize }) => batchSize),
				learningRate: sameRate,
				until,
				alphas,
			};
		}),
	);
	return [...lines, ...solutions];
}

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
