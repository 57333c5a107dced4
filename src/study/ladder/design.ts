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
import { guessedSteps } from "../typical-trials.js";
import type { Arm } from "./arm.js";
import { certaintyOf } from "./certainty.js";
import { confirm, freshRuns, type Winner } from "./confirm.js";
import { climb, climbOn } from "./course.js";
import { Field } from "./field.js";
import { expectedTrainings, mostRuns, reportedOf, stagesOf, usualEnd } from "./limits.js";
import { firstSize, likelySize, pricesOf } from "./prices.js";
import { reported, runsPaidFor } from "./reported.js";
import { shape } from "./shape.js";
import { armsOf } from "./view.js";
import { withinRuns } from "./within.js";

const nothing: Given = { extensions: [], calibration: null };

/** What the ladder has found so far: the winner of the last budget that was spent whole. */
interface Board {
	winner: Winner | null;
}

/** A study's replay on results that only grow; with another calibration it starts again. */
interface StudyReplay {
	readonly calibration: Calibration | null;
	readonly field: Field;
	readonly board: Board;
	readonly replaying: Replaying<End>;
}

/** "over": no arm gets to the goal, or none is worth another run. "spent": no run may begin any more. */
type End = "over" | "spent";

const memo = new Memo<Results, StudyReplay>();

function begin(study: Study, calibration: Calibration | null): StudyReplay {
	const field: Field = new Field(study, () => pricesOf(study, calibration, field.arms));
	const board: Board = { winner: null };
	return { calibration, field, board, replaying: new Replaying(withinRuns(course(field, board), mostRuns(study))) };
}

function* course(field: Field, board: Board): Rounds<End> {
	const first = firstSize(field.study, field.prices);
	let best = yield* climb(field, first);
	for (const trainings of stagesOf(field.study)) {
		let winner = best && (yield* confirm(field, best, trainings));
		for (let again = 0; best && !winner && !board.winner && again < shape.mostLucky; again++) {
			best = yield* climbOn(field, first);
			winner = best && (yield* confirm(field, best, trainings));
		}
		if (winner || board.winner?.arm.ended === "lucky") board.winner = winner;
		best = winner?.arm ?? null;
	}
	board.winner = board.winner && (yield* reported(field, board.winner));
	return field.isFull ? "spent" : "over";
}

/**
 * The state of the study: its arms, the winner so far with its finished runs, and what is missing. "open": the study isn't over, or had to
 * end before it had an answer.
 */
function replayed(study: Study, finished: Parameters<Design["next"]>[1], { extensions, calibration }: Given) {
	const results = resultsOf(study, finished);
	const replay = memo.get(
		results,
		(made) => made.calibration === calibration,
		() => begin(study, calibration),
	);
	const { field, board } = replay;
	const step = replay.replaying.on(results);
	if (!step.done) return { field, isOver: false, isOpen: true, winner: board.winner, missing: step.missing };
	const isOpen = step.value === "spent" && !board.winner;
	if (!board.winner) return { field, isOver: true, isOpen, winner: null, missing: [] };
	const { winner, missing } = reportedFully(field, board.winner, extensions, results);
	return { field, isOver: missing.length === 0, isOpen, winner, missing };
}

/** The winner with the further runs that the budget pays for or that were granted: all of them, or only the first while one is missing. */
function reportedFully(field: Field, winner: Winner, extensions: readonly Extension[], results: Results) {
	const paidFor = Math.max(winner.reported.length, runsPaidFor(field, winner));
	const wanted = reportingWanted(paidFor, extensions, winner.arm.batchSize);
	const runs: readonly Asked[] = freshRuns(field.study, winner.arm, wanted, { kind: "doubt" });
	const missing = runs.filter(({ spec }) => !results.has(trialKey(spec)));
	const all = runs.flatMap(({ spec }) => results.get(trialKey(spec)) ?? []);
	return { winner: missing.length > 0 ? winner : { ...winner, reported: all }, missing };
}

/**
 * Trials that such a study takes, a run that is continued counting each time. A budget of 5, 20 and 40 trainings took 44, 58 and 70 in the
 * middle on eight spent workloads of `npm run bench -- price`; one of 10, 20 and 40 runs took 31, 50 and 68.
 */
const usualTrials = ({ budget: { trials, trainings } }: Pick<Study, "budget">): number => {
	const byTrainings = 41 + 0.7 * (trainings ?? (trials === null ? usualEnd : Number.POSITIVE_INFINITY));
	return Math.round(Math.min(byTrainings, trials === null ? Number.POSITIVE_INFINITY : 16 + 1.5 * trials));
};

/** What is known of a batch size: the winner's is reported; at the others arms were left behind, if there were any. */
function answerOf(study: Study, batchSize: number, arms: readonly Arm[], winner: Winner | null, isOpen: boolean): ColumnAnswer {
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
	if (own.length === 0 && arms.length > 0) return blankAnswer(batchSize, "not tried");
	return blankAnswer(batchSize, winner ? "left behind" : isOpen ? "open" : "not reached");
}

/**
 * The design for a budget: of trainings, of runs, of time. Every arm is one run, continued from rung to rung; what the budget leaves goes
 * to further seeds of the settings around the winner. See docs/price.md.
 */
export const ladderDesign: Design = {
	traits: { sizes: "some", asksByObjective: true },
	/** A single seed climbs. */
	seeds: ({ seeds }) => ({ ...seeds, tuning: 1 }),
	typicalTrials: usualTrials,
	/** A training of the middle kind, four epochs and a hundred steps, this many times over; some of them reported. */
	typicalSeconds(study, runSeconds) {
		const size = likelySize(study, pricesOf(study, null, []));
		const steps = guessedSteps(study, size);
		const trainings = expectedTrainings(study);
		const reported = reportedOf(trainings);
		return (trainings - reported) * runSeconds(size, steps) + reported * runSeconds(size, steps, true);
	},
	outlook(study, finished, _, extensions) {
		const trials = Math.max(usualTrials(study), finished.length) + totalGranted(extensions);
		const spent = finished.reduce((sum, { result }) => sum + result.seconds, 0);
		return { trials, seconds: (Math.max(0, trials - finished.length) * spent) / Math.max(1, finished.length) };
	},
	next: (study, finished, given = nothing) => replayed(study, finished, given).missing,
	answers(study, finished, given = nothing) {
		const { field, winner, isOpen } = replayed(study, finished, given);
		return study.batchSizes.map((batchSize) => answerOf(study, batchSize, field.arms, winner, isOpen));
	},
	ladder(study, finished, given = nothing) {
		const { field, winner, isOver } = replayed(study, finished, given);
		const runs = winner?.reported.map((result) => field.furtherRun(result)) ?? [];
		return {
			arms: armsOf(field, winner?.arm ?? null),
			withinTolerance: winner && isOver ? certaintyOf(field, winner.arm, runs, study.tolerance) : null,
		};
	},
	comparisonAnswers: () => [],
};
