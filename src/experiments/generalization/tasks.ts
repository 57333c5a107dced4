import type { StepTime } from "../../core/calibration.js";
import { comparisonNames } from "../../core/comparisons.js";
import { benchOf } from "../../trainers/bench-of.js";
import { calibrate } from "../../trainers/calibrate.js";
import type { Tools } from "../experiment.js";
import { openStudy, type Question } from "../lab/study-lab.js";
import { seedsOf } from "../lab/workloads.js";
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
