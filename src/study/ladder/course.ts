import type { Rounds } from "../search/rounds.js";
import { settingsOf } from "../search/settings.js";
import { searchSpace } from "../search/space.js";
import { overtaking } from "./above.js";
import type { Arm } from "./arm.js";
import { topOf } from "./curve.js";
import type { Field } from "./field.js";
import { catchUp, follow } from "./follow.js";
import { neighboursOf, untriedSettings } from "./neighbours.js";
import { polished } from "./polish.js";
import { cheapest } from "./reached.js";
import { haveRisen } from "./risen.js";
import { shape } from "./shape.js";
import type { Standing } from "./standing.js";

/** More rungs than any study has. */
const mostRungs = 80;

/**
 * The ladder as a sequence. Rates spread over the range run at one size for a few steps. On each further rung, a fixed factor more
 * expensive than the one before, arms that may still win continue and the leader's neighbours join. At the end the leader alone goes to the
 * goal. Returns the arm that reached it at the lowest cost; null if none did.
 * While no run has come any closer to the goal than runs begin, all go on.
 */
export function* climb(field: Field, firstSize: number): Rounds<Arm | null> {
	return yield* rungs(field, firstSize, opening(field, firstSize), shape.firstLooks * field.judge.price(firstSize), 0);
}

/** Goes on where the arms that reached the goal did so by luck: with all others that may still win, a rung higher. */
export function* climbOn(field: Field, firstSize: number): Rounds<Arm | null> {
	const furthest = Math.max(...field.arms.map((arm) => field.spent(arm)));
	const running = field.running.length > 0 ? field.running : revived(field, firstSize);
	if (running.length === 0) return null;
	return yield* rungs(field, firstSize, running, shape.growth * furthest, lateRung);
}

/** A rung from which on the field is narrowed by what seems to be left alone. */
const lateRung = 8;

/** Rates spread over the range at one size. */
function opening(field: Field, firstSize: number): readonly Arm[] {
	const { study } = field;
	const [setting] = settingsOf(study);
	const { from, to } = searchSpace(study, firstSize);
	const stride = Math.max(shape.openingStride, Math.ceil((to - from) / Math.max(1, Math.floor(field.begun.room / 2) - 1)));
	const arms: Arm[] = [];
	for (let rate = from; rate <= to; rate += stride) arms.push(...field.join(firstSize, rate, setting));
	return arms;
}

/** From one rung to the next. `spend`: what the first one costs. */
function* rungs(field: Field, firstSize: number, first: readonly Arm[], firstSpend: number, firstRung: number): Rounds<Arm | null> {
	let running = first;
	let price = field.judge.price(firstSize);
	let spend = firstSpend;
	let promised = Number.POSITIVE_INFINITY;
	let looks = 0;
	for (let rung = firstRung; rung < mostRungs; rung++) {
		yield* field.advance(
			running,
			spend,
			rung === 0 ? null : running[0],
			rung === 0 ? "opening" : running.length === 1 ? "end" : "next rung",
		);
		// A script's steps are timed by its own runs, so the cost of a rung uses what is known now.
		const priceNow = field.judge.price(firstSize);
		spend *= priceNow / price;
		promised *= priceNow / price;
		price = priceNow;
		if (rung < shape.mostBlind && !haveRisen(field.arms, field.judge.goal) && field.running.length > 1) {
			running = field.running;
			spend *= shape.growth;
			continue;
		}
		const standings = yield* withNeighbours(field, rung, spend);
		if (field.exhausted >= shape.mostExhausted && !cheapest(field)) return null;
		if (standings.length === 0) {
			running = revived(field, firstSize);
			if (running.length === 0) return null;
			continue;
		}
		const [{ arm: leader }] = standings;
		if (leader.result?.reached) return yield* decide(field, standings);
		const left = field.left(leader);
		const own = field.spent(leader);
		// A leader that should have arrived by now, or seems further away than before, makes no progress: try what is less noisy.
		const getsOn = own <= shape.late * promised && own * left <= shape.slower * promised;
		promised = getsOn ? Math.min(promised, own * left) : Number.POSITIVE_INFINITY;
		const calmer = getsOn ? null : calmerThan(field, leader);
		if (calmer) {
			calmer.ended = null;
			yield* field.advance([calmer], own, leader, "less noise");
			running = [calmer];
			spend = own;
		} else if (left <= shape.finishAt) {
			const other: Arm | null = looks < shape.before.looks ? yield* overtaking(field, leader, rung) : null;
			looks = other && other.batchSize !== leader.batchSize ? looks + 1 : shape.before.looks;
			running = [other ?? leader];
			spend = other ? field.spent(other) : own * Math.min(shape.finish, Math.max(shape.leastFinish, 1.1 * left));
			if (other) promised = Number.POSITIVE_INFINITY;
		} else {
			spend = Math.max(own, spend) * Math.min(shape.growth, Math.max(shape.leastGrowth, left / shape.finishAt));
			running = standings.slice(0, mostAt(field, leader, spend)).map(({ arm }) => arm);
		}
	}
	return null;
}

/** How many arms a rung may have that costs this much each: the closer to the limit of a run, the fewer, since the goal may be out of reach. */
function mostAt(field: Field, { batchSize }: Arm, spend: number): number {
	const longest = searchSpace(field.study, batchSize).limit * field.judge.price(batchSize);
	return Math.max(1, Math.floor((shape.longRuns * longest) / spend));
}

/** Narrows the field, and lets the leader's neighbours join at this rung, for as long as one of them takes the lead. */
function* withNeighbours(field: Field, rung: number, spend: number): Rounds<readonly Standing[]> {
	let standings = field.narrow(rung);
	for (let i = 0; i < shape.climbs && standings.length > 0; i++) {
		const [{ arm: leader }] = standings;
		const left = field.left(leader);
		const knowsNothing = rung === 0 && left > shape.openAt;
		const isThere = Boolean(leader.result?.reached) || left <= shape.finishAt;
		// A script that reports seldom may be there before another batch size was tried.
		const isTooSoon = isThere && leader.curve.beginsLate && field.arms.every(({ batchSize }) => batchSize === leader.batchSize);
		if ((isThere && !isTooSoon) || knowsNothing) break;
		const joined = neighboursOf(field, standings, isTooSoon ? shape.openAt : left);
		if (joined.length === 0) break;
		yield* catchUp(field, joined, leader, spend, left);
		standings = field.narrow(rung);
		if (standings[0]?.arm === leader) break;
	}
	return standings;
}

/**
 * What a leader that gets nowhere is replaced by: the noise of the gradient holds it up, which is in proportion to the rate, so the next
 * lower rate at its size. It may have been left behind. Null if it has come as far already. Where the leader is further from the goal than
 * it has been, so may that one be: then the next one down that has not come as far.
 */
function calmerThan(field: Field, leader: Arm): Arm | null {
	const { goal } = field.judge;
	const isWorse = goal - leader.curve.at > shape.worse * (goal - topOf(leader.curve));
	let lower = field.lower(leader);
	while (isWorse && lower && hasComeAsFar(lower, leader)) lower = field.lower(lower);
	return !lower || hasComeAsFar(lower, leader) ? null : lower;
}

const hasComeAsFar = (arm: Arm, leader: Arm): boolean => arm.steps >= 0.9 * leader.steps;

/**
 * For when no arm runs any more: the best arm left behind continues. If all are broken, lower rates are tried; higher ones if none diverged:
 * a script that ends by itself may just not have got there in time. Empty if there are none.
 */
function revived(field: Field, firstSize: number): readonly Arm[] {
	const behind = field.arms.filter(({ ended }) => ended === "behind" || ended === "crowded out");
	if (behind.length > 0) {
		const furthest = behind.reduce((a, b) => (b.curve.at > a.curve.at ? b : a));
		furthest.ended = null;
		return [furthest];
	}
	const { lowest, highest } = searchSpace(field.study, firstSize);
	const tried = field.arms.map(({ rate }) => rate);
	const { openingStride: stride } = shape;
	const [setting] = settingsOf(field.study);
	const on = (from: number, step: number): readonly Arm[] => [
		...field.join(firstSize, from + step, setting),
		...field.join(firstSize, from + step / 2, setting),
	];
	if (field.arms.every(({ result }) => result?.outcome === "stopped"))
		return Math.max(...tried) < highest ? on(Math.max(...tried), stride) : [];
	return Math.min(...tried) > lowest ? on(Math.min(...tried), -stride) : [];
}

/**
 * The leader has reached the goal. Arms that have come far and may cost less follow it there; then those that lie above the cheapest.
 * Returns the one that reached it for the least.
 */
function* decide(field: Field, [{ arm: leader }]: readonly Standing[]): Rounds<Arm> {
	const first = cheapest(field) ?? leader;
	yield* follow(field, rivalsOf(field, first), first, shape.rivals, "rival");
	// The goal may have come before other settings were tried.
	yield* follow(field, untriedSettings(field, leader), leader, shape.before, "rival");
	return yield* polished(field, cheapest(field) ?? leader);
}

/** Those that have spent much of what the winner took, whether they were left behind or not, and are expected to cost little more. */
function rivalsOf(field: Field, winner: Arm): readonly Arm[] {
	const { most, share, expected } = shape.rivals;
	const standings = field.allStandings();
	const own = standings.find(({ arm }) => arm === winner)?.times ?? 1;
	const least = share * field.spent(winner);
	const close = standings.filter(({ arm, times }) => !arm.result?.reached && times <= expected * own && field.spent(arm) >= least);
	return close.slice(0, most).map(({ arm }) => arm);
}
