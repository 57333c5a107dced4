import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Backend } from "../core/backend.js";
import { SweetspotError } from "../core/errors.js";
import { type ExecutorName, executorNames } from "../executors/table.js";
import type { RunEvent } from "../runner/events.js";
import { locateStore } from "../store/locate.js";
import { openStore } from "../store/open.js";
import type { StoredStudy } from "../study/contracts.js";
import type { StudyInput } from "../study/schema.js";
import { libraryOf } from "../trainers/node.js";
import type { Answer } from "./answer.js";
import { EventStream } from "./event-stream.js";
import { resolveInput } from "./resolve-input.js";
import { runStored } from "./run-stored.js";
import { studyToRun } from "./study-to-run.js";

export interface TuneOptions {
	/**
	 * Folder of the store. By default `.sweetspot`, found upwards from the working folder or made in it; null: a temporary one, gone when the
	 * run ends.
	 */
	readonly store?: string | null;
	/** Trials that run at once; by default one for each core, of scripts one for each of `gpus`, or one. */
	readonly workers?: number;
	/** Where trials run: threads of this process by default; with `cluster` in the study, jobs of a cluster. */
	readonly executor?: ExecutorName;
	/** Of a script: GPUs to deal out to the trials that run at once, as CUDA_VISIBLE_DEVICES. */
	readonly gpus?: readonly (number | string)[];
	/**
	 * What computes a network's matrix products: by default ("auto") our kernels with the widest vectors there are, the same bits everywhere;
	 * "blas": for the large ones this machine's BLAS.
	 */
	readonly backend?: Backend;
	/** Aborting it ends the run with the best answer so far. The same call again goes on from there. */
	readonly signal?: AbortSignal;
	/** Run the study again, even where the store has its answer. */
	readonly fresh?: boolean;
}

/** What a run says as it goes on. "opened": the study as the store has it, before anything runs. */
export type TuneEvent = { readonly kind: "opened"; readonly study: StoredStudy } | RunEvent;

/** A run of a study: iterate over it to follow it, or not; await its answer. */
export interface TuneRun extends AsyncIterable<TuneEvent> {
	/**
	 * Also of a run that was aborted, or whose goal no batch size reached. Rejected with a `SweetspotError` where the study can't be run as
	 * it is.
	 */
	readonly answer: Promise<Answer>;
}

/**
 * Finds the batch size and learning rate for a study, from wherever the store has it: what `sweetspot tune` does. Paths in the study are
 * relative to the working folder; `file:` URLs are taken as well.
 */
export function tune(study: StudyInput, options: TuneOptions = {}): TuneRun {
	const events = new EventStream<TuneEvent>();
	const answer = run(study, options, (event) => events.push(event));
	return { answer, [Symbol.asyncIterator]: () => events.until(answer) };
}

async function run(input: StudyInput, options: TuneOptions, onEvent: (event: TuneEvent) => void): Promise<Answer> {
	const { workers, gpus, executor = executorNames[0], signal = new AbortController().signal, fresh = false, backend = "auto" } = options;
	if (workers !== undefined && (!Number.isSafeInteger(workers) || workers < 1)) {
		throw new SweetspotError(
			"usage/bad-value",
			`workers is ${workers}, expected a whole number of 1 or more`,
			"for example `{ workers: 1 }`",
		);
	}
	const study = await resolveInput(input, process.cwd());
	await libraryOf(backend); // a missing library is reported before there is a study
	const temporary = options.store === null ? mkdtempSync(join(tmpdir(), "sweetspot-")) : null;
	const store = openStore(temporary ?? options.store ?? locateStore(process.cwd()), { mode: "write" });
	try {
		const { stored } = studyToRun(store, study, fresh, backend);
		onEvent({ kind: "opened", study: stored });
		return (await runStored({ store, stored, backend, executor, workers, gpus: gpus?.map(String) ?? null, signal, onEvent })).detached();
	} finally {
		store.close();
		if (temporary !== null) rmSync(temporary, { recursive: true });
	}
}
