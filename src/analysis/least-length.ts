import { type Goal, goalKind } from "../core/goal.js";
import type { Rng } from "../core/rng.js";
import type { Estimate } from "./findings.js";
import { meanOf } from "./non-inferiority.js";

/** Ends of trainings of one length, by the places of their seeds; null where a run had no end. */
export interface EndsAt {
	readonly steps: number;
	readonly values: readonly (number | null)[];
}

/** Draws of the bootstrap. */
const draws = 1000;

/**
 * The least length whose end meets the goal, by inverse regression: a line through the mean ends at every length, on the scale on which they are about
 * straight against the log of the length, and where it crosses the goal. Its interval by bootstrap over the seeds, each with its runs at all lengths.
 * `sample`: the estimate in each draw, infinite where the line doesn't fall towards the goal.
 */
export function leastLength(
	goal: Goal,
	ends: readonly EndsAt[],
	rng: Rng,
): { readonly steps: Estimate; readonly sample: readonly number[] } {
	const seeds = Math.max(0, ...ends.map(({ values }) => values.length));
	const all = Array.from({ length: seeds }, (_, i) => i);
	const estimate = crossing(goal, ends, all);
	if (estimate === null) return { steps: { estimate: null, low: null, high: null }, sample: [] };
	const sample = Array.from({ length: draws }, () => {
		const drawn = all.map(() => rng.below(seeds));
		return crossing(goal, ends, drawn) ?? Number.POSITIVE_INFINITY;
	});
	const sorted = [...sample].sort((a, b) => a - b);
	const [low, high] = [sorted[Math.floor(0.025 * draws)], sorted[Math.ceil(0.975 * draws) - 1]];
	const bound = (value: number) => (seeds > 1 && Number.isFinite(value) ? value : null);
	return { steps: { estimate, low: bound(low), high: bound(high) }, sample };
}

/** Where the line through the mean ends of these seeds crosses the goal, in steps; null where it doesn't get better with the length. */
function crossing(goal: Goal, ends: readonly EndsAt[], seeds: readonly number[]): number | null {
	const points = ends.flatMap(({ steps, values }) => {
		const known = seeds.flatMap((seed) => values[seed] ?? []);
		return known.length === 0 ? [] : [{ x: Math.log(steps), y: scaleOf(goal)(meanOf(known)) }];
	});
	if (points.length < 2) return null;
	const [x, y] = [meanOf(points.map((point) => point.x)), meanOf(points.map((point) => point.y))];
	let [over, under] = [0, 0];
	for (const point of points) {
		over += (point.x - x) * (point.y - y);
		under += (point.x - x) ** 2;
	}
	const slope = over / under;
	if (!(slope < 0)) return null;
	return Math.exp(x + (scaleOf(goal)(goal.atLeast ?? goal.atMost ?? 0) - y) / slope);
}

/** The scale on which less is better, and ends are about straight against the log of the length. */
function scaleOf(goal: Goal): (value: number) => number {
	const kind = goalKind(goal);
	if (kind === "accuracy") return (value) => Math.log(Math.max(1e-9, 1 - value));
	if (kind === "loss" || kind === "error") return (value) => Math.log(Math.max(1e-300, value));
	return goal.atLeast === undefined ? (value) => value : (value) => -value;
}
