import { Worker } from "node:worker_threads";
import { after } from "../core/after.js";
import type { Backend } from "../core/backend.js";
import { Continuations } from "../core/continuation.js";
import { internal } from "../core/errors.js";
import { type Outcome, type TrialResult, type TrialSpec, trialRunKey } from "../core/trial.js";
import type { Executor } from "../study/contracts.js";
import type { TrainableStudy } from "../study/study.js";
import { failedResult } from "./failed.js";
import type { FromWorker, ToWorker, WorkerSetup } from "./protocol.js";

/** A cancelled trial counts as ended after this many milliseconds, whether its thread has noticed or not. */
const soonMilliseconds = 80;

/** A thread whose trial is over (by its result, or cancelled) and that isn't free after this many milliseconds is stuck, and is ended. */
const graceMilliseconds = 2000;

/** A trial that waits or runs. */
interface Job {
	readonly id: number;
	readonly trial: TrialSpec;
	readonly signal: AbortSignal;
	readonly onProgress: Parameters<Executor["run"]>[2];
	readonly settle: (result: TrialResult) => void;
	readonly fail: (error: Error) => void;
}

/** One thread, and what it is doing. */
interface Thread {
	readonly worker: Worker;
	/** Shared with the thread: the id of the job that must stop. Read between steps. */
	readonly stopping: Int32Array;
	/** Whether it has made its trainer. */
	started: boolean;
	/** Whether it can take a job: a trainer of the user may go on for a while after its result. */
	free: boolean;
	job: Job | null;
	/** The runs that only this thread can continue. */
	heldRuns: readonly string[];
	/** Functions that cancel the pending timeouts of this thread. */
	timers: (() => void)[];
}

const settled = (outcome: Outcome, message: string | null = null): TrialResult => ({ ...failedResult(message), outcome });

/**
 * Worker threads of this process, one trial each. `trainer` is the URL of a module that exports `createTrainer(study)`; each thread imports
 * it once. A thread that dies fails its trial and is replaced. A stuck thread is ended, which fails only a trial that has run out of time.
 * If a thread can't start its trainer, all trials fail.
 */
export function workersExecutor(study: TrainableStudy, trainer: string, slots: number, backend: Backend = "auto"): Executor {
	const waiting: Job[] = [];
	const threads = new Set<Thread>();
	const continuations = new Continuations();
	let lastId = 0;
	let closed = false;

	const startThread = (): void => {
		const stopping = new Int32Array(new SharedArrayBuffer(4));
		const setup: WorkerSetup = { study, backend, trainer, stopping };
		const thread: Thread = {
			worker: new Worker(new URL("./worker.js", import.meta.url), { workerData: setup }),
			stopping,
			started: false,
			free: false,
			job: null,
			heldRuns: [],
			timers: [],
		};
		threads.add(thread);
		thread.worker.on("message", (message: FromWorker) => {
			if (message.kind === "progress") thread.job?.onProgress?.(message.progress);
			else if (message.kind === "result") {
				if (message.continuation) continuations.keep(message.continuation);
				thread.heldRuns = message.heldRuns;
				settle(thread, message.result);
			} else {
				clearTimers(thread);
				thread.started = true;
				thread.free = true;
				handOut();
			}
		});
		let cause: { readonly message: string; readonly outcome: Outcome } | null = null;
		thread.worker.on("error", (error: NodeJS.ErrnoException) => {
			const outcome = error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "out of memory" : "failed";
			cause = { message: error instanceof Error ? error.message : String(error), outcome };
		});
		thread.worker.on("exit", (code) => {
			clearTimers(thread);
			threads.delete(thread);
			if (closed) return;
			const { message, outcome } = cause ?? { message: `exit code ${code}`, outcome: "failed" };
			if (!thread.started) {
				const error = internal(`a worker thread could not start its trainer: ${message}`);
				for (const job of waiting.splice(0)) job.fail(error);
				return;
			}
			thread.job?.settle(settled(outcome, `its worker thread died: ${message}`));
			startThread();
		});
	};

	/** The free thread for this trial: the one that holds its run, if there is one. */
	const threadFor = (trial: TrialSpec): Thread | undefined => {
		const all = [...threads];
		const holders = all.filter(({ heldRuns }) => heldRuns.includes(trialRunKey(trial)));
		return (holders.length > 0 ? holders : all).find(({ free }) => free);
	};
	const handOut = (): void => {
		for (const job of [...waiting]) {
			if (![...threads].some(({ free }) => free)) return;
			const thread = threadFor(job.trial);
			if (!thread) continue;
			waiting.splice(waiting.indexOf(job), 1);
			thread.job = job;
			thread.free = false;
			const from = continuations.take(job.trial);
			thread.worker.postMessage({ id: job.id, trial: job.trial, ...(from && { from }) } satisfies ToWorker);
			if (study.limits.seconds !== null) limitTime(thread, study.limits.seconds);
		}
	};

	/** The thread's job has ended; if the thread itself goes on, it is ended later. */
	const settle = (thread: Thread, result: TrialResult): void => {
		clearTimers(thread);
		thread.job?.settle(result);
		thread.job = null;
		plan(thread, graceMilliseconds, () => void thread.worker.terminate());
	};

	/** Trainers keep to the limit by themselves, unless they are stuck. */
	const limitTime = (thread: Thread, seconds: number): void =>
		plan(thread, 1000 * seconds + graceMilliseconds, () => settle(thread, settled("timed out", `longer than ${seconds} s without a word`)));

	const cancel = (job: Job): void => {
		const place = waiting.indexOf(job);
		if (place >= 0) {
			waiting.splice(place, 1);
			job.settle(settled("cancelled"));
		}
		for (const thread of threads) {
			if (thread.job !== job) continue;
			Atomics.store(thread.stopping, 0, job.id);
			plan(thread, soonMilliseconds, () => settle(thread, settled("cancelled")));
		}
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
			for (const thread of threads) clearTimers(thread);
			await Promise.all([...threads].map(({ worker }) => worker.terminate()));
		},
	};
}

function plan(thread: Thread, milliseconds: number, act: () => void): void {
	thread.timers.push(after(milliseconds, act));
}

function clearTimers(thread: Thread): void {
	for (const callOff of thread.timers.splice(0)) callOff();
}
