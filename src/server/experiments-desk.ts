import { setTimeout as sleep } from "node:timers/promises";
import type { Tinypool } from "tinypool";
import { experiments } from "../experiments/catalogue.js";
import type { LedgerEntry } from "../experiments/claims/ledger.js";
import type { ListedExperiment } from "../page/experiments-page.js";
import type { Part } from "../page/part.js";
import { currentWriter } from "../store/writer-note.js";
import type { Store } from "../study/contracts.js";
import type { ExperimentRun } from "../study/experiment-runs.js";
import type { Conclude } from "./concluding.js";
import { type Training, timingRestMilliseconds, watchTiming } from "./training.js";

const filename = new URL("./concluding.js", import.meta.url).href;

/** The experiments of a store: how far each is and what it found. The latter is computed in a thread and kept until a run ends. */
export class ExperimentsDesk {
	readonly #folder: string;
	readonly #pool: Tinypool;
	readonly #training: Training;
	readonly #onNew: () => void;
	readonly #found = new Map<string, Part | readonly LedgerEntry[] | null>();
	readonly #asked = new Set<string>();

	constructor(folder: string, pool: Tinypool, training: Training, onNew: () => void) {
		this.#folder = folder;
		this.#pool = pool;
		this.#training = training;
		this.#onNew = onNew;
	}

	/** Every experiment, in the order of the catalogue. */
	listed(store: Store | null): readonly ListedExperiment[] {
		const runs = store?.experiments.list() ?? [];
		return experiments.map(({ id, question, tasks }) => {
			const run = newest(runs.filter(({ experiment }) => experiment === id));
			if (!run || !store) return { id, question, run: null };
			const { key, seconds, created } = run;
			const expected = tasks(run.settings).length;
			const done = run.state === "complete" ? expected : store.experiments.results(key).size;
			const isLeft = run.state === "running" && currentWriter(this.#folder) === null;
			return { id, question, run: { key, seconds, created, expected, done, state: isLeft ? "interrupted" : run.state } };
		});
	}

	/** What a complete run found; null while it is being put together. */
	found(key: number): Part | null {
		const known = this.#of(`run ${key}`, key);
		return known && "html" in known ? known : null;
	}

	/** The ledger of claims; null while it is being put together. */
	ledger(store: Store | null): readonly LedgerEntry[] | null {
		const complete = store?.experiments.list().filter(({ state }) => state === "complete") ?? [];
		const known = this.#of(`ledger ${complete.map(({ key }) => key).join()}`, null);
		return known && !("html" in known) ? known : null;
	}

	/** To be called when another store has taken the place of this one. */
	forget(): void {
		this.#found.clear();
	}

	#of(name: string, run: number | null): Part | readonly LedgerEntry[] | null {
		const known = this.#found.get(name);
		if (known !== undefined) return known;
		if (!this.#asked.has(name)) {
			this.#asked.add(name);
			void this.#ask(name, run);
		}
		return null;
	}

	/** Waits while steps are timed, and starts over where that begins meanwhile. */
	async #concluded(run: number | null): Promise<Part | readonly LedgerEntry[] | null> {
		for (;;) {
			while (this.#training.isTiming()) await sleep(timingRestMilliseconds, undefined, { ref: false });
			const timing = new AbortController();
			const endWatch = watchTiming(this.#training, () => timing.abort());
			try {
				const asked: Conclude = { folder: this.#folder, run, isLow: this.#training.isTraining() };
				return (await this.#pool.run(asked, { filename, signal: timing.signal })) as Part | readonly LedgerEntry[] | null;
			} catch (error) {
				if (!timing.signal.aborted) throw error;
			} finally {
				endWatch();
			}
		}
	}

	async #ask(name: string, run: number | null): Promise<void> {
		try {
			this.#found.set(name, await this.#concluded(run));
			this.#onNew();
		} catch {
			// The server is ending, or the store can't be read. The next look asks again.
		} finally {
			this.#asked.delete(name);
		}
	}
}

/** The unfinished run; else the newest complete one; else the newest. */
const newest = (runs: readonly ExperimentRun[]): ExperimentRun | undefined =>
	runs.find(({ state }) => state === "running") ?? runs.find(({ state }) => state === "complete") ?? runs[0];
