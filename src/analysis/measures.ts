import type { Calibration } from "../core/calibration.js";
import type { Rng } from "../core/rng.js";
import { interval95, median, medianWithInterval, noMedian, PairedBootstrap, type Placed, type Scale } from "./bootstrap.js";
import type { Estimate, Median, ReportedRun } from "./findings.js";

/** A median, and the bootstrap draws of it that its interval and every comparison come from. */
export interface Measure {
	/** +∞ where censored. */
	readonly value: number;
	readonly draws: Float64Array;
	readonly summary: Median;
}

/** What was measured at one batch size. */
export interface SizeMeasures {
	readonly batchSize: number;
	readonly runs: number;
	/** S and E. */
	readonly steps: Measure;
	readonly sustainedSteps: Measure;
	readonly examples: Measure;
	/** t and T = S·t; null where nothing was calibrated. */
	readonly secondsPerStep: Measure | null;
	readonly seconds: Measure | null;
}

/**
 * Medians over reporting runs and calibration passes at every batch size, with draws that belong together: the r-th draw of every measure is of
 * one and the same resample.
 *
 * Runs are resampled jointly over the batch sizes. The same seed gives the same initial weights and the same order of examples at every size, so an easy start
 * is easy everywhere, and a ratio between sizes is surer than two independent ones would be; where runs share nothing in fact, joint draws cost nothing, as
 * their correlation is what the runs show. Passes are resampled jointly as well: a slow moment of the machine met all sizes. Runs and passes
 * are independent of each other.
 */
export class Measures {
	readonly #runs: PairedBootstrap;
	readonly #passes: PairedBootstrap;
	readonly #calibration: Calibration | null;

	constructor(rng: Rng, seeds: number, calibration: Calibration | null) {
		const passes = Math.max(0, ...(calibration?.stepTimes.map((time) => time.passes.length) ?? []));
		this.#runs = new PairedBootstrap(rng.split("runs"), seeds);
		this.#passes = new PairedBootstrap(rng.split("passes"), passes);
		this.#calibration = calibration;
	}

	/** `runs`: at least one. */
	of(batchSize: number, runs: readonly ReportedRun[]): SizeMeasures {
		const over = (value: (run: ReportedRun) => number | null) =>
			measure(
				this.#runs,
				batchSize,
				runs.map((run) => ({ place: run.seedIndex, value: value(run) ?? Number.POSITIVE_INFINITY })),
				"log",
			);
		const steps = over((run) => run.step);
		const secondsPerStep = this.secondsPerStep(batchSize);
		return {
			batchSize,
			runs: runs.length,
			steps,
			sustainedSteps: over((run) => run.sustained),
			examples: over((run) => run.examples),
			secondsPerStep,
			seconds: secondsPerStep && product(steps, secondsPerStep, runs.length),
		};
	}

	/** t, as calibrated; null where it wasn't. */
	secondsPerStep(batchSize: number): Measure | null {
		const time = this.#calibration?.stepTimes.find((stepTime) => stepTime.batchSize === batchSize);
		if (!time || time.passes.length === 0) return null;
		const passes = time.passes.map((value, place) => ({ place, value }));
		return measure(this.#passes, batchSize, passes, "log");
	}
}

function measure(bootstrap: PairedBootstrap, name: number, sample: readonly Placed[], scale: Scale): Measure {
	const value = median(sample.map((placed) => placed.value));
	const draws = bootstrap.medians(name, sample, scale);
	return { value, draws, summary: sample.length === 0 ? noMedian : medianWithInterval(value, draws, sample.length) };
}

function product(a: Measure, b: Measure, runs: number): Measure {
	const value = a.value * b.value;
	const draws = a.draws.map((draw, r) => draw * b.draws[r]);
	return { value, draws, summary: medianWithInterval(value, draws, runs) };
}

/**
 * A measure over another from the same resamples, with its 95 % interval, for so many `comparisons` together; all null where one is missing, no ends where there
 * was but one run.
 */
export function ratioOf(above: Measure | null, below: Measure | null, comparisons = 1): Estimate {
	if (!above || !below) return { estimate: null, low: null, high: null };
	const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
	const { low, high } = interval95(
		above.draws.map((draw, r) => draw / below.draws[r]),
		comparisons,
	);
	const known = above.summary.low !== null && below.summary.low !== null; // a single run has no interval
	return { estimate: above.value / below.value, low: known ? finite(low) : null, high: known ? finite(high) : null };
}
