import { blankAnswer } from "../../core/column.js";
import type { EndingAnswer, EndingSize } from "../../core/ending.js";
import type { Design } from "../contracts.js";
import { Memo } from "../search/memo.js";
import { resultsOf } from "../search/results.js";
import { Replaying, type Results } from "../search/rounds.js";
import { stepLimit } from "../steps.js";
import type { Study } from "../study.js";
import { leastLengthCost } from "./constant-share.js";
import { type Found, leastLengths } from "./ending-course.js";
import { Field } from "./field.js";
import { inWholeEpochs } from "./lengths.js";
import { usualOfOwn } from "./own-length.js";

/** Shares of the limit that the search goes through, each twice the one before. */
const shares = [1 / 128, 1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1];

interface StudyReplay {
	readonly field: Field;
	readonly found: Found;
	readonly replaying: Replaying<void>;
}

const memo = new Memo<Results, StudyReplay>();

function begin(study: Study): StudyReplay {
	const field = new Field(study, study.goal, shares, (batchSize, share) =>
		inWholeEpochs(study, batchSize, share * stepLimit(batchSize, study)),
	);
	const { baseline } = study;
	const own: EndingSize | null = baseline ? { ...baseline, lengths: [], state: "open" } : null;
	const found: Found = { sizes: new Map(), own };
	return { field, found, replaying: new Replaying(leastLengths(field, found)) };
}

function replayed(study: Study, finished: Parameters<Design["next"]>[1]) {
	const results = resultsOf(study, finished);
	const { field, found, replaying } = memo.get(
		results,
		() => true,
		() => begin(study),
	);
	return { field, found, step: replaying.on(results) };
}

/** Trials that a batch size usually takes: fifteen to find the length, five rates there, and its fresh runs. */
const usualOfSize = ({ seeds }: Pick<Study, "seeds">): number => 15 + 5 * seeds.tuning + 4 * seeds.reporting;

function answerOf(study: Study, finished: Parameters<Design["next"]>[1]): EndingAnswer {
	const { field, found, step } = replayed(study, finished);
	const sizes = [...found.sizes.values()].sort((a, b) => a.batchSize - b.batchSize);
	return { runs: field.runs, sizes, ...(found.own && { own: found.own }), isOver: step.done };
}

/** The design for the least length whose end meets a value, under a schedule that follows the length. See docs/schedules.md. */
export const endingDesign: Design = {
	traits: { sizes: "some", asksByObjective: false },
	seeds: ({ seeds }) => seeds,
	typicalTrials: (study) =>
		Math.min(5, study.batchSizes.length) * usualOfSize(study) + (study.baseline ? usualOfOwn(study.seeds.reporting) : 0),
	typicalSeconds: (study, runSeconds) =>
		leastLengthCost(study) *
		study.batchSizes.reduce((sum, size) => {
			const runs = usualOfSize(study);
			const steps = 4 * study.seeds.reporting * 0.1 * stepLimit(size, study);
			return sum + runs * runSeconds(size, steps / runs);
		}, 0),
	outlook(study, finished) {
		const trials = Math.max(endingDesign.typicalTrials(study), finished.length);
		const spent = finished.reduce((sum, { result }) => sum + result.seconds, 0);
		return { trials, seconds: ((trials - finished.length) * spent) / Math.max(1, finished.length) };
	},
	next(study, finished) {
		const { step } = replayed(study, finished);
		return step.done ? [] : step.missing;
	},
	answers(study, finished) {
		const { isOver, sizes } = answerOf(study, finished);
		return study.batchSizes.map((size) => {
			const own = sizes.find(({ batchSize }) => batchSize === size);
			return blankAnswer(size, own === undefined ? "not tried" : isOver ? "left behind" : "open");
		});
	},
	ending: (study, finished) => answerOf(study, finished),
	comparisonAnswers: () => [],
};
