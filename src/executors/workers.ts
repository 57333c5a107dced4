import { Worker } from "node:worker_threads";
import { internal } from "../core/errors.js";
import type { TrialResult, TrialSpec } from "../core/trial.js";
import type { Executor } from "../study/contracts.js";
import type { Study } from "../study/study.js";
import { failedResult } from "./failed.js";
import type { FromWorker, ToWorker, WorkerSetup } from "./protocol.js";

/** A trial that waits or runs. */
interface Job {
	readonly id: number;
	readonly trial: TrialSpec;
	readonly signal: AbortSignal;
	readonly onProgress: ((step: number) => void) | undefined;
	readonly settle: (result: TrialResult) => void;
	readonly fail: (error: Error) => void;
}

/** One thread, and what it is doing. */
interface Thread {
	readonly worker: Worker;
	/** Shared with the thread: the id of the job that shall stop. Read between steps. */
	readonly stopping: Int32Array;
	ready: boolean;
	job: Job | null;
}

/**
 * Worker threads of this process, one trial each. `trainer` is the URL of a module that exports `createTrainer(study)`; each thread imports it once.
 * A thread that dies fails its trial and is replaced; one that can't even start its trainer fails them all.
 */
export function workersExecutor(study: Study, trainer: string, slots: number): Executor {
	const waiting: Job[] = [];
	const threads = new Set<Thread>();
	let lastId = 0;
	let closed = false;

	const startThread = (): void => {
		const stopping = new Int32Array(new SharedArrayBuffer(4));
		const setup: WorkerSetup = { study, trainer, stopping };
		const thread: Thread = {
			worker: new Worker(new URL("./worker.js", import.meta.url), { workerData: setup }),
			stopping,
			ready: false,
			job: null,
		};
		threads.add(thread);
		thread.worker.on("message", (message: FromWorker) => {
			const { job } = thread;
			if (message.kind === "ready") thread.ready = true;
			else if (message.kind === "progress") job?.onProgress?.(message.step);
			else if (message.kind === "result") {
				thread.job = null;
				job?.settle(message.result);
			}
			handOut();
		});
		let cause = "";
		thread.worker.on("error", (error: unknown) => {
			cause = error instanceof Error ? error.message : String(error);
		});
		thread.worker.on("exit", (code) => {
			threads.delete(thread);
			if (closed) return;
			const reason = cause || `exit code ${code}`;
			if (!thread.ready) {
				const error = internal(`a worker thread could not start its trainer: ${reason}`);
				for (const job of waiting.splice(0)) job.fail(error);
				return;
			}
			thread.job?.settle(failedResult(`its worker thread died: ${reason}`));
			startThread();
		});
	};

	const handOut = (): void => {
		for (const thread of threads) {
			if (!thread.ready || thread.job) continue;
			const job = waiting.shift();
			if (!job) return;
			thread.job = job;
			thread.worker.postMessage({ id: job.id, trial: job.trial } satisfies ToWorker);
		}
	};

	const cancel = (job: Job): void => {
		const place = waiting.indexOf(job);
		if (place >= 0) {
			waiting.splice(place, 1);
			job.settle({ ...failedResult(null), outcome: "cancelled" });
		}
		for (const thread of threads) if (thread.job === job) Atomics.store(thread.stopping, 0, job.id);
	};

	return {
		slots,
		run(trial, signal, onProgress) {
			if (closed) throw internal("a closed executor was asked to run a trial");
			return new Promise((resolve, reject) => {
				const aborted = () => cancel(job);
				const done = () => signal.removeEventListener("abort", aborted);
				const job: Job = {
					id: ++lastId,
					trial,
					signal,
					onProgress,
					settle: (result) => {
						done();
						resolve(result);
					},
					fail: (error) => {
						done();
						reject(error);
					},
				};
				signal.addEventListener("abort", aborted, { once: true });
				waiting.push(job);
				if (signal.aborted) cancel(job);
				while (threads.size < slots && threads.size < lastId) startThread();
				handOut();
			});
		},
		async close() {
			closed = true;
			await Promise.all([...threads].map(({ worker }) => worker.terminate()));
		},
	};
}
