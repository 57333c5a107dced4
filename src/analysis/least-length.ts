import { type Goal, goalKind, meetsGoalAt } from "../core/goal.js";
import { exp } from "../core/numerics.js";
import type { Rng } from "../core/rng.js";
import type { Estimate } from "./findings.js";
import { solve } from "./linear.js";
import { meanOf } from "./non-inferiority.js";
import { logProbabilityBetween } from "./normal.js";
import { studentTwoSided } from "./student.js";

/** Ends of trainings of one length, by the places of their seeds; null where a run had no end. */
export interface EndsAt {
	readonly steps: number;
	readonly values: readonly (number | null)[];
}

/** Draws of the bootstrap. */
const draws = 2000;

/**
 * The least length whose end meets the goal, by inverse regression: a parabola through the mean ends at every length, on the scale on which
 * they are about straight against the log of the length, and where it crosses the goal; a line if the parabola doesn't. Its interval by
 * bootstrap over the seeds, each with its runs at all lengths, at the quantiles for so few seeds; then to both sides as far, in logarithms, as to
 * the wider one: seven seeds show badly to which side ends are skewed, and the narrower side is where the intervals failed. `sample`: the estimate in each draw,
 * infinite where the line doesn't fall towards the goal.
 *
 * No training is shorter than `shortest` steps, such as an epoch where a script takes whole ones. Where that one's mean end meets the goal, it is
 * the least length.
 */
export function leastLength(
	goal: Goal,
	ends: readonly EndsAt[],
	rng: Rng,
	shortest = 1,
): { readonly steps: Estimate; readonly sample: readonly number[] } {
	const seeds = Math.max(0, ...ends.map(({ values }) => values.length));
	const all = Array.from({ length: seeds }, (_, i) => i);
	const estimate = crossing(goal, ends, all, shortest);
	if (estimate === null) return { steps: { estimate: null, low: null, high: null }, sample: [] };
	const sample = Array.from({ length: draws }, () => {
		const drawn = all.map(() => rng.below(seeds));
		return crossing(goal, ends, drawn, shortest) ?? Number.POSITIVE_INFINITY;
	});
	const sorted = [...sample].sort((a, b) => a - b);
	const outside = seeds > 1 ? tailOf(seeds) : 0;
	const mirrored = (value: number): number => (Number.isFinite(value) ? estimate ** 2 / value : estimate);
	const [low, high] = [sorted[Math.floor(outside * draws)], sorted[Math.ceil((1 - outside) * draws) - 1]];
	const bound = (value: number) => (seeds > 1 && Number.isFinite(value) ? value : null);
	return {
		steps: { estimate, low: bound(Math.max(shortest, Math.min(low, mirrored(high)))), high: bound(Math.max(high, mirrored(low))) },
		sample,
	};
}

/**
 * The share of draws beyond each end of a 95 % interval. Percentiles of the bootstrap are too narrow for few seeds: the spread of n values is
 * (n − 1)/n of what it should be, and its own error goes unnoticed. So they are taken at Φ(−√(n/(n − 1))·t), with t the quantile of
 * Student's distribution for n − 1 degrees of freedom (expanded percentiles: Hesterberg 2015, section 4.3).
 */
const tailOf = (seeds: number): number => {
	const z = Math.sqrt(seeds / (seeds - 1)) * studentTwoSided(0.05, seeds - 1);
	return exp(logProbabilityBetween(z, Number.POSITIVE_INFINITY));
};

/**
 * Where the line through the mean ends of these seeds crosses the goal, in steps, but no less than the shortest; null where it doesn't get
 * better with the length.
 */
function crossing(goal: Goal, ends: readonly EndsAt[], seeds: readonly number[], shortest: number): number | null {
	if (ends.some(({ steps, values }) => steps <= shortest && meets(goal, values, seeds))) return shortest;
	const points = ends.flatMap(({ steps, values }) => {
		const known = seeds.flatMap((seed) => values[seed] ?? []);
		return known.length === 0 ? [] : [{ x: Math.log(steps), y: heightOf(goal, known) }];
	});
	if (points.length < 2) return null;
	const aim = scaleOf(goal)(goal.atLeast ?? goal.atMost ?? 0);
	const x = (points.length > 3 ? bentCrossing(points, aim) : null) ?? straightCrossing(points, aim);
	return x === null ? null : Math.max(shortest, x);
}

/** Whether the mean end of these seeds meets the goal. */
function meets(goal: Goal, values: EndsAt["values"], seeds: readonly number[]): boolean {
	const known = seeds.flatMap((seed) => values[seed] ?? []);
	if (known.length === 0) return false;
	return meetsGoalAt(goal, meanOf(known));
}

interface Point {
	readonly x: number;
	readonly y: number;
}

/** On the line through the points, as a length; null where it doesn't fall. */
function straightCrossing(points: readonly Point[], aim: number): number | null {
	const [x, y] = [meanOf(points.map((point) => point.x)), meanOf(points.map((point) => point.y))];
	const slope = sumOf(points, (point) => (point.x - x) * (point.y - y)) / sumOf(points, (point) => (point.x - x) ** 2);
	return slope < 0 ? Math.exp(x + (aim - y) / slope) : null;
}

/**
 * On the least-squares parabola through the points, which follows ends that level off or fall faster and faster; null if it doesn't cross
 * the goal on its way down between the shortest and the longest.
 */
function bentCrossing(points: readonly Point[], aim: number): number | null {
	const x = meanOf(points.map((point) => point.x));
	const power = (k: number) => sumOf(points, (point) => (point.x - x) ** k);
	const moment = (k: number) => sumOf(points, (point) => (point.x - x) ** k * point.y);
	const normal = [0, 1, 2].map((row) => [0, 1, 2].map((column) => power(row + column)));
	const [a, b, c] = solve(normal, [0, 1, 2].map(moment));
	const root = b * b - 4 * c * (a - aim);
	if (!(root >= 0) || Math.abs(c) < 1e-12) return null;
	// Where the slope b + 2cu is below zero.
	const u = (-b - Math.sqrt(root)) / (2 * c);
	const [least, most] = [points[0].x - x, points[points.length - 1].x - x];
	return u >= least && u <= most ? Math.exp(x + u) : null;
}

const sumOf = (points: readonly Point[], of: (point: Point) => number): number => points.reduce((sum, point) => sum + of(point), 0);

/**
 * The mean of these ends on the scale of `scaleOf`. The logarithm of a mean of n values is too low by about s²/(2n·mean²), to second order
 * (Jensen's inequality), and is corrected by that.
 */
function heightOf(goal: Goal, values: readonly number[]): number {
	const bad = goalKind(goal) === "accuracy" ? values.map((value) => 1 - value) : values;
	const mean = meanOf(bad);
	const height = scaleOf(goal)(meanOf(values));
	if (goalKind(goal) === "own" || values.length < 2 || !(mean > 0)) return height;
	const variance = bad.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
	return height + variance / (2 * values.length * mean ** 2);
}

/** The scale on which less is better, and ends are about straight against the log of the length. */
function scaleOf(goal: Goal): (value: number) => number {
	const kind = goalKind(goal);
	if (kind === "accuracy") return (value) => Math.log(Math.max(1e-9, 1 - value));
	if (kind === "loss" || kind === "error") return (value) => Math.log(Math.max(1e-300, value));
	return goal.atLeast === undefined ? (value) => value : (value) => -value;
}
