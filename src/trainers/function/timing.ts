import { reportsOf, type TrainContext, type TrainFunction } from "./train-function.js";

/** A rate so small that timing doesn't change the weights: only the time matters. */
const timingRate = 2 ** -20;

/** One measurement goes on until it is this long and has this many steps in it, or is much longer than that. */
const least = { milliseconds: 20, steps: 3 };
const muchLonger = 100;

/**
 * Seconds per step of a trainer at this batch size, by the clock at the steps it reports: where it asks whether a report is due, else where
 * it reports. Work before its first such step (loading, building, compiling) doesn't count. Measuring for a report counts only if it never
 * asks. `held`: the settings that depend on the batch size, with their values at this one. Null if it ends before there is enough to
 * measure, or throws.
 */
export async function timeTraining(
	train: TrainFunction,
	batchSize: number,
	seed: number,
	held: TrainContext["held"] = {},
): Promise<number | null> {
	const controller = new AbortController();
	let asks = false;
	let first: { readonly step: number; readonly at: number } | null = null;
	let seconds: number | null = null;
	const mark = (step: number): boolean => {
		const at = performance.now();
		first ??= { step, at };
		const taken = { steps: step - first.step, milliseconds: at - first.at };
		const enough = taken.steps >= least.steps && taken.milliseconds >= least.milliseconds;
		if (seconds === null && (enough || (taken.steps >= 1 && taken.milliseconds >= muchLonger * least.milliseconds))) {
			seconds = taken.milliseconds / 1000 / taken.steps;
			controller.abort();
		}
		return seconds !== null;
	};
	try {
		const made = train({
			batchSize,
			learningRate: timingRate,
			seed,
			held,
			isDue(step) {
				if (!asks) [asks, first] = [true, null];
				return mark(step);
			},
			report: ({ step }) => (asks ? seconds !== null : mark(step)),
			signal: controller.signal,
		});
		const reports = reportsOf(made);
		if (reports === null) await made;
		else {
			for (let next = await reports.next(); !next.done; next = await reports.next())
				if (asks ? seconds !== null : mark(next.value.step)) break;
			await reports.return?.();
		}
	} catch {
		// The trials will report the error.
	}
	return seconds;
}
