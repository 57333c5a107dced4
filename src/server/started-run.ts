/**
 * A process that runs what the page was asked for: a study that was sent, a stored one, or an experiment. It is given the store's folder as
 * its argument and the request on standard input, and is on its own from then on: it outlives the server, and SIGTERM stops it as Ctrl-C
 * stops `sweetspot tune`.
 */
import { availableParallelism } from "node:os";
import { text } from "node:stream/consumers";
import { resolveInput } from "../api/resolve-input.js";
import { concludeExperiment, experimentNamed } from "../api/run-experiment.js";
import { runStored } from "../api/run-stored.js";
import { studyToRun } from "../api/study-to-run.js";
import { internal, SweetspotError } from "../core/errors.js";
import { openStore } from "../store/open.js";
import type { Store, StoredStudy } from "../study/contracts.js";
import { requireAllowed, requireAllowedInput } from "./allowed.js";
import { type StartedReply, type StartedRequest, startedRequest } from "./started-protocol.js";

const [, , folder] = process.argv;
if (folder === undefined) throw internal("the folder of the store is not given");

const interrupt = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
	process.on(name, () => {
		if (interrupt.signal.aborted) process.exit(1);
		interrupt.abort();
	});
}
process.on("SIGHUP", () => {}); // the terminal that the server was started from may be closed
process.stdout.on("error", () => {}); // the server has ended, so there is no reader

const say = (reply: StartedReply): void => void process.stdout.write(`${JSON.stringify(reply)}\n`);

try {
	await run(startedRequest.parse(JSON.parse(await text(process.stdin))), folder);
} catch (error) {
	const known = error instanceof SweetspotError;
	say({
		error: known
			? error.message
			: `this is a bug in Sweetspot, not in your setup: ${error instanceof Error ? error.message : String(error)}`,
		fix: known ? error.fix : "please report it, with the study",
		code: known ? error.code : null,
	});
	process.exitCode = 1;
}

async function run(request: StartedRequest, folder: string): Promise<void> {
	if ("experiment" in request) return await runExperiment(request.experiment, folder);
	// Refuse what may not run before opening the store, since opening creates it.
	if ("study" in request) requireAllowedInput(request.study);
	const study = "study" in request ? await resolveInput(request.study, folder) : null;
	if (study) requireAllowed({ study, backend: "wasm" });
	const store = openStore(folder, { mode: "write" });
	try {
		const stored = study ? studyToRun(store, study, false, "wasm").stored : store.find("resume" in request ? request.resume : "");
		await runAllowed(store, stored, "study" in request ? request.workers : undefined);
	} finally {
		store.close();
	}
}

async function runAllowed(store: Store, stored: StoredStudy, workers: number | undefined): Promise<void> {
	requireAllowed(stored);
	say({ id: stored.id });
	await runStored({ store, stored, executor: "workers", workers, gpus: null, signal: interrupt.signal, onEvent: () => {} });
}

async function runExperiment(id: string, folder: string): Promise<void> {
	const experiment = experimentNamed(id);
	const store = openStore(folder, { mode: "write" });
	try {
		say({ id });
		await concludeExperiment(experiment, {
			store,
			asked: { size: "quick", seed: 0, data: null },
			fresh: false,
			workers: availableParallelism(),
			signal: interrupt.signal,
			onProgress: () => {},
		});
	} finally {
		store.close();
	}
}
