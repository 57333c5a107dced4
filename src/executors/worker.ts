import { parentPort, workerData } from "node:worker_threads";
import { internal } from "../core/errors.js";
import { failedResult } from "./failed.js";
import type { FromWorker, ToWorker, TrainerModule, WorkerSetup } from "./protocol.js";

/** One worker thread: makes its trainer once, then trains what it is handed, one trial at a time. */
const { study, trainer: url, stopping } = workerData as WorkerSetup;
const port = parentPort;
if (!port) throw internal("worker.ts runs in a worker thread only");
const say = (message: FromWorker): void => port.postMessage(message);

/** Progress is for people: they can't read faster. */
const millisecondsBetweenProgress = 100;

const { createTrainer } = (await import(url)) as TrainerModule;
const trainer = await createTrainer(study);

port.on("message", async ({ id, trial }: ToWorker) => {
	const stop = {
		get stopped() {
			return Atomics.load(stopping, 0) === id;
		},
	};
	let said = performance.now();
	try {
		for await (const { step, result } of trainer.train(trial, stop)) {
			if (result) say({ kind: "result", result });
			else if (performance.now() - said > millisecondsBetweenProgress) {
				said = performance.now();
				say({ kind: "progress", step });
			}
		}
	} catch (error) {
		say({ kind: "result", result: failedResult(error instanceof Error ? error.message : String(error)) });
	}
});
say({ kind: "ready" });
