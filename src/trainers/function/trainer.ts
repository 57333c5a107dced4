import { settingOf } from "../../core/setting.js";
import type { TrialSpec } from "../../core/trial.js";
import type { StopSignal, Trainer, TrialEvents } from "../../study/contracts.js";
import type { Study } from "../../study/study.js";
import { ReportWatch } from "../report-watch.js";
import type { TrainFunction } from "./train-function.js";

/** How often a run that waits is asked whether it shall stop. */
const pollMilliseconds = 20;

/** Trains with a function of the user's own. */
export const functionTrainer = (study: Study, train: TrainFunction): Pick<Trainer, "train"> => ({
	train: (trial, stop) => trainBy(train, study, trial, stop),
});

/**
 * One trial. Its last chunk comes as soon as its result is known; asking for more waits until the function has returned, which may take
 * its time.
 */
async function* trainBy(train: TrainFunction, study: Study, trial: TrialSpec, stop: StopSignal): AsyncGenerator<TrialEvents> {
	const began = performance.now();
	const limit = study.limits.seconds;
	const watch = new ReportWatch(study, trial);
	const controller = new AbortController();
	const over = new Promise<void>((resolve) => controller.signal.addEventListener("abort", () => resolve(), { once: true }));
	/** Whether the trial is over, by what was reported or by what came from outside. */
	const isOver = (): boolean => {
		if (stop.stopped) watch.end("cancelled", null);
		else if (limit !== null && performance.now() - began > 1000 * limit)
			watch.end("timed out", `longer than ${limit} s at step ${watch.step}`);
		if (watch.ended) controller.abort();
		return watch.ended !== null;
	};
	const run = async (): Promise<void> => {
		const { batchSize, learningRate, seed } = trial;
		try {
			await train({
				batchSize,
				learningRate,
				...settingOf(trial),
				seed,
				isDue: (step) => watch.isDue(step) || stop.stopped,
				report: (report) => isOver() || (watch.report(report) && isOver()),
				signal: controller.signal,
			});
			watch.returned();
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			watch.end(isOutOfMemory(message) ? "out of memory" : "failed", message);
		}
	};
	const returned = run();
	let said = 0;
	const news = () => {
		const evaluations = watch.evaluations.slice(said);
		said = watch.evaluations.length;
		return { step: watch.step, evaluations };
	};
	try {
		while (!isOver()) {
			await Promise.race([returned, over, sleep(pollMilliseconds)]);
			if (!watch.ended && watch.evaluations.length > said) yield news();
		}
		yield { ...news(), result: watch.result((performance.now() - began) / 1000) };
	} finally {
		controller.abort();
		await returned;
	}
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What V8 and the libraries on it say when memory runs out. */
const isOutOfMemory = (message: string): boolean =>
	/out of memory|allocation failed|invalid (typed )?array (buffer )?length/i.test(message);
