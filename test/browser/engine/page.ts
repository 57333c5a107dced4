/** The page around the worker: what a test calls in it. */
import { sharedStop } from "../../../src/core/stop-line.js";
import type { TrialResult, TrialSpec } from "../../../src/core/trial.js";
import type { TrainableStudy } from "../../../src/study/study.js";
import type { FromWorker, ToWorker } from "./protocol.js";
import type { StudyRun } from "./study.js";

const worker = new Worker("worker.js", { type: "module" });
const ask = (message: ToWorker): void => worker.postMessage(message);

/** The next thing the worker says of this kind. */
const hear = <Kind extends FromWorker["kind"]>(kind: Kind): Promise<Extract<FromWorker, { kind: Kind }>> =>
	new Promise((resolve, reject) => {
		worker.onerror = ({ message }) => reject(new Error(message));
		worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
			if (data.kind === kind) resolve(data as Extract<FromWorker, { kind: Kind }>);
		};
	});

const api = {
	digests: async () => {
		ask({ kind: "digests" });
		return hear("digests");
	},
	/** Trains a trial; with `stop`, asks it to stop once it has said that it is on its way, by shared memory or by a message. */
	train: async (study: TrainableStudy, trial: TrialSpec, stop: boolean): Promise<{ result: TrialResult; shared: boolean }> => {
		const stopping = sharedStop();
		ask({ kind: "train", id: 1, study, trial, stopping });
		if (stop) {
			await hear("progress");
			if (stopping) Atomics.store(stopping, 0, 1);
			else ask({ kind: "stop", id: 1 });
		}
		return { result: (await hear("result")).result, shared: stopping !== null };
	},
	/** Runs a whole study in the worker; see `runWholeStudy`. */
	study: async (study: TrainableStudy, interruptAfter: number): Promise<StudyRun> => {
		ask({ kind: "study", study, interruptAfter });
		return (await hear("study")).run;
	},
};

export type PageApi = typeof api;
Object.assign(globalThis, { sweetspot: api });
