import type { Calibration } from "../../core/calibration.js";
import type { ColumnAnswer } from "../../core/column.js";
import { type ComparisonAnswer, comparisonNames } from "../../core/comparisons.js";
import { type HalfOctave, halfOctaveAbove, halfOctaveBelow } from "../../core/rates.js";
import { settingOf } from "../../core/setting.js";
import type { Following } from "../search/following.js";
import { Memo } from "../search/memo.js";
import { Replaying, type Results } from "../search/rounds.js";
import { settingsOf } from "../search/settings.js";
import type { Study } from "../study.js";
import { typicalComparison } from "../typical-trials.js";
import { stepsWithin } from "./amounts.js";
import { type ComparedSize, compare } from "./compare.js";
import { comparisonsToCome } from "./to-come.js";

/** The replays of a study's comparisons. Another calibration buys other steps, so they start again. */
interface Replays {
	readonly calibration: Calibration | null;
	readonly columns: readonly { readonly column: ComparedSize; readonly replaying: Replaying<ComparisonAnswer> }[];
}

const memo = new Memo<Results, Replays>();

/**
 * Every budget at every batch size, all in parallel. They start when the tradeoff is done, each at the rate and setting that the tradeoff
 * found for its size or the nearest size with one: the best rate for a goal and the best for a budget differ little.
 */
export const comparisons: Following = {
	columns(study, answers, begunAfter, calibration, results) {
		const { columns } = memo.get(
			results,
			(made) => made.calibration === calibration,
			() => ({ calibration, columns: begin(study, answers, calibration) }),
		);
		return columns.map(({ column, replaying }) => {
			const replayed = replaying.on(results);
			const { rounds } = replayed;
			return replayed.done
				? { begunAfter, rounds, open: null, answer: replayed.value }
				: { begunAfter, rounds, open: replayed, answer: openComparison(column) };
		});
	},
	openAnswers: (study, calibration) => wanted(study, calibration).map(openComparison),
	typicalTrials: (study) => (study.comparisons ? study.batchSizes.length * comparisonNames.length * typicalComparison(study) : 0),
	toCome: comparisonsToCome,
};

function begin(study: Study, answers: readonly ColumnAnswer[], calibration: Calibration | null): Replays["columns"] {
	const tooLarge = new Set(answers.flatMap(({ state, batchSize }) => (state === "out of memory" ? [batchSize] : [])));
	const fitting = wanted(study, calibration).filter(({ batchSize }) => !tooLarge.has(batchSize));
	return fitting.map((size) => {
		const nearest = nearestReached(answers, size.batchSize);
		const column = { ...size, ...(nearest ? settingOf(nearest) : settingsOf(study)[0]) };
		return { column, replaying: new Replaying(compare(study, column, startRate(study, nearest))) };
	});
}

const openComparison = (column: ComparedSize): ComparisonAnswer => ({ ...column, state: "open", learningRate: null, atEdge: false });

/** A budget of seconds waits for the calibration. */
function wanted(study: Study, calibration: Calibration | null): readonly ComparedSize[] {
	const { comparisons, batchSizes } = study;
	if (!comparisons) return [];
	return comparisonNames.flatMap((comparison) =>
		batchSizes.flatMap((batchSize) => {
			const steps = stepsWithin(study, comparisons, comparison, batchSize, calibration);
			return steps === null ? [] : [{ comparison, batchSize, steps }];
		}),
	);
}

/** The answer at this batch size, or at the nearest that has one. */
function nearestReached(answers: readonly ColumnAnswer[], batchSize: number): ColumnAnswer | undefined {
	const away = (answer: ColumnAnswer) => Math.max(answer.batchSize / batchSize, batchSize / answer.batchSize);
	return answers.filter(({ learningRate }) => learningRate !== null).sort((a, b) => away(a) - away(b))[0];
}

function startRate(study: Study, nearest: ColumnAnswer | undefined): HalfOctave {
	if (nearest?.learningRate) return halfOctaveAbove(nearest.learningRate);
	const { from, to } = study.tune.learningRate;
	return Math.floor((halfOctaveBelow(from) + halfOctaveAbove(to)) / 2);
}
