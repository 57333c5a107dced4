import type { StepTime } from "../../core/calibration.js";
import { comparisonNames } from "../../core/comparisons.js";
import { benchOf } from "../../trainers/bench-of.js";
import { calibrate } from "../../trainers/calibrate.js";
import type { Tools } from "../experiment.js";
import { openStudy, type Question } from "../lab/study-lab.js";
import { seedsOf } from "../lab/workloads.js";
import { training, type Work } from "../work.js";
import { type Arm, type ArmTask, runArm } from "./arms.js";
import { type CrossedCell, type CrossedTask, ofWidth, runCrossed } from "./crossed.js";
import type { Settings } from "./settings.js";

export type Task = ArmTask | CrossedTask | { readonly kind: "time"; readonly study: Question };

/** They differ by what they have. */
export type Result = Arm | CrossedCell | { readonly stepTimes: readonly StepTime[] };

export const isArm = (result: Result): result is Arm => "budget" in result;
export const isCell = (result: Result): result is CrossedCell => "width" in result;

/** The arms that take longest come first. */
export function tasksOf({ study, reference, untunedRate, steps, overhead, crossed }: Settings): readonly Task[] {
	const { workload, batchSizes, seed } = study;
	const seeds = seedsOf(seed, crossed.seeds.tuning + crossed.seeds.reporting);
	const arms = comparisonNames.flatMap((budget) =>
		batchSizes.map((batchSize, i): ArmTask => {
			return { kind: "arm", study, budget, batchSize, steps: steps[budget][i], reference, untunedRate };
		}),
	);
	return [
		{ kind: "time", study },
		...arms.sort((a, b) => b.steps * (b.batchSize + overhead) - a.steps * (a.batchSize + overhead)),
		...crossed.batchSize.flatMap((batchSize) =>
			crossed.width.flatMap((width) =>
				crossed.momentum.map((momentum): Task => {
					const { learningRate: rates, epochs } = crossed;
					return { kind: "crossed", workload: ofWidth(workload, width), width, batchSize, momentum, rates, epochs, seeds };
				}),
			),
		),
	];
}

/** Rates that a search tries, as a rule; how many it will be is only known when it has ended. */
const usualRates = 7;

/** Null: a task that times the engine and trains nothing. Every run ends with a look at each of three sets, about as large as two. */
export function workOf(task: Task): Work | null {
	switch (task.kind) {
		case "arm": {
			const { study, batchSize, steps } = task;
			const trainings = usualRates * study.seeds.tuning + 2 * study.seeds.reporting;
			const own = (examples: number) => Math.max(2, Math.ceil(Math.log2((steps * batchSize) / Math.min(examples, 4096))));
			return {
				workload: study.workload,
				amount: (examples) => ({ ...training(batchSize, trainings * steps, trainings * own(examples)), trainings }),
			};
		}
		case "crossed": {
			const { workload, batchSize, epochs, rates, seeds } = task;
			const trainings = rates.length * seeds.length;
			return {
				workload,
				amount: (examples) => ({ ...training(batchSize, trainings * epochs * Math.ceil(examples / batchSize), 2 * trainings), trainings }),
			};
		}
		case "time":
			return null;
	}
}

export async function run(task: Task, tools: Tools): Promise<Result> {
	switch (task.kind) {
		case "arm":
			return await runArm(task, tools);
		case "crossed":
			return await runCrossed(task, tools);
		case "time": {
			const { study, trainer } = await openStudy(task.study, tools);
			return { stepTimes: await calibrate(benchOf(trainer, study), study.batchSizes) };
		}
	}
}
