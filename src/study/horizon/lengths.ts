import type { Calibration } from "../../core/calibration.js";
import type { Horizon } from "../../core/training-length.js";
import { secondsPerStep } from "../seconds-per-step.js";
import { stepsPerEpoch } from "../steps.js";
import type { Study } from "../study.js";
import { takesEpochs } from "../workloads/command/schedule-problems.js";
import { isCommand } from "../workloads/table.js";

/** Shares of the planned length that trainings are tried at: each has its whole schedule. */
const shares = [1 / 16, 1 / 8, 1 / 4, 1 / 2, 1] as const;

/** A schedule that doesn't follow the length shows nothing before its own end: only trainings of the full length can be compared. */
export const sharesOf = ({ workload }: Pick<Study, "workload">): readonly number[] =>
	isCommand(workload) && workload.schedule === "absolute" ? [1] : shares;

/** Steps of a training at a batch size that is `share` of the planned length, at least one; whole epochs where a script takes those. */
export function plannedSteps(
	study: Pick<Study, "data" | "workload">,
	horizon: Horizon,
	batchSize: number,
	share: number,
	calibration: Calibration | null,
): number {
	const epoch = study.data.train > 0 ? stepsPerEpoch(batchSize, study) : null;
	return inWholeEpochs(study, batchSize, share * stepsOf(horizon, batchSize, epoch, calibration));
}

/** A length in steps, at least one; the nearest whole epochs where a script takes those. */
export function inWholeEpochs(study: Pick<Study, "data" | "workload">, batchSize: number, steps: number): number {
	const epoch = study.data.train > 0 ? stepsPerEpoch(batchSize, study) : null;
	if (epoch !== null && isCommand(study.workload) && takesEpochs(study.workload)) return Math.max(1, Math.round(steps / epoch)) * epoch;
	return Math.max(1, Math.round(steps));
}

function stepsOf(horizon: Horizon, batchSize: number, epoch: number | null, calibration: Calibration | null): number {
	if ("epochs" in horizon) return horizon.epochs * (epoch ?? 1);
	if ("steps" in horizon) return horizon.steps;
	if ("examples" in horizon) return horizon.examples / batchSize;
	return horizon.seconds / (secondsPerStep(calibration, batchSize) ?? horizon.seconds);
}
