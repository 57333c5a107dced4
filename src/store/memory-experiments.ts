import { canonicalJson, type Json } from "../core/canonical.js";
import type { ExperimentRun, ExperimentRuns } from "../study/experiment-runs.js";
import type { MemoryContents, MemoryRun } from "./memory-contents.js";
import { noSuchRun, requireDigest } from "./records/states.js";

/** Runs of experiments, kept in memory. `contents` gives what they are kept in, or throws where the store is closed. */
export class MemoryExperiments implements ExperimentRuns {
	readonly #contents: () => MemoryContents;

	constructor(contents: () => MemoryContents) {
		this.#contents = contents;
	}

	find(hash: string): ExperimentRun | undefined {
		const run = this.#contents().experiments.findLast(({ columns }) => columns.hash === hash);
		return run && stored(run);
	}

	create({ experiment, settings, hash, version }: Pick<ExperimentRun, "experiment" | "settings" | "hash" | "version">): ExperimentRun {
		const contents = this.#contents();
		const key = contents.experiments.length + 1; // none is ever removed
		const begun = { state: "running", created: new Date().toISOString(), seconds: 0, digest: null } as const;
		const run = { columns: { key, experiment, hash, version, ...begun }, settings: canonicalJson(settings), results: new Map() };
		contents.experiments.push(run);
		contents.revision++;
		return stored(run);
	}

	list(): readonly ExperimentRun[] {
		return this.#contents().experiments.map(stored).reverse();
	}

	results(key: number): ReadonlyMap<number, Json> {
		const results = this.#contents().experiments[key - 1]?.results ?? new Map<number, string>();
		return new Map([...results].sort(([a], [b]) => a - b).map(([place, text]) => [place, JSON.parse(text)]));
	}

	keep(key: number, place: number, result: Json, addSeconds: number): void {
		const text = canonicalJson(result);
		const run = this.#change(key);
		run.results.set(place, text);
		run.columns = { ...run.columns, seconds: run.columns.seconds + addSeconds };
	}

	setState(key: number, state: ExperimentRun["state"], digest: string | null): void {
		requireDigest("experiment", state, digest);
		const run = this.#change(key);
		run.columns = { ...run.columns, state, digest };
	}

	/** A run that is about to be changed. */
	#change(key: number): MemoryRun {
		const contents = this.#contents();
		const run = contents.experiments[key - 1];
		if (run === undefined) throw noSuchRun(key);
		contents.revision++;
		return run;
	}
}

const stored = ({ columns, settings }: MemoryRun): ExperimentRun => ({ ...columns, settings: JSON.parse(settings) });
