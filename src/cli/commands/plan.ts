import type { Trainer } from "../../study/contracts.js";
import { planOf } from "../../study/plan.js";
import type { Study } from "../../study/study.js";
import { createTrainer } from "../../trainers/node.js";
import { planDocument } from "../documents.js";
import { exitCode } from "../exit-codes.js";
import { isOn, type RawOptions, workersOf } from "../options.js";
import type { Shell } from "../shell.js";
import { studyFrom } from "../study-file.js";
import { renderPlan } from "../terminal/plan-table.js";

/** `sweetspot plan [STUDY]`: what tune would do. Times a few steps at each size for the estimate, but runs no trial and writes nothing. */
export async function plan(shell: Shell, file: string | undefined, options: RawOptions): Promise<number> {
	const study = await studyFrom(file, options, shell.environment);
	const planned = planOf(study, quickTimes(study, await createTrainer(study)), workersOf(options, shell.environment));
	if (isOn(options, "json")) shell.print(`${JSON.stringify(planDocument(planned), null, 2)}\n`);
	else shell.print(renderPlan(shell.out, study, planned));
	return exitCode.done;
}

/** Seconds per step at each size, good to a factor of two: the better of two timings of a few steps, the first of which warms up. */
const quickTimes = (study: Study, trainer: Trainer): ReadonlyMap<number, number> =>
	new Map(
		study.batchSizes.map((batchSize) => {
			const steps = Math.max(2, Math.ceil(256 / batchSize));
			return [batchSize, Math.min(trainer.timeSteps(batchSize, steps), trainer.timeSteps(batchSize, steps)) / steps];
		}),
	);
