import type { Calibration } from "../../core/calibration.js";
import { blankAnswer, type ColumnAnswer } from "../../core/column.js";
import { rateAt } from "../../core/rates.js";
import { settingOf } from "../../core/setting.js";
import { trialKey } from "../../core/trial.js";
import type { Design, Given } from "../contracts.js";
import { type Extension, reportingWanted, totalGranted } from "../extension.js";
import type { Asked } from "../reason.js";
import { medianSteps } from "../search/median-steps.js";
import { Memo } from "../search/memo.js";
import { resultsOf } from "../search/results.js";
import { Replaying, type Results, type Rounds } from "../search/rounds.js";
import { isAtEdge, searchSpace } from "../search/space.js";
import type { Study } from "../study.js";
import { type Arm, allRuns, typicalSteps } from "./arm.js";
import { certaintyOf } from "./certainty.js";
import { confirm, freshRuns, type Winner } from "./confirm.js";
import { climb } from "./course.js";
import { Field } from "./field.js";
import { firstSize, pricesOf } from "./prices.js";
import { spentBy, trainingsOf } from "./spent.js";
import { armsOf } from "./view.js";

const nothing: Given = { extensions: [], calibration: null };

/** A study's replay on results that only grow; with another calibration it starts again. */
interface StudyReplay {
	readonly calibration: Calibration | null;
	readonly field: Field;
	readonly replaying: Replaying<Winner | null>;
}

const memo = new Memo<Results, StudyReplay>();

function begin(study: Study, calibration: Calibration | null): StudyReplay {
	const field: Field = new Field(study, () => pricesOf(study, calibration, field.arms));
	return { calibration, field, replaying: new Replaying(course(field)) };
}

function* course(field: Field): Rounds<Winner | null> {
	return yield* confirm(field, yield* climb(field, firstSize(field.study, field.prices)));
}

/** The state of the study: its arms, the winner with its finished runs, and what is missing. */
function replayed(study: Study, finished: Parameters<Design["next"]>[1], { extensions, calibration }: Given) {
	const results = resultsOf(study, finished);
	const replay = memo.get(
		results,
		(made) => made.calibration === calibration,
		() => begin(study, calibration),
	);
	const { field } = replay;
	const step = replay.replaying.on(results);
	if (!step.done) return { field, isOver: false, winner: null, missing: step.missing };
	if (!step.value) return { field, isOver: true, winner: null, missing: [] };
	const { winner, missing } = reportedFully(field, step.value, extensions, results);
	return { field, isOver: true, winner, missing };
}

/** The winner with the further runs that the budget pays for or that were granted: all of them, or only the first while one is missing. */
function reportedFully(field: Field, winner: Winner, extensions: readonly Extension[], results: Results) {
	const paidFor = Math.max(winner.reported.length, runsPaidFor(field, winner));
	const wanted = reportingWanted(paidFor, extensions, winner.arm.batchSize);
	const runs: readonly Asked[] = freshRuns(field.study, winner.arm, wanted, { kind: "doubt" });
	const missing = runs.filter(({ spec }) => !results.has(trialKey(spec)));
	const reported = runs.flatMap(({ spec }) => results.get(trialKey(spec)) ?? []);
	return { winner: missing.length > 0 ? winner : { ...winner, reported }, missing };
}

/** Reporting runs that the rest of the budget pays for, at least one. */
function runsPaidFor({ study, arms, prices }: Field, { arm }: Winner): number {
	const { trainings = 0 } = study.budget;
	const spent = trainingsOf(
		spentBy(arms.flatMap(allRuns), prices),
		spentBy([{ batchSize: arm.batchSize, steps: typicalSteps(arm) }], prices),
	);
	return Math.max(1, Math.min(study.seeds.reporting, Math.floor(trainings - spent)));
}

/** Median cost of an answer, in trainings: see docs/price.md. */
const usualTrainings = 12;

/** Trainings that such a study takes: a budget below the usual can't be guaranteed. */
export const expectedTrainings = ({ budget }: Pick<Study, "budget">): number => Math.max(usualTrainings, budget.trainings ?? 0);

/** Trials of the ladder, most of them a few steps long: see docs/price.md. */
const usualTrials = 40;

/** What is known of a batch size: the winner's is reported; at the others arms were left behind, if there were any. */
function answerOf(study: Study, batchSize: number, arms: readonly Arm[], winner: Winner | null, isOver: boolean): ColumnAnswer {
	if (winner?.arm.batchSize === batchSize) {
		const { arm, reported } = winner;
		return {
			batchSize,
			state: "reached",
			learningRate: rateAt(arm.rate),
			...settingOf(arm.setting),
			steps: medianSteps(reported),
			atEdge: isAtEdge(arm.rate, searchSpace(study, batchSize)),
			replaced: [],
			reportingRuns: reported.length,
		};
	}
	const own = arms.filter((arm) => arm.batchSize === batchSize);
	if (own.some(({ result }) => result?.outcome === "out of memory")) return blankAnswer(batchSize, "out of memory");
	if (own.length === 0) return blankAnswer(batchSize, isOver && !winner ? "not reached" : "not tried");
	return blankAnswer(batchSize, winner ? "left behind" : isOver ? "not reached" : "open");
}

/**
 * The design for a budget in trainings. Every arm is one run, continued from rung to rung; the budget decides how often the winner is run
 * on fresh seeds. See docs/price.md.
 */
export const ladderDesign: Design = {
	traits: { sizes: "some", firstBlock: 1, reportsBetweenRates: false, replacesSlowRates: true, asksByObjective: true },
	/** A single seed climbs. */
	seeds: ({ seeds }) => ({ ...seeds, tuning: 1 }),
	typicalTrials: () => usualTrials,
	/** A training of the middle kind, four epochs and a hundred steps, this many times over. */
	typicalSeconds(study, secondsPerStep) {
		const size = firstSize(study, pricesOf(study, null, []));
		const steps = 100 + (4 * study.data.train) / size;
		return expectedTrainings(study) * steps * (secondsPerStep.get(size) ?? 0);
	},
	outlook(_study, finished, _, extensions) {
		const trials = Math.max(usualTrials, finished.length) + totalGranted(extensions);
		const spent = finished.reduce((sum, { result }) => sum + result.seconds, 0);
		return { trials, seconds: (Math.max(0, trials - finished.length) * spent) / Math.max(1, finished.length) };
	},
	next: (study, finished, given = nothing) => replayed(study, finished, given).missing,
	answers(study, finished, given = nothing) {
		const { field, winner, isOver } = replayed(study, finished, given);
		return study.batchSizes.map((batchSize) => answerOf(study, batchSize, field.arms, winner, isOver));
	},
	ladder(study, finished, given = nothing) {
		const { field, winner, missing } = replayed(study, finished, given);
		const isOver = winner !== null && missing.length === 0;
		const runs = isOver ? winner.reported.map((result) => field.furtherRun(result)) : [];
		return {
			arms: armsOf(field, winner?.arm ?? null),
			withinTolerance: isOver ? certaintyOf(field, winner.arm, runs, study.tolerance) : null,
		};
	},
	comparisonAnswers: () => [],
};
