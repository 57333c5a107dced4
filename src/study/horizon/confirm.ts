import { lossOf } from "../../analysis/non-inferiority.js";
import type { BestGoal, End } from "../../core/horizon.js";
import type { Rounds } from "../search/rounds.js";
import { type Found, search } from "./course.js";
import type { Arm, Field } from "./field.js";

/** The result of the design. */
export interface Confirmed {
	readonly best: Arm;
	/** Larger batches that were tested, ascending. */
	readonly larger: readonly Arm[];
	/** The next larger one, which was not. */
	readonly untested: number | null;
}

/** Trainings that an answer may cost by default. */
const usualTrainings = 10;

export const trainingsOf = ({ study }: Pick<Field, "study">): number => study.budget.trainings ?? usualTrainings;

/** With fewer fresh seeds there is no bound. */
const fewestSeeds = 2;

/**
 * The best setting and, on the same fresh seeds, the larger batch that may lose nothing. Each test is made only if the previous one has
 * shown that its batch loses nothing, so none of them has to be stricter because there are several.
 */
export function* settle(field: Field<BestGoal>): Rounds<Confirmed | null> {
	const budget = trainingsOf(field);
	const found = yield* search(field, budget);
	if (!found) return null;
	const { best, larger } = found;
	const first = firstToTest(field, found);
	const settings = [best, ...larger.slice(first, first + 1)];
	// The user's own setting runs on as many seeds afterwards: see `own.ts`.
	const own = field.study.baseline ? 1 : 0;
	const left = budget - field.spent(best.batchSize);
	const seeds = Math.max(fewestSeeds, Math.min(field.study.seeds.reporting, Math.floor(left / (settings.length + own))));
	const [ends, ...tests] = yield* field.fresh(settings, seeds);
	const tested: Arm[] = larger.slice(first, first + 1);
	let last: readonly End[] | undefined = tests[0];
	for (let next = first + 1; last && next < larger.length; next++) {
		if (lossOf(field.goal, ends, last).verdict !== "nothing") break;
		if (field.spent(best.batchSize) + seeds * (1 + own) > budget) break;
		[last] = yield* field.fresh([larger[next]], seeds);
		tested.push(larger[next]);
	}
	return { best, larger: tested, untested: larger[first + tested.length]?.batchSize ?? null };
}

/** Place of the largest batch that has lost no more than may be lost at the last length; else of the next larger one. */
function firstToTest({ goal }: Field<BestGoal>, { larger }: Found): number {
	const within = larger.findLastIndex(({ loss }) => loss !== null && loss <= goal.give);
	return Math.max(0, within);
}
