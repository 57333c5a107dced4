import type { TrialSpec } from "../../core/trial.js";
import type { SlotTrainer, StopSignal, TrialEvents } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import { LeftRuns } from "./left-runs.js";
import { ModuleRun } from "./module-run.js";
import type { TrainFunction } from "./train-function.js";

/** How often a waiting run is checked for a request to stop. */
const pollMilliseconds = 20;

/** Trains with a function of the user's own. */
export const functionTrainer = (study: Study, train: TrainFunction): SlotTrainer => {
	const left = new LeftRuns(study.goal);
	return { train: (trial, stop) => trainBy(train, study, left, trial, stop), heldRuns: () => left.runs };
};

/**
 * One trial. Its last chunk comes as soon as its result is known; the next request waits until the function has returned, which may take
 * a while.
 */
async function* trainBy(
	train: TrainFunction,
	study: Study,
	left: LeftRuns,
	trial: TrialSpec,
	stop: StopSignal,
): AsyncGenerator<TrialEvents> {
	const continued = left.take(trial);
	const run = continued ?? new ModuleRun(train, study, trial);
	const { watch } = run;
	const { steps, examples } = watch.result(0);
	const returned = run.go(trial, stop);
	let said = 0;
	const news = () => {
		const evaluations = watch.evaluations.slice(said);
		said = watch.evaluations.length;
		return { step: watch.step, evaluations };
	};
	let isLeft = false;
	try {
		while (!run.isOver()) {
			await Promise.race([returned, run.over, sleep(pollMilliseconds)]);
			if (!watch.ended && watch.evaluations.length > said) yield news();
		}
		if (run.mayGoOn) {
			await returned;
			left.keep(trial, run);
			isLeft = true;
		}
		yield { ...news(), result: { ...watch.result(run.seconds), ...(continued && { before: { steps, examples } }) } };
	} finally {
		if (!isLeft) {
			run.abort();
			await returned;
			await run.end();
		}
		await left.settled();
	}
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
