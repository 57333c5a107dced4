import { designOf } from "./designs.js";
import { isLadder } from "./ladder/is-ladder.js";
import { expectedTrainings } from "./ladder/limits.js";
import { middleSize } from "./middle-size.js";
import { type Pace, type Span, stepSpan, times } from "./pace.js";
import { stepLimit } from "./steps.js";
import type { TrainableStudy } from "./study.js";

/** What tuning a script will take, in seconds, before any trial. */
export interface ScriptPrice {
	readonly by: Pace["by"];
	/** A usual trial; and one that reaches its limit. */
	readonly trial: Span;
	readonly longestTrial: number;
	/** Steps that a run to the goal is guessed to take at the middle size; null where trials show how long they take. */
	readonly guessedSteps: number | null;
	/** The study with usual trials; and with every trial at its limit. */
	readonly study: Span;
	readonly studyAtMost: number;
}

/** Where it isn't stated how many examples there are, a run is guessed to take this share of its limit. */
const usualShare = 1 / 4;

/** Of `trials` trials on `slots` at once; of a ladder, whose trials are mostly short, as many trainings as it takes. */
export function scriptPrice(study: TrainableStudy, pace: Pace, trials: number, slots: number): ScriptPrice {
	const sizes = designOf(study).traits.sizes === "some" ? [middleSize(study)] : study.batchSizes;
	const limit = study.limits.seconds ?? Number.POSITIVE_INFINITY;
	const spans = sizes.map((size) => runSpan(pace, size, guessedSteps(study, size), limit));
	const trial = pace.trial === null ? mean(spans) : { low: pace.trial, high: pace.trial };
	const longestTrial = Math.max(...study.batchSizes.map((size) => runSpan(pace, size, stepLimit(size, study), limit).high));
	const most = study.budget.seconds ?? Number.POSITIVE_INFINITY;
	const count = isLadder(study) ? expectedTrainings(study) : trials;
	const whole = times(trial, count / slots);
	return {
		by: pace.by,
		trial,
		longestTrial,
		guessedSteps: pace.trial === null ? guessedSteps(study, middleSize(study)) : null,
		study: { low: Math.min(whole.low, most), high: Math.min(whole.high, most) },
		studyAtMost: Math.min((longestTrial * count) / slots, most),
	};
}

/** A guess before any training, as for our own networks: four epochs of examples and a hundred steps (see `typicalSecondsOfSize`). */
function guessedSteps(study: TrainableStudy, batchSize: number): number {
	const most = stepLimit(batchSize, study);
	return study.data.train === 0 ? most * usualShare : Math.min(most, 100 + (4 * study.data.train) / batchSize);
}

function runSpan(pace: Pace, batchSize: number, steps: number, limit: number): Span {
	const { low, high } = times(stepSpan(pace, batchSize), steps);
	return { low: Math.min(limit, low + pace.startUp), high: Math.min(limit, high + pace.startUp) };
}

const mean = (spans: readonly Span[]): Span => ({
	low: spans.reduce((sum, { low }) => sum + low, 0) / spans.length,
	high: spans.reduce((sum, { high }) => sum + high, 0) / spans.length,
});
