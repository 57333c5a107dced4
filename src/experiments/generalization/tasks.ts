import type { StepTime } from "../../core/calibration.js";
import { benchOf } from "../../trainers/bench-of.js";
import { calibrate } from "../../trainers/calibrate.js";
import type { Tools } from "../experiment.js";
import { openStudy, type Question } from "../lab/study-lab.js";
import { type Arm, type ArmTask, runArm } from "./arms.js";
import { type CrossedCell, type CrossedTask, runCrossed } from "./crossed.js";

export type Task = ArmTask | CrossedTask | { readonly kind: "time"; readonly study: Question };

/** Told apart by what they have. */
export type Result = Arm | CrossedCell | { readonly stepTimes: readonly StepTime[] };

export const isArm = (result: Result): result is Arm => "budget" in result;
export const isCell = (result: Result): result is CrossedCell => "width" in result;

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
