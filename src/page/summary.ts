import type { Median } from "../analysis/findings.js";
import { describeGoal } from "../core/goal.js";
import type { Progress } from "../study/progress.js";
import { formatInterval, formatRate } from "../words/numbers.js";
import { settingText } from "../words/setting.js";
import type { StudyView } from "../words/view.js";
import { expectedPrice } from "./expected-price.js";

/** What lists and comparisons show of a study. It is small, since it is kept for every study of a store. */
export interface Summary {
	/** Trials that it was made from. */
	readonly trials: number;
	readonly verdict: string;
	/** Batch size, rate and steps with their interval; else the first sentence of the answer. */
	readonly answer: string;
	/** What the answer cost so far, in trainings; and what it will have cost in the end, null where it is over or that is not known. */
	readonly trainings: number | null;
	readonly expectedTrainings: number | null;
	readonly progress: Pick<Progress, "done" | "expected" | "secondsLeft">;
	readonly recommended: number | null;
	readonly sizes: readonly { readonly batchSize: number; readonly steps: Median; readonly examples: Median; readonly seconds: Median }[];
	readonly goal: string;
}

/** `spentSeconds`: of all its trials, one after the other. */
export function summaryOf(view: StudyView, spentSeconds: number): Summary {
	const { findings, words, progress, stored } = view;
	const { recommendation } = findings;
	const row = findings.tradeoff.find(({ batchSize }) => batchSize === recommendation.batchSize);
	return {
		trials: stored.trials,
		verdict: words.verdict,
		answer:
			row?.learningRate == null
				? (words.answer[0] ?? "")
				: `${recommendation.verdict === "found" ? "" : "best guess: "}batch size ${row.batchSize}, learning rate ${formatRate(row.learningRate)}${settingText(row)}, ${formatInterval(row.steps)} steps`,
		trainings: findings.cost.trainings,
		expectedTrainings: expectedPrice(view, spentSeconds),
		progress: { done: progress.done, expected: progress.expected, secondsLeft: progress.secondsLeft },
		recommended: recommendation.batchSize,
		sizes: findings.tradeoff.flatMap(({ batchSize, steps, examples, seconds }) =>
			steps.median === null ? [] : [{ batchSize, steps, examples, seconds }],
		),
		goal: describeGoal(stored.study.goal),
	};
}
