import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { SweetspotError } from "../../core/errors.js";
import type { Bench } from "../../study/contracts.js";
import type { FunctionWorkload, Study } from "../../study/study.js";
import type { BenchSetup, FromBench, ToBench } from "./bench-protocol.js";
import { unusable } from "./module.js";

/** A trainer that hasn't loaded, or timed one size, within this time is given up. */
const longestReplyMilliseconds = 60_000;

/** Fewer than for our own trainer, since every pass builds the user's network again. */
const passes = 5;

/**
 * The bench of a trainer of the user's own, which runs in a thread that can be ended. Loads the trainer to see whether it can be used:
 * throws `trainer/…` errors. A size at which it throws, ends early or gets stuck is not timed; its trials will say what is wrong.
 */
export async function functionBench(study: Study, { trainer: file }: FunctionWorkload): Promise<Bench> {
	const hopeless = new Set<number>();
	let thread: Worker | null = await start(study, file);
	const end = async (): Promise<void> => {
		const ending = thread;
		thread = null;
		await ending?.terminate();
	};
	return {
		passes,
		async secondsPerStep(batchSize, signal) {
			if (hopeless.has(batchSize) || signal.aborted) return null;
			let seconds: number | null = null;
			try {
				thread ??= await start(study, file);
				thread.postMessage({ batchSize } satisfies ToBench);
				const answer = await reply(thread, signal);
				if (answer.kind === "timed") seconds = answer.seconds;
			} catch {
				await end();
			}
			if (seconds === null) hopeless.add(batchSize);
			return seconds;
		},
		endTiming: end,
		timeLooks: null,
		meetsGoalUntrained: null,
		test: () => null,
	};
}

async function start(study: Study, file: string): Promise<Worker> {
	const thread = new Worker(new URL("./bench-worker.js", import.meta.url), { workerData: { study } satisfies BenchSetup });
	try {
		const answer = await reply(thread);
		if (answer.kind === "unusable") throw new SweetspotError(answer.code, answer.detail, answer.fix);
		return thread;
	} catch (cause) {
		await thread.terminate();
		throw cause instanceof SweetspotError ? cause : unusable(file, reasonOf(cause), cause);
	}
}

/**
 * The thread's next message. Throws if it dies, is silent for too long, or the signal is aborted. The thread keeps the process alive only
 * while this waits.
 */
async function reply(thread: Worker, signal?: AbortSignal): Promise<FromBench> {
	const done = new AbortController();
	const timer = setTimeout(() => done.abort(new Error(`not done after ${longestReplyMilliseconds / 1000} s`)), longestReplyMilliseconds);
	const until = { signal: signal ? AbortSignal.any([done.signal, signal]) : done.signal };
	thread.ref();
	try {
		const died = once(thread, "exit", until).then(([code]): [FromBench] => {
			throw new Error(`it ended its thread with exit code ${code}`);
		});
		const [message] = (await Promise.race([once(thread, "message", until), died])) as [FromBench];
		return message;
	} finally {
		clearTimeout(timer);
		done.abort();
		thread.unref();
	}
}

/** An abort's own error is uninformative; its cause is the reason it was aborted with. */
const reasonOf = (error: unknown): string => {
	const cause = error instanceof Error && error.name === "AbortError" ? (error.cause ?? error) : error;
	return cause instanceof Error ? cause.message : String(cause);
};
