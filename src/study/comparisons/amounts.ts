import type { Calibration } from "../../core/calibration.js";
import type { ComparisonName } from "../../core/comparisons.js";
import { middleSize } from "../middle-size.js";
import { secondsPerStep } from "../seconds-per-step.js";
import { stepsPerEpoch } from "../steps.js";
import type { Study } from "../study.js";

type Comparisons = NonNullable<Study["comparisons"]>;

/** If the steps are omitted, they equal the epochs at the middle size, so that both budgets agree there. */
export function resolveComparisons(
	{ epochs, steps, seconds }: { readonly epochs: number; readonly steps?: number | undefined; readonly seconds?: number | undefined },
	study: Pick<Study, "batchSizes" | "data" | "workload">,
): Comparisons {
	return { epochs, steps: steps ?? epochs * stepsPerEpoch(middleSize(study), study), seconds: seconds ?? null };
}

/** Seconds of the budget of seconds: as asked for, else what the budget of steps takes at the middle size. Null without a calibration. */
export function secondsOf(study: Study, comparisons: Comparisons, calibration: Calibration | null): number | null {
	if (comparisons.seconds !== null) return comparisons.seconds;
	const perStep = secondsPerStep(calibration, middleSize(study));
	return perStep && comparisons.steps * perStep;
}

/** Steps that a budget buys at a batch size, at least one. Null for a budget of seconds without a calibration. */
export function stepsWithin(
	study: Study,
	comparisons: Comparisons,
	name: ComparisonName,
	batchSize: number,
	calibration: Calibration | null,
): number | null {
	if (name === "epochs") return comparisons.epochs * stepsPerEpoch(batchSize, study);
	if (name === "steps") return comparisons.steps;
	const seconds = secondsOf(study, comparisons, calibration);
	const perStep = secondsPerStep(calibration, batchSize);
	return seconds && perStep && Math.max(1, Math.round(seconds / perStep));
}
