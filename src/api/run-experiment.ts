import { SweetspotError } from "../core/errors.js";
import { taskPool } from "../executors/tasks.js";
import { experiments } from "../experiments/catalogue.js";
import type { Asked, Conclusion, Experiment } from "../experiments/experiment.js";
import type { SubjectName } from "../experiments/lab/subjects.js";
import { conclusionOf, experimentHash, runExperiment } from "../runner/run-experiment.js";
import type { Store } from "../study/contracts.js";
import type { ExperimentRun } from "../study/experiment-runs.js";
import { version } from "./version.js";

/** The experiment of this name. Throws `experiment/unknown`. */
export function experimentNamed(id: string): Experiment {
	const experiment = experiments.find((one) => one.id === id);
	if (experiment) return experiment;
	throw new SweetspotError("experiment/unknown", JSON.stringify(id), `there are ${experiments.map((one) => one.id).join(", ")}`);
}

/** The data that was named, for this experiment; null: none, so its own. Throws `experiment/data` where it can't be run on them. */
export function subjectNamed({ id, data }: Experiment, name: string | undefined): SubjectName | null {
	if (name === undefined) return null;
	const subject = data.find((one) => one === name);
	if (subject) return subject;
	throw new SweetspotError(
		"experiment/data",
		`${id} on ${JSON.stringify(name)}`,
		data.length === 0 ? "leave out --data: it makes its data itself" : `it can be run on ${data.join(", ")}`,
	);
}

export interface ExperimentSession {
	readonly store: Store;
	readonly asked: Asked;
	/** Run it again, even where the store has it. */
	readonly fresh: boolean;
	/** Tasks at once. */
	readonly workers: number;
	readonly signal: AbortSignal;
	readonly onProgress: (done: number, total: number) => void;
}

/** A run as the store has it, and what it found; null: interrupted, and nothing to conclude yet. */
export interface ConcludedRun {
	readonly run: ExperimentRun;
	readonly conclusion: Conclusion | null;
}

/** Runs an experiment from wherever the store has it. What a killed run had finished is kept. */
export async function concludeExperiment(experiment: Experiment, session: ExperimentSession): Promise<ConcludedRun> {
	const { store, asked, fresh, workers, signal, onProgress } = session;
	const { experiments: runs } = store;
	const settings = experiment.settings(asked);
	const hash = experimentHash(experiment.id, settings, version);
	const found = fresh ? undefined : runs.find(hash);
	const run = found ?? runs.create({ experiment: experiment.id, settings, hash, version });
	if (run.state !== "complete") {
		const pool = taskPool(workers);
		try {
			if (!(await runExperiment(experiment, run, runs, pool, signal, onProgress))) return { run, conclusion: null };
		} finally {
			await pool.close();
		}
	}
	const ended = runs.list().find(({ key }) => key === run.key) ?? run;
	return { run: ended, conclusion: conclusionOf(experiment, ended, runs) };
}
