import { Continuations } from "../core/continuation.js";
import { SweetspotError } from "../core/errors.js";
import { type TrialResult, trialRunKey } from "../core/trial.js";
import { turn } from "../core/turn.js";
import type { Executor, SlotTrainer } from "../study/contracts.js";
import { failedResult } from "./failed.js";

type Run = Parameters<Executor["run"]>;

/** A trial that waits or runs. */
interface Job {
	readonly trial: Run[0];
	readonly onProgress: Run[2];
	readonly stop: { stopped: boolean };
	readonly settle: (result: TrialResult) => void;
	readonly fail: (error: Error) => void;
}

/**
 * Runs trials in this thread, as many at once as there are trainers. Nothing has to be started, and with one trainer it is the simplest
 * reference for every other executor. A trial's result counts as soon as it is reported; its trainer is free once it has wound up.
 */
export const inlineExecutor = (...trainers: readonly SlotTrainer[]): Executor => continuingExecutor(new Continuations(), trainers);

/** The same. `continuations`: where runs are kept that may be continued, and found. */
export function continuingExecutor(continuations: Continuations, trainers: readonly SlotTrainer[]): Executor {
	const free = [...trainers];
	const waiting: Job[] = [];
	const running = new Map<Job, Promise<void>>();

	/** The free trainer for this trial: one that holds its run, if there is one. */
	const trainerFor = (trial: Job["trial"]): SlotTrainer | undefined => {
		const holders = trainers.filter((one) => one.heldRuns?.().includes(trialRunKey(trial)));
		return holders.length > 0 ? free.find((one) => holders.includes(one)) : free[0];
	};
	const handOut = (): void => {
		for (const job of [...waiting]) {
			if (free.length === 0) return;
			const trainer = trainerFor(job.trial);
			if (!trainer) continue;
			free.splice(free.indexOf(trainer), 1);
			waiting.splice(waiting.indexOf(job), 1);
			running.set(
				job,
				train(trainer, job, continuations).then(() => {
					running.delete(job);
					free.push(trainer);
					handOut();
				}),
			);
		}
	};
	const cancel = (job: Job): void => {
		job.stop.stopped = true;
		const place = waiting.indexOf(job);
		if (place < 0) return;
		waiting.splice(place, 1);
		job.settle({ ...failedResult(null), outcome: "cancelled" });
	};
	return {
		slots: trainers.length,
		run: (trial, signal, onProgress) =>
			new Promise((resolve, reject) => {
				const aborted = () => cancel(job);
				const job: Job = {
					trial,
					onProgress,
					stop: { stopped: false },
					settle(result) {
						signal.removeEventListener("abort", aborted);
						resolve(result);
					},
					fail(error) {
						signal.removeEventListener("abort", aborted);
						reject(error);
					},
				};
				signal.addEventListener("abort", aborted, { once: true });
				waiting.push(job);
				if (signal.aborted) cancel(job);
				handOut();
			}),
		async close() {
			for (const job of [...waiting, ...running.keys()]) cancel(job);
			await Promise.all(running.values());
		},
	};
}

/** Resolves when the trainer has nothing more to do for this trial. The first result counts. */
async function train(trainer: SlotTrainer, { trial, stop, onProgress, settle, fail }: Job, continuations: Continuations): Promise<void> {
	try {
		let ended = false;
		for await (const { step, evaluations, result, continuation } of trainer.train(trial, stop, continuations.take(trial))) {
			if (continuation) continuations.keep(continuation);
			if (result) settle(result);
			ended ||= result !== undefined;
			if (!ended) onProgress?.({ step, evaluations });
			await turn(); // for callers that want to abort
		}
		settle(failedResult("the trainer ended without a result"));
	} catch (error) {
		if (error instanceof SweetspotError && error.code === "store/full")
			fail(error); // not a fault of the trial: the next would fail too
		else settle(failedResult(error instanceof Error ? error.message : String(error)));
	}
}
