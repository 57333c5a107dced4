import type { BudgetName } from "../../core/budgets.js";
import type { Calibration } from "../../core/calibration.js";
import { stepsPerEpoch } from "../plan.js";
import type { Study } from "../study.js";

type Budgets = NonNullable<Study["budgets"]>;

/** The tried size nearest to √N in ratio: halfway, on a logarithmic scale, between one example and all of them. */
const middleSize = ({ batchSizes, data }: Pick<Study, "batchSizes" | "data">): number => {
	const away = (batchSize: number) => Math.max(batchSize ** 2 / data.train, data.train / batchSize ** 2);
	return batchSizes.reduce((nearest, size) => (away(size) < away(nearest) ? size : nearest));
};

/** Steps left out: as many as the epochs are at the middle size, so that the budgets agree there. */
export function resolveBudgets(
	{ epochs, steps, seconds }: { readonly epochs: number; readonly steps?: number | undefined; readonly seconds?: number | undefined },
	study: Pick<Study, "batchSizes" | "data" | "workload">,
): Budgets {
	return { epochs, steps: steps ?? epochs * stepsPerEpoch(middleSize(study), study), seconds: seconds ?? null };
}

/** Seconds of the budget of seconds: as asked for, else what the budget of steps takes at the middle size. Null without a calibration. */
export function secondsOf(study: Study, budgets: Budgets, calibration: Calibration | null): number | null {
	if (budgets.seconds !== null) return budgets.seconds;
	const perStep = secondsPerStep(calibration, middleSize(study));
	return perStep && budgets.steps * perStep;
}

/** Steps that a budget buys at a batch size, at least one. Null where it is one of seconds and nothing was calibrated. */
export function stepsWithin(
	study: Study,
	budgets: Budgets,
	name: BudgetName,
	batchSize: number,
	calibration: Calibration | null,
): number | null {
	if (name === "epochs") return budgets.epochs * stepsPerEpoch(batchSize, study);
	if (name === "steps") return budgets.steps;
	const seconds = secondsOf(study, budgets, calibration);
	const perStep = secondsPerStep(calibration, batchSize);
	return seconds && perStep && Math.max(1, Math.round(seconds / perStep));
}

/** Median over the calibration's passes. */
function secondsPerStep(calibration: Calibration | null, batchSize: number): number | null {
	const passes = calibration?.stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? [];
	return [...passes].sort((a, b) => a - b)[Math.floor(passes.length / 2)] ?? null;
}
