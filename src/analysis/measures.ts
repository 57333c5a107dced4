import type { Calibration } from "../core/calibration.js";
import { isLate } from "../core/looks.js";
import { mean } from "../core/mean.js";
import type { Rng } from "../core/rng.js";
import { fromOne, interval95, median, medianWithInterval, PairedBootstrap, type Placed, type Range, type Scale } from "./bootstrap.js";
import { type Estimate, type Median, noEstimate, noMedian, type ReportedRun } from "./findings.js";

/** A median, and the bootstrap draws of it that its interval and every comparison come from. */
export interface Measure {
	/** +∞ where censored. */
	readonly value: number;
	readonly draws: Float64Array;
	readonly summary: Median;
	/** Factor (at most 1) by which each draw lies below what late looks show; more runs don't reduce it. Absent if no look is late. */
	readonly withinLook?: Float64Array;
}

/** What was measured at one batch size. */
export interface SizeMeasures {
	readonly batchSize: number;
	readonly runs: number;
	/** S and E. */
	readonly steps: Measure;
	readonly firstSteps: Measure;
	/**
	 * log of the geometric mean of steps, and its draws; null where a run is censored, there is but one, or looks come late: then only the
	 * median is known.
	 */
	readonly logMean: { readonly value: number; readonly draws: Float64Array } | null;
	readonly examples: Measure;
	/** t and T = S·t; null where nothing was calibrated. */
	readonly secondsPerStep: Measure | null;
	readonly seconds: Measure | null;
}

/** A run's value, and the least that the true value may be. */
interface Ranged extends Placed {
	readonly least: number;
}

/**
 * Medians over reporting runs and calibration passes at every batch size, with draws that belong together: the r-th draw of every measure
 * is of one and the same resample.
 *
 * Runs are resampled jointly over the batch sizes. The same seed gives the same initial weights and the same order of examples at every
 * size, so an easy start is easy everywhere, and a ratio between sizes is surer than two independent ones would be; where runs share
 * nothing in fact, joint draws cost nothing, as their correlation is what the runs show. Passes are resampled jointly as well: a slow
 * moment of the machine met all sizes. Runs and passes are independent of each other.
 *
 * **Late looks.** A run met the goal in (after, step]. Where the look came when it was due, that is as close as was asked for, and `step`
 * stands for it. Of a trainer that reports once an epoch it may be half of the steps, and runs that agree on a report need not agree: the
 * median over the true steps lies anywhere between that over `after` and that over `step`. Each resample places it there evenly, one place
 * for all measures of a batch size. The value stays the look that met the goal.
 */
export class Measures {
	readonly #runs: PairedBootstrap;
	readonly #passes: PairedBootstrap;
	readonly #calibration: Calibration | null;
	/** By batch size, once asked for: the price of an answer asks for it once for every trial. */
	readonly #secondsPerStep = new Map<number, Measure | null>();
	readonly #looksRatio: number | null;
	readonly #places: Rng;

	/** `looksRatio`: between due looks; null if none was late. */
	constructor(rng: Rng, calibration: Calibration | null, looksRatio: number | null) {
		this.#runs = new PairedBootstrap(rng.split("runs"));
		this.#passes = new PairedBootstrap(rng.split("passes"));
		this.#calibration = calibration;
		this.#looksRatio = looksRatio;
		this.#places = rng.split("looks");
	}

	/** `runs`: at least one. */
	of(batchSize: number, runs: readonly ReportedRun[]): SizeMeasures {
		const over = (inUnit: (run: ReportedRun) => number | null) =>
			this.#placed(
				batchSize,
				runs.map((run) => {
					const value = inUnit(run) ?? Number.POSITIVE_INFINITY;
					return { place: run.seedIndex, value, least: value - this.#unseenShare(run) * (inUnit(run) ?? 0) };
				}),
			);
		const steps = over((run) => run.step);
		const secondsPerStep = this.secondsPerStep(batchSize);
		return {
			batchSize,
			runs: runs.length,
			steps,
			firstSteps: over((run) => run.first),
			logMean: this.#logMean(runs, steps),
			examples: over((run) => run.examples),
			secondsPerStep,
			seconds: secondsPerStep && product(steps, secondsPerStep, runs.length),
		};
	}

	#logMean(runs: readonly ReportedRun[], { withinLook }: Measure): SizeMeasures["logMean"] {
		const sample = runs.flatMap(({ seedIndex, step }) => (step === null ? [] : [{ place: seedIndex, value: step }]));
		if (withinLook || sample.length < Math.max(2, runs.length)) return null;
		return { value: mean(sample.map(({ value }) => Math.log(value))), draws: this.#runs.logMeans(sample) };
	}

	/** The share of its steps to the goal that a run may not have needed: 0, unless the look that met it was late. */
	#unseenShare({ after, step }: ReportedRun): number {
		if (step === null || this.#looksRatio === null || !isLate(after, step, this.#looksRatio)) return 0;
		return 1 - Math.max(1, after) / step;
	}

	/** A measure of runs, placed within late looks. */
	#placed(batchSize: number, sample: readonly Ranged[]): Measure {
		const seen = measure(this.#runs, batchSize, sample, "log", fromOne);
		if (sample.every(({ value, least }) => value === least)) return seen;
		const floors = this.#runs.medians(
			batchSize,
			sample.map(({ place, least }) => ({ place, value: least })),
			"log",
		);
		const rng = this.#places.split(batchSize);
		const withinLook = seen.draws.map((draw, r) => {
			const place = rng.uniform();
			return draw === Number.POSITIVE_INFINITY ? 1 : 1 - place * (1 - Math.min(1, floors[r] / draw));
		});
		const draws = seen.draws.map((draw, r) => draw * withinLook[r]);
		return { value: seen.value, draws, withinLook, summary: medianWithInterval(seen.value, draws, sample.length, fromOne) };
	}

	/** t, as calibrated; null where it wasn't. */
	secondsPerStep(batchSize: number): Measure | null {
		const known = this.#secondsPerStep.get(batchSize);
		if (known !== undefined) return known;
		const timed = this.#timed(batchSize);
		this.#secondsPerStep.set(batchSize, timed);
		return timed;
	}

	/** The median alone; null too where it counts the start of the process. */
	exactSecondsPerStep(batchSize: number): number | null {
		const isRough = this.#calibration?.stepTimes.some((time) => time.batchSize === batchSize && time.startUp);
		return isRough ? null : (this.secondsPerStep(batchSize)?.value ?? null);
	}

	#timed(batchSize: number): Measure | null {
		const time = this.#calibration?.stepTimes.find((stepTime) => stepTime.batchSize === batchSize);
		if (!time || time.passes.length === 0) return null;
		const passes = time.passes.map((value, place) => ({ place, value }));
		return measure(this.#passes, batchSize, passes, "log");
	}
}

function measure(bootstrap: PairedBootstrap, name: number, sample: readonly Placed[], scale: Scale, range?: Range): Measure {
	const value = median(sample.map((placed) => placed.value));
	const draws = bootstrap.medians(name, sample, scale);
	return { value, draws, summary: sample.length === 0 ? noMedian : medianWithInterval(value, draws, sample.length, range) };
}

function product(a: Measure, b: Measure, runs: number): Measure {
	const value = a.value * b.value;
	const draws = a.draws.map((draw, r) => draw * b.draws[r]);
	return { value, draws, summary: medianWithInterval(value, draws, runs) };
}

/**
 * A measure over another from the same resamples, with its 95 % interval, for this many `comparisons` together; all null where one is
 * missing, no ends where there was but one run.
 */
export function ratioOf(above: Measure | null, below: Measure | null, comparisons = 1): Estimate {
	if (!above || !below) return noEstimate;
	const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
	const { low, high } = interval95(
		above.draws.map((draw, r) => draw / below.draws[r]),
		comparisons,
	);
	const known = above.summary.low !== null && below.summary.low !== null; // a single run has no interval
	return { estimate: above.value / below.value, low: known ? finite(low) : null, high: known ? finite(high) : null };
}
