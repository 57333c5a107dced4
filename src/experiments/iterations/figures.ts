import { analyse } from "../../analysis/analyse.js";
import type { Estimate, Findings, NoiseScaleRun } from "../../analysis/findings.js";
import { geometricMeanInterval } from "../../analysis/means.js";
import { Measures, ratioOf, type SizeMeasures } from "../../analysis/measures.js";
import { noiseScaleAlong } from "../../analysis/noise-scale.js";
import { studentTwoSided } from "../../analysis/student.js";
import type { Calibration } from "../../core/calibration.js";
import { Rng } from "../../core/rng.js";
import type { FinishedTrial } from "../../core/trial.js";
import { stepLimit } from "../../study/steps.js";
import { logOf, scaled } from "../lab/estimates.js";
import { ratioOfApart } from "../lab/ratio.js";
import type { Settings } from "./settings.js";
import { type Column, isColumn, type Result } from "./tasks.js";

/**
 * Intervals of the same family: examples at the full batch, time at either end, the order per epoch and per step, the slope at either end,
 * the prediction.
 */
export const family = 8;

/** The noise scale along the reporting runs of one batch size. */
export interface Predicted {
	readonly batchSize: number;
	/** Geometric mean over seeds of each run's mean; all null where one run's is unknown. */
	readonly mean: Estimate;
	/** The same of the first and of the last probe of each run. */
	readonly start: Estimate;
	readonly end: Estimate;
}

export interface Figures {
	readonly findings: Findings;
	/** Of every size that was reached. */
	readonly noise: readonly Predicted[];
	/** E at N over E at the reference. */
	readonly fullBatch: Estimate;
	/**
	 * The size between the ends with the least time on the tuning seeds, and T of the smallest and of the largest size over its own. Null:
	 * not known.
	 */
	readonly middle: { readonly batchSize: number; readonly smallest: Estimate; readonly largest: Estimate } | null;
	/** At the largest size over at the smallest: examples (and so epochs), and steps. */
	readonly order: { readonly examples: Estimate; readonly steps: Estimate };
	/** d log S / d log B over the three smallest sizes, and from the size that is at most a quarter of the largest to that. */
	readonly slopes: { readonly small: Estimate; readonly large: Estimate };
	/** The noise scale at the tried size nearest to the measured critical batch size, over that; null: neither is known. */
	readonly prediction: { readonly noise: Predicted; readonly ratio: Estimate } | null;
	readonly trials: readonly FinishedTrial[];
}

export function figuresOf({ study, examples, reference }: Settings, results: readonly Result[]): Figures {
	const columns = results.filter(isColumn).sort((a, b) => a.answer.batchSize - b.answer.batchSize);
	const stepTimes = results.flatMap((result) => (isColumn(result) ? [] : result.stepTimes));
	const calibration = { machine: "", stepTimes };
	const trials = columns.flatMap((column) => column.trials);
	const rng = Rng.fromSeed(study.seed).split("iterations");
	const findings = analyse({
		batchSizes: study.batchSizes,
		examples,
		answers: columns.map(({ answer }) => answer),
		trials,
		calibration,
		tests: [],
		goal: study.goal,
		stepsPerEpoch: (batchSize) => Math.ceil(examples / batchSize),
		looksRatio: study.looks.ratio,
		objective: study.objective,
		tolerance: study.tolerance,
		seeds: study.seeds,
		limitSteps: (batchSize) => stepLimit(batchSize, { ...study, data: { ...nothingElse, train: examples } }),
		rng: rng.split("analysis"),
	});
	const measures = new Measures(rng.split("comparisons"), calibration, study.looks.ratio);
	const reached = findings.tradeoff.flatMap(({ batchSize, outcome, runs }) =>
		outcome === "reached" ? [measures.of(batchSize, runs)] : [],
	);
	const at = (batchSize: number | undefined): SizeMeasures | null => reached.find((size) => size.batchSize === batchSize) ?? null;
	const { batchSizes } = study;
	const [first, , third] = batchSizes;
	const last = batchSizes[batchSizes.length - 1];
	const over = (what: "steps" | "examples" | "seconds", above: number | undefined, below: number | undefined) =>
		ratioOf(at(above)?.[what] ?? null, at(below)?.[what] ?? null, family);
	/** Between two sizes. */
	const slope = (from: number | undefined, to: number | undefined): Estimate =>
		scaled(logOf(over("steps", to, from)), 1 / Math.log((to ?? Number.NaN) / (from ?? Number.NaN)));
	const fast = fastestBetween(columns, calibration, first, last);
	const noise = columns.filter(({ answer }) => answer.state === "reached").map(predictedBy);
	return {
		findings: { ...findings, noiseScales: columns.flatMap((column) => alongRuns(column).slice(0, 1)) },
		noise,
		fullBatch: over("examples", examples, reference),
		middle: fast === null ? null : { batchSize: fast, smallest: over("seconds", first, fast), largest: over("seconds", last, fast) },
		order: { examples: over("examples", last, first), steps: over("steps", last, first) },
		slopes: { small: slope(first, third), large: slope(batchSizes.filter((size) => size <= last / 4).at(-1), last) },
		prediction: predictionOf(findings, noise),
		trials,
	};
}

/** What experiments don't need to know of their data. */
const nothingElse = { validation: 0, test: 0, features: 0, classes: 0, sha256: "" } as const;

/** Chosen on the tuning seeds, so that the time reported is not that of the luckiest of many sizes. */
function fastestBetween(columns: readonly Column[], { stepTimes }: Calibration, first: number, last: number): number | null {
	const between = columns.flatMap(({ answer: { batchSize }, tunedSteps }) => {
		const passes = stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? [];
		const inside = batchSize > first && batchSize < last && tunedSteps !== null && passes.length > 0;
		return inside ? [{ batchSize, seconds: tunedSteps * Math.min(...passes) }] : [];
	});
	return between.length === 0 ? null : between.reduce((a, b) => (b.seconds < a.seconds ? b : a)).batchSize;
}

const alongRuns = ({ answer: { batchSize, learningRate }, noise }: Column): readonly NoiseScaleRun[] =>
	learningRate === null ? [] : noise.map(({ local }) => noiseScaleAlong({ batchSize, learningRate }, local));

function predictedBy(column: Column): Predicted {
	const runs = alongRuns(column);
	const over = (value: (run: NoiseScaleRun) => number | null | undefined) => {
		const values = runs.map((run) => value(run) ?? Number.NaN);
		return geometricMeanInterval(values, family);
	};
	return {
		batchSize: column.answer.batchSize,
		mean: over(({ mean }) => mean.estimate),
		start: over(({ local }) => local[0]?.noiseScale.estimate),
		end: over(({ local }) => local.at(-1)?.noiseScale.estimate),
	};
}

function predictionOf({ fit: { criticalBatchSize }, tradeoff }: Findings, noise: readonly Predicted[]): Figures["prediction"] {
	const { estimate } = criticalBatchSize;
	if (estimate === null || noise.length === 0) return null;
	const away = ({ batchSize }: Predicted) => Math.abs(Math.log(batchSize / estimate));
	const nearest = noise.reduce((a, b) => (away(b) < away(a) ? b : a));
	const runs = tradeoff.reduce((sum, row) => sum + row.runs.length, 0);
	return { noise: nearest, ratio: ratioOfApart(nearest.mean, forFamily(criticalBatchSize, runs - noise.length)) };
}

/** The fit's intervals are of 95 % each: wider, on the logarithmic axis, as Student's t is for a family. */
function forFamily({ estimate, low, high }: Estimate, degreesOfFreedom: number): Estimate {
	if (estimate === null) return { estimate, low, high };
	const wider = studentTwoSided(0.05 / family, degreesOfFreedom) / studentTwoSided(0.05, degreesOfFreedom);
	const widen = (end: number | null) => (end === null ? null : estimate * (end / estimate) ** wider);
	return { estimate, low: widen(low), high: widen(high) };
}
