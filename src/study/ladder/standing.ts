import { exp, log } from "../../core/numerics.js";
import { type Arm, shownAt } from "./arm.js";
import { stepsTo, timesTo, topOf } from "./curve.js";
import { apart, driftOf, type Judge, type Place, type Point } from "./drift.js";
import { shape } from "./shape.js";
import { leastSquares } from "./surface.js";

/** An arm, and its cost to get where it is, as a multiple of the leader's; the leader's own is 1. */
export interface Standing {
	readonly arm: Arm;
	readonly times: number;
	/** How many times as many steps the highest arm has made as it had when it was where this one is now; at least 1. */
	readonly behind: number;
}

/**
 * Arms in the order of what they cost to get where they are, the leader first.
 *
 * Runs of different batch sizes can't be compared at equal epochs or steps, but they can at equal levels of the goal's metric: the study is
 * about what each costs to get there. Each arm is compared with the highest one, at the height of the lower of the two. Everything that an
 * arm has spent counts, so an arm without progress falls behind.
 *
 * A script that reports seldom, once an epoch for instance, shows nothing before its first look. An arm that stands lower than the highest
 * one did there is taken on at its own pace, up to that height.
 */
export function standingsOf(arms: readonly Arm[], judge: Judge): readonly Standing[] {
	const highest = arms.reduce<Arm | null>((best, arm) => (best && topOf(best.curve) >= topOf(arm.curve) ? best : arm), null);
	if (!highest) return [];
	const level = judge.price(highest.batchSize);
	const costs = arms.map((arm): Standing => {
		if (arm === highest) return { arm, times: 1, behind: 1 };
		const top = topOf(arm.curve);
		const [first] = highest.curve.records;
		const isBelowAll = highest.curve.beginsLate && first !== undefined && top < first.height;
		const steps = stepsTo(highest.curve, top);
		if (steps === null) return { arm, times: Number.POSITIVE_INFINITY, behind: 1 };
		const spent = shownAt(arm) * judge.price(arm.batchSize) * (isBelowAll ? timesTo(arm.curve, first.height) : 1);
		return { arm, times: spent / (steps * level), behind: Math.max(1, shownAt(highest) / steps) };
	});
	return smoothed(drifted(ranked(costs), judge), judge);
}

/** By what they cost, scaled so that the first costs 1. */
export function ranked(standings: readonly Standing[]): readonly Standing[] {
	const least = Math.min(...standings.map(({ times }) => times));
	return standings.map((one) => ({ ...one, times: one.times / least })).sort((a, b) => a.times - b.times);
}

/** As they are expected to stand at the goal. */
function drifted(standings: readonly Standing[], judge: Judge): readonly Standing[] {
	const [lead] = standings;
	return ranked(standings.map((one) => ({ ...one, times: one.times * exp(driftOf(lead.arm, one.arm, judge)) })));
}

/** A surface has three parameters, so it takes at least one more arm than that to show its shape. */
const fewestArms = 4;

/**
 * Those close enough to the best one in cost, and far enough on their way, to show the bowl around it. None that should cost many times as
 * much by the bowl: where it seems not to, all runs still stand where they began.
 */
function around(standings: readonly Standing[], judge: Judge): readonly Standing[] {
	const [{ arm: lead }] = standings;
	const spent = ({ steps, batchSize }: Arm) => steps * judge.price(batchSize);
	const most = Math.max(...standings.map(({ arm }) => spent(arm)));
	return standings.filter(
		({ arm, times }) =>
			times <= shape.nearby && bowlAt(apart(lead, arm, judge), judge) <= log(shape.nearby) && shape.deepEnough * spent(arm) > most,
	);
}

/** The natural log of what a setting costs, this far from the best one, over what that one does. */
const bowlAt = ({ rate, size }: Point, { expected: { bend } }: Judge): number => bend.rate * rate ** 2 + bend.size * size ** 2;

/**
 * The logarithm of the cost, as these arms show it: a bowl over the rate and the batch size, whose bend is known and whose place is fitted.
 */
function bowlThrough(near: readonly Standing[], judge: Judge): (place: Place) => number {
	const [{ arm: lead }] = near;
	const points = near.map(({ arm, times }) => ({ ...apart(lead, arm, judge), cost: log(times) }));
	const [level, byRate, bySize] = leastSquares(
		points.map(({ rate, size }) => [1, rate, size] as const),
		points.map((point) => point.cost - bowlAt(point, judge)),
	);
	return (place) => {
		const point = apart(lead, place, judge);
		return level + byRate * point.rate + bySize * point.size + bowlAt(point, judge);
	};
}

/** A single run is lucky or not; its neighbours show how much. Every arm keeps a share of its own deviation from the bowl through them. */
function smoothed(standings: readonly Standing[], judge: Judge): readonly Standing[] {
	const near = around(standings, judge);
	if (near.length < fewestArms) return standings;
	const bowl = bowlThrough(near, judge);
	const fitted = near.map((one) => {
		const surface = bowl(one.arm);
		return { ...one, times: exp(surface + judge.expected.kept * (log(one.times) - surface)) };
	});
	return ranked([...fitted, ...standings.filter((one) => !near.includes(one))]);
}

/**
 * What other settings are expected to cost, as multiples of the leader's, by the bowl through the arms that run. Null where too few of them
 * show it.
 */
export function expectedBy(standings: readonly Standing[], judge: Judge): ((place: Place) => number) | null {
	const near = around(standings, judge);
	if (near.length < shape.join.fewest) return null;
	const bowl = bowlThrough(near, judge);
	return (place) => exp(bowl(place));
}
