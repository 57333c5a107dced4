import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import type { Continuation } from "../core/continuation.js";
import { internal } from "../core/errors.js";
import { StopLine } from "../core/stop-line.js";
import type { Evaluation, TrialResult } from "../core/trial.js";
import { failedResult } from "./failed.js";
import type { FromWorker, ToWorker, TrainerModule, WorkerSetup } from "./protocol.js";

/** One worker thread: makes its trainer once, then runs the trials that it is given, one at a time. */
const { study, backend, trainer: url, stopping } = workerData as WorkerSetup;
const port = parentPort;
if (!port) throw internal("worker.ts runs in a worker thread only");
const say = (message: FromWorker): void => port.postMessage(message);

/** Progress is for people, who can't read faster. */
const millisecondsBetweenProgress = 100;

const line = new StopLine(stopping);
/**
 * Not at the top level: V8 ends the whole process where a thread is ended while a module of it awaits there ("Check failed: (location_) !=
 * nullptr" in ExecuteAsyncModule, Node 20).
 */
async function serve(port: MessagePort): Promise<void> {
	const { createTrainer } = (await import(url)) as TrainerModule;
	const trainer = await createTrainer(study, backend);

	port.on("message", async ({ id, trial, from }: ToWorker) => {
		const stop = line.flagOf(id);
		let reported = performance.now();
		let looks: Evaluation[] = [];
		let answered = false;
		const answer = (result: TrialResult, continuation?: Continuation): void => {
			if (!answered) say({ kind: "result", result, ...(continuation && { continuation }), heldRuns: trainer.heldRuns?.() ?? [] });
			answered = true;
		};
		try {
			// A trainer may have to wind up after its last chunk; only then is the thread free.
			for await (const { step, evaluations, result, continuation } of trainer.train(trial, stop, from)) {
				if (result) answer(result, continuation);
				looks.push(...evaluations);
				if (answered || performance.now() - reported <= millisecondsBetweenProgress) continue;
				say({ kind: "progress", progress: { step, evaluations: looks } });
				reported = performance.now();
				looks = [];
			}
		} catch (error) {
			answer(failedResult(error instanceof Error ? error.message : String(error)));
		}
		answer(failedResult("the trainer ended without a result"));
		say({ kind: "ready" });
	});
	say({ kind: "ready" });
}

serve(port);
