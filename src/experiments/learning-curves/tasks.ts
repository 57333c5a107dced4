import { Rng } from "../../core/rng.js";
import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { type Curves, epochLooks, takeCurves } from "../lab/curves.js";
import { diagnose, type Fit, fits } from "../lab/diagnose.js";
import { Laboratory } from "../lab/laboratory.js";
import { seedAt, seedsOf } from "../lab/workloads.js";
import { construct } from "./constructed.js";
import type { Settings } from "./settings.js";

interface RunTask {
	readonly kind: "run";
	readonly workload: NetworkWorkload;
	readonly batchSize: number;
	readonly learningRate: number;
	readonly epochs: number;
	readonly seed: number;
}

interface CasesTask {
	readonly kind: "cases";
	readonly fit: Fit;
	readonly cases: number;
	readonly seed: number;
}

export type Task = RunTask | CasesTask;

export type Result =
	| { readonly kind: "run"; readonly curves: Curves }
	| { readonly kind: "cases"; readonly fit: Fit; readonly right: number };

export const tasksOf = ({ workload, batchSizes, learningRate, epochs, seeds, cases, seed: first }: Settings): readonly Task[] => [
	...batchSizes.flatMap((batchSize) =>
		seedsOf(first, seeds).map((seed): Task => ({ kind: "run", workload, batchSize, learningRate, epochs, seed })),
	),
	...fits.map((fit): Task => ({ kind: "cases", fit, cases, seed: seedAt(first, 0) })),
];

export async function run(task: Task, tools: Tools): Promise<Result> {
	if (task.kind === "cases") return { kind: task.kind, fit: task.fit, right: rightCases(task) };
	const lab = await Laboratory.open(task.workload, tools);
	const { batchSize, learningRate, seed, epochs } = task;
	const looks = epochLooks(lab.examples, batchSize, epochs);
	return { kind: task.kind, curves: takeCurves(lab, { batchSize, learningRate, seed, looks }) };
}

/** Of so many constructed curves, those whose fit the rule recognizes. */
function rightCases({ fit, cases, seed }: CasesTask): number {
	const rng = Rng.fromSeed(seed).split(fit);
	let right = 0;
	for (let i = 0; i < cases; i++) {
		const { trainLoss, heldOutLoss } = construct(fit, rng.split(i));
		if (diagnose(trainLoss, heldOutLoss) === fit) right++;
	}
	return right;
}
