import type { Calibration } from "../../core/calibration.js";
import { blankAnswer } from "../../core/column.js";
import { internal } from "../../core/errors.js";
import { type BestGoal, type HorizonAnswer, type HorizonSetting, isBestGoal } from "../../core/horizon.js";
import { rateAt } from "../../core/rates.js";
import type { Design, Given } from "../contracts.js";
import { middleSize } from "../middle-size.js";
import { Memo } from "../search/memo.js";
import { resultsOf } from "../search/results.js";
import { Replaying, type Results } from "../search/rounds.js";
import type { Study } from "../study.js";
import { type Confirmed, settle, trainingsOf } from "./confirm.js";
import { savedOfBest } from "./constant-share.js";
import { type Arm, Field } from "./field.js";
import { plannedSteps, sharesOf } from "./lengths.js";

const nothing: Given = { extensions: [], calibration: null };

/** A study's replay on results that only grow; with another calibration it starts again. */
interface StudyReplay {
	readonly calibration: Calibration | null;
	readonly field: Field<BestGoal>;
	readonly replaying: Replaying<Confirmed | null>;
}

const memo = new Memo<Results, StudyReplay>();

function fieldOf(study: Study, calibration: Calibration | null): Field<BestGoal> {
	const { goal } = study;
	if (!isBestGoal(goal)) throw internal("a study of a value to reach has no horizon");
	return new Field(study, goal, sharesOf(study), (batchSize, share) => plannedSteps(study, goal.horizon, batchSize, share, calibration));
}

function begin(study: Study, calibration: Calibration | null): StudyReplay {
	const field = fieldOf(study, calibration);
	return { calibration, field, replaying: new Replaying(settle(field)) };
}

function replayed(study: Study, finished: Parameters<Design["next"]>[1], { calibration }: Given) {
	const results = resultsOf(study, finished);
	const { field, replaying } = memo.get(
		results,
		(made) => made.calibration === calibration,
		() => begin(study, calibration),
	);
	return { field, step: replaying.on(results) };
}

/** Trials of the search and of the fresh seeds, most of them a sixteenth of the length. */
const usualTrials = 45;

const settingOf = (field: Field, { batchSize, rate }: Arm): HorizonSetting => ({
	batchSize,
	learningRate: rateAt(rate),
	steps: field.steps(batchSize),
});

function answerOf(study: Study, finished: Parameters<Design["next"]>[1], given: Given): HorizonAnswer {
	const { field, step } = replayed(study, finished, given);
	const confirmed = step.done ? step.value : null;
	return {
		runs: field.runs,
		best: confirmed && settingOf(field, confirmed.best),
		larger: confirmed?.larger.map((arm) => settingOf(field, arm)) ?? [],
		untested: confirmed?.untested ?? null,
		isOver: step.done,
	};
}

/**
 * The design for the best end of a training of a given length: short trainings with their whole schedule first, then fresh seeds of the
 * chosen setting and of the larger batches that may lose nothing. See docs/schedules.md.
 */
export const horizonDesign: Design & Required<Pick<Design, "horizon">> = {
	traits: { sizes: "some", asksByObjective: false },
	/** A single seed chooses. */
	seeds: ({ seeds }) => ({ ...seeds, tuning: 1 }),
	typicalTrials: () => usualTrials,
	typicalSeconds(study, runSeconds) {
		const field = fieldOf(study, null);
		const size = middleSize(study);
		return (trainingsOf(field) - savedOfBest(study)) * runSeconds(size, field.steps(size));
	},
	outlook(_, finished) {
		const trials = Math.max(usualTrials, finished.length);
		const spent = finished.reduce((sum, { result }) => sum + result.seconds, 0);
		return { trials, seconds: ((trials - finished.length) * spent) / Math.max(1, finished.length) };
	},
	next(study, finished, given = nothing) {
		const { step } = replayed(study, finished, given);
		return step.done ? [] : step.missing;
	},
	answers(study, finished, given = nothing) {
		const { isOver, runs } = answerOf(study, finished, given);
		const tried = new Set(runs.map(({ batchSize }) => batchSize));
		return study.batchSizes.map((size) => blankAnswer(size, tried.has(size) ? (isOver ? "left behind" : "open") : "not tried"));
	},
	horizon: (study, finished, given = nothing) => answerOf(study, finished, given),
	comparisonAnswers: () => [],
};
