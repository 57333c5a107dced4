import type { ColumnAnswer } from "../core/column.js";
import type { FinishedTrial } from "../core/trial.js";
import { designOf } from "../study/designs.js";
import type { Extension } from "../study/extension.js";
import type { Study } from "../study/study.js";
import type { Progress } from "./events.js";

/** How far a study is. The estimate is only that; it is revised as trials end, and never falls below what is done. */
export function progressOf(
	study: Study,
	finished: readonly FinishedTrial[],
	answers: readonly ColumnAnswer[],
	extensions: readonly Extension[],
	slots: number,
): Progress {
	const { trials, seconds } = designOf(study).outlook(study, finished, answers, extensions);
	const done = finished.length;
	return {
		done,
		expected: Math.max(done, trials),
		secondsLeft: done === 0 ? null : seconds / slots,
		answers,
		bestSteps: new Map(answers.flatMap(({ batchSize, steps }) => (steps === null ? [] : [[batchSize, steps] as const]))),
	};
}

/** The same where the run ends in so many seconds, whatever is left: no more trials are expected than that pays for. Null: it ends when it is done. */
export function withinTime(progress: Progress, seconds: number | null): Progress {
	const { done, expected, secondsLeft } = progress;
	if (seconds === null || secondsLeft === null || secondsLeft <= seconds) return progress;
	return { ...progress, expected: done + Math.round((expected - done) * (seconds / secondsLeft)), secondsLeft: seconds };
}
