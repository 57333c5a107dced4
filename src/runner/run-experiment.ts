import { canonicalJson, type Json, sha256Hex } from "../core/canonical.js";
import type { TaskPool } from "../executors/task-pool.js";
import type { Conclusion, Experiment } from "../experiments/experiment.js";
import type { ExperimentRun, ExperimentRuns } from "../study/experiment-runs.js";

/** SHA-256 by which a run is found again. It includes the program's version: another version may measure differently, so it runs again. */
export const experimentHash = (experiment: string, settings: Json, version: string): string =>
	sha256Hex(canonicalJson({ experiment, settings, version }));

/**
 * Runs the rest of an experiment and keeps each task's result as it arrives: first the timed tasks, one by one, then the others, as many at
 * once as the pool has slots. False where the signal was aborted first.
 */
export async function runExperiment(
	experiment: Experiment,
	run: ExperimentRun,
	runs: ExperimentRuns,
	pool: TaskPool,
	signal: AbortSignal,
	onProgress: (done: number, total: number) => void,
): Promise<boolean> {
	const tasks = experiment.tasks(run.settings);
	const done = new Map(runs.results(run.key));
	const waiting = tasks.map((task, place) => ({ task, place })).filter(({ place }) => !done.has(place));
	let since = performance.now();
	runs.setState(run.key, "running", null);
	onProgress(done.size, tasks.length);
	const stop = new AbortController();
	const stopped = AbortSignal.any([signal, stop.signal]);
	const work = async (queue: typeof waiting): Promise<void> => {
		for (let next = queue.shift(); next && !stopped.aborted; next = queue.shift()) {
			const result = await pool.run({ experiment: experiment.id, task: next.task }, stopped);
			const now = performance.now();
			runs.keep(run.key, next.place, result, (now - since) / 1000);
			since = now;
			done.set(next.place, result);
			onProgress(done.size, tasks.length);
		}
	};
	try {
		await work(waiting.filter(({ task }) => experiment.isTimed(task)));
		const others = waiting.filter(({ task }) => !experiment.isTimed(task));
		await Promise.all(Array.from({ length: pool.slots }, () => work(others)));
	} catch (error) {
		stop.abort();
		if (!signal.aborted) {
			runs.setState(run.key, "interrupted", null);
			throw error;
		}
	}
	const complete = done.size === tasks.length;
	runs.setState(run.key, complete ? "complete" : "interrupted", complete ? digestOf(experiment, tasks, done) : null);
	return complete;
}

/** What a complete run found. */
export function conclusionOf(experiment: Experiment, { key, settings }: ExperimentRun, runs: ExperimentRuns): Conclusion {
	const inOrder = [...runs.results(key)].sort(([a], [b]) => a - b).map(([, result]) => result);
	return experiment.conclude(settings, inOrder);
}

/**
 * SHA-256 over tasks and results, in the order of the tasks: the same for any number of workers, on any machine, after any crash. The
 * measurements of timed tasks are left out.
 */
const digestOf = ({ isTimed }: Experiment, tasks: readonly Json[], results: ReadonlyMap<number, Json>): string =>
	sha256Hex(canonicalJson(tasks.map((task, place) => ({ task, result: isTimed(task) ? null : (results.get(place) ?? null) }))));
