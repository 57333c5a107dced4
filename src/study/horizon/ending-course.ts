import type { EndingSize } from "../../core/ending.js";
import { exp, log } from "../../core/numerics.js";
import { type HalfOctave, rateAt } from "../../core/rates.js";
import type { Rounds } from "../search/rounds.js";
import { searchSpace } from "../search/space.js";
import type { Arm, Field, Standing } from "./field.js";
import { expectedShare, lengthsAround, scoreOf } from "./lengths-around.js";
import { ownLength } from "./own-length.js";
import { spacedSizes } from "./sizes.js";
import { guess, opening, stride, valleys } from "./valleys.js";

/** What is expected of a batch size once an end has met the goal: the least length, as a share of the limit. */
interface Bracket {
	readonly expected: number;
	/** At the length that met the goal. */
	readonly best: Standing;
	/** By how much the score falls along a length e times as long, in logarithms where scores are above zero; null where it isn't known. */
	readonly slope: number | null;
}

/** What the course has found so far. */
export interface Found {
	readonly sizes: Map<number, EndingSize>;
	/** The user's own setting; null where the study has none. */
	own: EndingSize | null;
}

/**
 * The least length whose end meets the goal, at each of a few batch sizes: by doubling from a short training, the rate tuned at each
 * length; then fresh seeds at four lengths around it. The user's own setting comes first. `found` is filled as it goes.
 */
export function* leastLengths(field: Field, found: Found): Rounds<void> {
	const { sizes: answered } = found;
	const { middle, sizes } = spacedSizes(field.study);
	for (const batchSize of sizes) answered.set(batchSize, { batchSize, learningRate: null, lengths: [], state: "open" });
	found.own = yield* ownLength(field);
	const place = sizes.indexOf(middle);
	const [shortest] = field.shares;
	const isSound = yield* opening(field, middle, shortest);
	const order = sizes.map((_, i) => i).sort((a, b) => Math.abs(a - place) - Math.abs(b - place) || a - b);
	for (const i of order) {
		const batchSize = sizes[i];
		const inner = i === place ? undefined : sizes[i < place ? i + 1 : i - 1];
		const bracket = isSound ? yield* bracketOf(field, batchSize, inner) : null;
		if (bracket === null) answered.set(batchSize, { batchSize, learningRate: null, lengths: [], state: "not reached" });
		else answered.set(batchSize, yield* measured(field, bracket));
	}
}

/** Doubles the length until its best end meets the goal; null where the limit comes first. */
function* bracketOf(field: Field, batchSize: number, inner: number | undefined): Rounds<Bracket | null> {
	const { shares } = field;
	const goal = scoreOf(field.goal);
	let before: Standing | null = null;
	let last: number | null = null;
	for (const share of shares) {
		const known = last === null ? null : field.standings(last, batchSize)[0];
		const rate = known?.rate ?? (inner === undefined ? field.standings(share, batchSize)[0]?.rate : guessFrom(field, batchSize, inner));
		if (rate === undefined) return null;
		const { lowest } = searchSpace(field.study, batchSize);
		yield* field.at(
			[rate, Math.max(lowest, rate - stride)].map((one) => ({ batchSize, rate: one })),
			share,
			"longer",
		);
		if (last === null) yield* valleys(field, [batchSize], share);
		let [best] = field.standings(share, batchSize);
		if (best.score <= goal) {
			yield* valleys(field, [batchSize], share, 2);
			[best] = field.standings(share, batchSize);
			return { expected: expectedShare(goal, share, best.score, before?.score ?? null), best, slope: slopeOf(goal, best, before) };
		}
		before = best;
		last = share;
	}
	return null;
}

/** A guess from the longest length at which the neighbour ran. */
function guessFrom(field: Field, batchSize: number, inner: number): number | undefined {
	const share = [...field.shares].reverse().find((one) => field.standings(one, inner).length > 0);
	return share === undefined ? undefined : guess(field, share, batchSize, inner);
}

function slopeOf(goal: number, met: Standing, missed: Standing | null): number | null {
	if (missed === null || !Number.isFinite(missed.score)) return null;
	const fall = met.score > 0 && goal > 0 ? log(missed.score / met.score) : missed.score - met.score;
	return fall > 0 ? fall / Math.LN2 : null;
}

/** Half octaves from the best rate to those that are compared with it. */
const compared = [-2, -1, 0, 1, 2];

/**
 * The rate at the expected length, over several seeds: the lowest point of a parabola through five rates, or the best rate if one of them
 * breaks down.
 */
function* tunedRate(
	field: Field,
	{ batchSize, rate }: Arm,
	expected: number,
): Rounds<{ readonly rate: HalfOctave; readonly score: number }> {
	const { lowest, highest } = searchSpace(field.study, batchSize);
	const rates = [...new Set(compared.map((by) => Math.min(highest, Math.max(lowest, rate + by))))];
	const scores = yield* field.compared(
		rates.map((one) => ({ batchSize, rate: one })),
		expected,
		field.study.seeds.tuning,
	);
	const score = Math.min(...scores);
	const least = { rate: rates[scores.indexOf(score)], score };
	if (rates.length < compared.length || !scores.every(Number.isFinite)) return least;
	const isLog = scores.every((score) => score > 0);
	const [a, b, c, d, e] = isLog ? scores.map(log) : scores;
	// Of the least-squares parabola through five even places, in places from the middle one.
	const slope = (2 * (e - a) + d - b) / 10;
	const bend = (2 * (a + e) - (b + d) - 2 * c) / 14;
	if (bend <= 0) return least;
	const place = Math.round(Math.max(-2, Math.min(2, -slope / (2 * bend))));
	return { rate: rates[2 + place], score: scores[2 + place] };
}

/** Lengths closer than this to what was expected, as a ratio, need no other rate. */
const close = 1.1;

/** Tunes the rate at the expected length. If the ends there suggest another length, tunes once more at that one. */
function* settled(field: Field, { expected, best, slope }: Bracket): Rounds<{ readonly rate: HalfOctave; readonly share: number }> {
	const goal = scoreOf(field.goal);
	const first = yield* tunedRate(field, best, expected);
	const isLog = first.score > 0 && goal > 0;
	const above = isLog ? log(first.score / goal) : first.score - goal;
	if (slope === null || !Number.isFinite(above)) return { rate: first.rate, share: expected };
	const share = Math.min(1, expected * exp(Math.max(-Math.LN2, Math.min(Math.LN2, above / slope))));
	if (Math.max(share / expected, expected / share) < close) return { rate: first.rate, share };
	const { rate } = yield* tunedRate(field, { batchSize: best.batchSize, rate: first.rate }, share);
	return { rate, share };
}

/** Fresh seeds at lengths around the expected one. */
function* measured(field: Field, bracket: Bracket): Rounds<EndingSize> {
	const { batchSize } = bracket.best;
	const { rate, share: expected } = yield* settled(field, bracket);
	const trainings = {
		goal: field.goal,
		steps: (share: number) => field.steps(batchSize, share),
		freshScores: (shares: readonly number[]) =>
			field.freshScores(
				shares.map((share) => ({ batchSize, rate, share })),
				field.study.seeds.reporting,
			),
	};
	const lengths = yield* lengthsAround(trainings, expected);
	return { batchSize, learningRate: rateAt(rate), lengths, state: "measured" };
}
