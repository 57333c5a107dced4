import type { NetworkWorkload } from "../../study/study.js";
import type { Tools } from "../experiment.js";
import { type Curves, epochLooks, takeCurves } from "../lab/curves.js";
import { Laboratory } from "../lab/laboratory.js";
import { seedAt, seedsOf } from "../lab/workloads.js";
import { type Arithmetic, checkArithmetic } from "./invariants.js";
import type { PublishedRun, Settings } from "./settings.js";

export type Task =
	| { readonly kind: "run"; readonly workload: NetworkWorkload; readonly run: PublishedRun; readonly epochs: number; readonly seed: number }
	| { readonly kind: "arithmetic"; readonly workload: NetworkWorkload; readonly batchSize: number; readonly seed: number };

export type Result = { readonly kind: "run"; readonly curves: Curves } | { readonly kind: "arithmetic"; readonly arithmetic: Arithmetic };

/** Sizes at which the definitions are checked: both ends, a divisor of N, and such as leave a partial last batch. */
const checked = [1, 7, 32, 250, 450, 500];

/** Small batches take longest. */
export const inTaskOrder = ({ runs }: Settings): readonly PublishedRun[] => [...runs].sort((a, b) => a.batchSize - b.batchSize);

export const tasksOf = (settings: Settings): readonly Task[] => {
	const { workload, epochs } = settings;
	return [
		...inTaskOrder(settings).flatMap((run) =>
			seedsOf(settings.seed, settings.seeds).map((seed): Task => ({ kind: "run", workload, run, epochs, seed })),
		),
		...checked.map((batchSize): Task => ({ kind: "arithmetic", workload, batchSize, seed: seedAt(settings.seed, 0) })),
	];
};

export async function run(task: Task, tools: Tools): Promise<Result> {
	if (task.kind === "arithmetic")
		return { kind: task.kind, arithmetic: await checkArithmetic(task.workload, task.batchSize, task.seed, tools) };
	const lab = await Laboratory.open(task.workload, tools);
	const { batchSize, learningRate } = task.run;
	const looks = epochLooks(lab.examples, batchSize, task.epochs);
	return { kind: task.kind, curves: takeCurves(lab, { batchSize, learningRate, seed: task.seed, looks }) };
}
