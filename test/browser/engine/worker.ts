/** A web worker that trains: the engine, the data and the trainer as they are in Node. */
import { StopLine } from "../../../src/core/stop-line.js";
import { trainerFor } from "../../../src/trainers/create.js";
import type { FromWorker, ToWorker } from "./protocol.js";
import { weightDigests } from "./runs.js";
import { runWholeStudy } from "./study.js";

const say = (message: FromWorker): void => self.postMessage(message);
let line: StopLine | null = null;

const read = async (place: object): Promise<Uint8Array | null> => {
	const response = await fetch(`/data/${(place as { readonly packaged: string }).packaged}`);
	return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
};

// The page hears of errors, but not of promises that are rejected.
self.addEventListener("unhandledrejection", ({ reason }) => {
	throw reason;
});

self.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
	if (data.kind === "digests") say({ kind: "digests", digests: weightDigests(), isolated: self.crossOriginIsolated });
	else if (data.kind === "stop") line?.hear(data.id);
	else if (data.kind === "study") say({ kind: "study", run: await runWholeStudy(data.study, read, data.interruptAfter) });
	else {
		line = new StopLine(data.stopping);
		const trainer = await trainerFor(data.study, read);
		for await (const { result } of trainer.train(data.trial, line.flagOf(data.id))) {
			say(result ? { kind: "result", result } : { kind: "progress" });
			await line.listen();
		}
	}
};
