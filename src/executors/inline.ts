import { setImmediate } from "node:timers/promises";
import type { TrialResult } from "../core/trial.js";
import type { Executor, Trainer } from "../study/contracts.js";
import { failedResult } from "./failed.js";

/** Runs trials in this very thread, one after the other: nothing else to start, and the plainest reference for every other executor. */
export function inlineExecutor(trainer: Pick<Trainer, "train">): Executor {
	let last: Promise<unknown> = Promise.resolve();
	const train = async (...[trial, signal, onProgress]: Parameters<Executor["run"]>): Promise<TrialResult> => {
		if (signal.aborted) return { ...failedResult(null), outcome: "cancelled" };
		const stop = { stopped: false };
		const aborted = () => {
			stop.stopped = true;
		};
		signal.addEventListener("abort", aborted, { once: true });
		try {
			for await (const { step, result } of trainer.train(trial, stop)) {
				if (result) return result;
				onProgress?.(step);
				await setImmediate(); // lets whoever wants to abort have a turn
			}
			return failedResult("the trainer ended without a result");
		} catch (error) {
			return failedResult(error instanceof Error ? error.message : String(error));
		} finally {
			signal.removeEventListener("abort", aborted);
		}
	};
	return {
		slots: 1,
		run(...args) {
			const result = last.then(() => train(...args));
			last = result;
			return result;
		},
		async close() {
			await last;
		},
	};
}
