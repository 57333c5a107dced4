import type { EndingSize } from "../../core/ending.js";
import type { Goal } from "../../core/goal.js";
import { isHigherBetter } from "../../core/goal.js";
import { exp, log } from "../../core/numerics.js";
import type { Rounds } from "../search/rounds.js";

/** What a training must end at, as a score: the lower the better. */
export const scoreOf = (goal: Goal): number => (isHigherBetter(goal) ? -(goal.atLeast ?? 0) : (goal.atMost ?? 0));

/**
 * The share of the limit at which the goal is expected: between the length whose end missed it and the one twice as long that met it, evenly
 * in logarithms where both ends are above zero. `missed`: null where the shortest length met it.
 */
export function expectedShare(goal: number, share: number, met: number, missed: number | null): number {
	if (missed === null || !Number.isFinite(missed) || missed === met) return share;
	const isLog = met > 0 && goal > 0;
	const [top, aim, bottom] = [missed, goal, met].map((score) => (isLog ? log(score) : score));
	const part = (top - aim) / (top - bottom);
	return (share / 2) * exp(Math.LN2 * part);
}

/** Lengths around the expected one at which fresh seeds run, in doublings. */
const around = [-0.75, -0.25, 0.25, 0.75];

/** How often the lengths are shifted if all or none of their ends meet the goal. */
const moves = 3;

/** From the middle of four lengths to that of the next four, as a ratio. */
const windowWidth = 4;

/** A length at which fresh seeds ran, and the mean of their scores. */
interface Measured {
	readonly steps: number;
	readonly score: number;
}

/** One setting's trainings of planned lengths. */
interface Trainings {
	readonly goal: Goal;
	/** Steps of a training that is such a share of the limit. */
	readonly steps: (share: number) => number;
	/** The mean scores of fresh seeds, at each of these shares. */
	readonly freshScores: (shares: readonly number[]) => Rounds<readonly number[]>;
}

/**
 * Fresh seeds at lengths around the expected one, shifted if the goal doesn't lie between their ends. The four nearest to the goal are
 * returned, in steps.
 */
export function* lengthsAround({ goal, steps, freshScores }: Trainings, expected: number): Rounds<EndingSize["lengths"]> {
	const aim = scoreOf(goal);
	let known: readonly Measured[] = [];
	let centre = expected;
	for (let i = 0; i <= moves; i++) {
		const shares = around.map((doublings) => centre * exp(Math.LN2 * doublings));
		const lengths = [...new Map(shares.map((share) => [steps(share), share]))].filter(
			([one]) => !known.some((other) => other.steps === one),
		);
		const scores = yield* freshScores(lengths.map(([, share]) => share));
		known = [...known, ...lengths.map(([one], place) => ({ steps: one, score: scores[place] }))].sort((a, b) => a.steps - b.steps);
		const [first, last] = [known[0], known[known.length - 1]];
		if (first.score <= aim && first.steps > 1) centre /= windowWidth;
		else if (last.score > aim && centre < 1) centre *= windowWidth;
		else break;
	}
	const longer = known.length === 1 ? nextLonger(steps, known[0].steps, centre) : null;
	if (longer !== null) {
		const [score] = yield* freshScores([longer]);
		known = [...known, { steps: steps(longer), score }];
	}
	const met = known.findIndex(({ score }) => score <= aim);
	const from = Math.max(0, Math.min(known.length - around.length, (met < 0 ? known.length : met) - around.length / 2));
	return known.slice(from, from + around.length).map((one) => one.steps);
}

/**
 * The share of the next longer training; null where the limit is no longer. Where the shortest training meets the goal, it shows how surely:
 * by how much a training gets better with the length.
 */
function nextLonger(steps: Trainings["steps"], shortest: number, from: number): number | null {
	for (let share = from; share < 2; share *= Math.SQRT2) {
		const one = Math.min(1, share);
		if (steps(one) > shortest) return one;
	}
	return null;
}
