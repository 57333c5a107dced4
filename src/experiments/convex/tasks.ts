import { nextLook } from "../../core/looks.js";
import { Rng } from "../../core/rng.js";
import { stationarySquaredDistance } from "../../trainers/oracle/stationary.js";
import type { Tools } from "../experiment.js";
import { type ConvexSource, openConvex, type SamplerName, squaredDistance } from "./problems.js";

const never = { stopped: false };

export type Task = ConvergeTask | RaceTask | HoverTask;

export type Result =
	| { readonly kind: "converge"; readonly converged: Converged }
	| { readonly kind: "race"; readonly race: Race }
	| { readonly kind: "hover"; readonly hovered: Hovered };

export async function run(task: Task, tools: Tools): Promise<Result> {
	switch (task.kind) {
		case "converge":
			return { kind: task.kind, converged: await converge(task, tools) };
		case "race":
			return { kind: task.kind, race: await race(task, tools) };
		case "hover":
			return { kind: task.kind, hovered: await hover(task, tools) };
	}
}

/** The full batch at a constant rate, as a share of the largest that settles, 2/L. */
export interface ConvergeTask {
	readonly kind: "converge";
	readonly source: ConvexSource;
	readonly share: number;
	readonly steps: number;
	readonly seed: number;
}

export interface Converged extends Pick<ConvergeTask, "share"> {
	readonly problem: ConvexSource["name"];
	/** ‖w − w*‖ at the end over that at the start; null where it grew out of all bounds. */
	readonly left: number | null;
}

export async function converge({ source, share, steps, seed }: ConvergeTask, tools: Tools): Promise<Converged> {
	const { problem, machinery, optimum, largestCurvature } = await openConvex(source, "reshuffle", tools);
	machinery.begin(problem.train.count, Rng.fromSeed(seed));
	const start = squaredDistance(machinery.weights, optimum);
	const rate = (share * 2) / largestCurvature;
	for (let step = 0; step < steps; step++) machinery.step(rate, never);
	const left = Math.sqrt(squaredDistance(machinery.weights, optimum) / start);
	return { share, problem: source.name, left: left < 1e9 ? left : null };
}

/** A run until it is near the optimum, or has used its examples. */
export interface RaceTask {
	readonly kind: "race";
	readonly source: ConvexSource;
	readonly batchSize: number;
	readonly learningRate: number;
	/** Shares of the initial excess loss, descending. */
	readonly targets: readonly number[];
	readonly epochs: number;
	readonly seed: number;
}

export interface Race extends Pick<RaceTask, "batchSize" | "learningRate" | "seed"> {
	/** Steps and examples to each target; null where it was not reached. */
	readonly reached: readonly ({ readonly steps: number; readonly examples: number } | null)[];
}

export async function race({ source, batchSize, learningRate, targets, epochs, seed }: RaceTask, tools: Tools): Promise<Race> {
	const { problem, machinery, optimum } = await openConvex(source, "reshuffle", tools);
	machinery.begin(batchSize, Rng.fromSeed(seed));
	const start = Float64Array.from(machinery.weights);
	const loss = () => machinery.evaluate("train")?.loss ?? Number.NaN;
	machinery.weights.set(optimum);
	const least = loss();
	machinery.weights.set(start);
	const excess = loss() - least;
	const reached: ({ steps: number; examples: number } | null)[] = targets.map(() => null);
	let examples = 0;
	let look = 1;
	for (let step = 1; examples < epochs * problem.train.count; step++) {
		examples += machinery.step(learningRate, never)?.count ?? 0;
		if (step < look) continue;
		look = nextLook(step, 1.05);
		const left = (loss() - least) / excess;
		if (!(left < 1e6)) break;
		for (const [i, target] of targets.entries()) if (left <= target) reached[i] ??= { steps: step, examples };
		if (reached.every((one) => one !== null)) break;
	}
	return { batchSize, learningRate, seed, reached };
}

/** A run from the optimum at a constant rate, watched once it has forgotten where it began. */
export interface HoverTask {
	readonly kind: "hover";
	readonly source: ConvexSource;
	readonly sampler: SamplerName;
	readonly batchSize: number;
	readonly learningRate: number;
	/** Looks, each at a random step of its own stretch. */
	readonly looks: number;
	readonly seed: number;
}

export interface Hovered extends Pick<HoverTask, "sampler" | "batchSize" | "learningRate" | "seed"> {
	readonly problem: ConvexSource["name"];
	/** N. */
	readonly examples: number;
	/** Mean of ‖w − w*‖² over the looks. */
	readonly squaredDistance: number;
	/** The closed form; null for reshuffled epochs and for the logistic loss, of which none is known. */
	readonly expected: number | null;
	/** Mean validation error less that at the optimum, a share of examples; null where nothing is classified. */
	readonly excessError: number | null;
}

/** Time constants of a slow direction, 1/(ηλ) steps, after which the start is forgotten; and between looks. */
const forgotten = 10;
const apart = 2;

export async function hover({ source, sampler, batchSize, learningRate, looks, seed }: HoverTask, tools: Tools): Promise<Hovered> {
	const { problem, machinery, optimum, smallCurvature } = await openConvex(source, sampler, tools);
	const constant = 1 / (learningRate * smallCurvature);
	const rng = Rng.fromSeed(seed);
	machinery.begin(batchSize, rng);
	machinery.weights.set(optimum);
	const error = () => 1 - (machinery.evaluate("validation")?.accuracy ?? Number.NaN);
	const least = error();
	const places = rng.split("looks");
	const stretch = Math.ceil(apart * constant);
	for (let step = 0; step < forgotten * constant; step++) machinery.step(learningRate, never);
	let squares = 0;
	let errors = 0;
	for (let look = 0; look < looks; look++) {
		const at = places.below(stretch);
		for (let step = 0; step < stretch; step++) {
			machinery.step(learningRate, never);
			if (step !== at) continue;
			squares += squaredDistance(machinery.weights, optimum) / looks;
			errors += (error() - least) / looks;
		}
	}
	return {
		problem: source.name,
		sampler,
		batchSize,
		learningRate,
		seed,
		examples: problem.train.count,
		squaredDistance: squares,
		expected:
			source.name === "least-squares" && sampler === "with-replacement"
				? stationarySquaredDistance(problem, optimum, learningRate, batchSize)
				: null,
		excessError: source.name === "least-squares" ? null : errors,
	};
}
