import { blankAnswer } from "../core/column.js";
import { SweetspotError } from "../core/errors.js";
import { isBestGoal } from "../core/horizon.js";
import type { Bench, Executor, Store, StoredStudy } from "../study/contracts.js";
import type { RunEvent } from "./events.js";
import { timeScripts } from "./time-scripts.js";

/** Seconds that a run has to show its steps, or as long as a training. */
const leastPatience = 30;

/** A study that is about to run. */
interface Opening {
	readonly stored: StoredStudy;
	readonly store: Store;
	readonly executor: Executor;
	readonly bench: Bench;
	readonly machine: string;
	readonly signal: AbortSignal;
	readonly onEvent: (event: RunEvent) => void;
}

/**
 * A training of so many seconds has as many steps as the batch size takes in that time. For a script that is known once it has run, so every
 * batch size is timed before the first trial, by runs of their own at the lowest rate. The times are stored: equal times give equal trials.
 * Throws `study/untimed` where a batch size shows no time within the length that is asked for.
 */
export async function timeBefore({ stored: { id, study }, store, executor, bench, machine, signal, onEvent }: Opening): Promise<void> {
	const { goal, batchSizes, tune } = study;
	if (bench.passes !== null || !isBestGoal(goal) || !("seconds" in goal.horizon) || store.calibration(id)) return;
	const onPass = (done: number, total: number) => onEvent({ kind: "calibrating", done, total });
	const answers = batchSizes.map((batchSize) => ({ ...blankAnswer(batchSize, "open"), learningRate: tune.learningRate.from }));
	const patience = Math.max(leastPatience, goal.horizon.seconds);
	const taken = await timeScripts([], answers, { study, executor, signal, trials: [], onPass, patience });
	if (taken === null) return;
	const missing = batchSizes.filter((batchSize) => !taken.some((time) => time.batchSize === batchSize));
	if (missing.length > 0)
		throw new SweetspotError(
			"study/untimed",
			`no time per step could be measured at batch size ${missing[0]}: the script did not report twice within ${patience} s, or it failed`,
			"let it report more often, omit that batch size, or give the horizon in `epochs`, `steps` or `examples`",
		);
	store.saveCalibration(id, { machine: `${machine}; by the clock of separate runs`, stepTimes: taken });
}
