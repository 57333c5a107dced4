import type { StepTime } from "../../core/calibration.js";
import { stepsPerEpoch } from "../../study/plan.js";
import { benchOf } from "../../trainers/bench-of.js";
import type { OpenStudy } from "./study-lab.js";

/**
 * What a timed task measures: seconds per step at every size of a study, as a study is calibrated. Every pass takes all sizes in turn; the
 * first warms up and is thrown away.
 */
export async function timeSteps({ study, trainer }: OpenStudy): Promise<{ readonly stepTimes: readonly StepTime[] }> {
	const bench = benchOf(trainer, (batchSize) => stepsPerEpoch(batchSize, study));
	const times = study.batchSizes.map((batchSize) => ({ batchSize, passes: [] as number[] }));
	const { signal } = new AbortController();
	for (let pass = -1; pass < bench.passes; pass++) {
		for (const { batchSize, passes } of times) {
			const seconds = await bench.secondsPerStep(batchSize, signal);
			if (pass >= 0 && seconds !== null) passes.push(seconds);
		}
	}
	return { stepTimes: times };
}
