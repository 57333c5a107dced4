import { Rng } from "../../core/rng.js";
import type { Tools } from "../experiment.js";
import { type Arm, type Cell, type CellTask, cellTask, runCell } from "../lab/overfit/cell.js";
import { seedAt } from "../lab/workloads.js";
import { type Kind, kinds, rightStops } from "./constructed.js";
import type { Settings } from "./settings.js";

export type Task =
	| ({ readonly kind: "cell" } & CellTask)
	| { readonly kind: "cases"; readonly of: Kind; readonly cases: number; readonly seed: number };

export type Result = ({ readonly kind: "cell" } & Cell) | { readonly kind: "cases"; readonly of: Kind; readonly right: number };

/** Both regularizers at every batch size; and, to see what the wrong labels do, at the moderate one with every label right. */
export function tasksOf(settings: Settings): readonly Task[] {
	const { batchSizes, moderate, regularizers, few, cases, seed } = settings;
	const arms = [
		...batchSizes.flatMap((batchSize) =>
			regularizers.map((regularizer): Arm => ({ regularizer, batchSize, wrongLabels: few.wrongLabels })),
		),
		...regularizers.map((regularizer): Arm => ({ regularizer, batchSize: moderate, wrongLabels: 0 })),
	];
	return [
		...arms.map((arm): Task => ({ kind: "cell", ...cellTask(settings, arm) })),
		...kinds.map((of): Task => ({ kind: "cases", of, cases, seed: seedAt(seed, 0) })),
	];
}

export const run = async (task: Task, tools: Tools): Promise<Result> =>
	task.kind === "cell"
		? { kind: task.kind, ...(await runCell(task, tools)) }
		: { kind: task.kind, of: task.of, right: rightStops(task.of, task.cases, Rng.fromSeed(task.seed).split(task.of)) };
