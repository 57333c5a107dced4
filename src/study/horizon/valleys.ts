import type { BestGoal } from "../../core/horizon.js";
import { log } from "../../core/numerics.js";
import type { HalfOctave } from "../../core/rates.js";
import type { HorizonReason } from "../reason.js";
import type { Rounds } from "../search/rounds.js";
import { addsUp } from "../search/settings.js";
import { searchSpace } from "../search/space.js";
import type { Field } from "./field.js";

/** Half octaves between the rates of the opening, and between neighbours. */
const openingStride = 4;
export const stride = 2;

/** How often in a row the neighbours of a size's best rate are tried. */
const climbs = 4;

/** Half octaves by which the best rate grows for a batch twice as large, until it is known better: B^0.8 for SGD, B^0.5 for Adam's kind. */
const slopes = { plain: 1.6, normalized: 1 } as const;

/**
 * Rates spread over the range at the middle size, lower ones where all of those diverge; then the neighbours of the best. Whether any ended
 * well.
 */
export function* opening(field: Field, middle: number, share: number): Rounds<boolean> {
	if (!(yield* spreadRates(field, middle, share))) return false;
	yield* valleys(field, [middle], share);
	return true;
}

/**
 * The shortest share at which some training of the middle size, at rates spread over the range, ends better than trainings begin, by more
 * than may be given away; the whole length where none does. Null where no training ended well. Shorter trainings say nothing of the rate:
 * where nothing is learned, the rates that change least look best.
 */
export function* tellingShare(field: Field<BestGoal>, middle: number): Rounds<number | null> {
	const { shares, goal } = field;
	const telling = shares.filter((share, i) => i === 0 || field.steps(middle, share) > field.steps(middle, shares[i - 1]));
	for (const share of telling) {
		if (!(yield* spreadRates(field, middle, share))) return null;
		const gained = field.gained(share, middle);
		if (gained === null || gained > goal.give) return share;
	}
	return telling[telling.length - 1];
}

/** Rates spread over the range at a size, lower ones where all of those diverge. Whether any ended well. */
function* spreadRates(field: Field, middle: number, share: number): Rounds<boolean> {
	const { from, to, lowest } = searchSpace(field.study, middle);
	const rates: HalfOctave[] = [];
	for (let rate = from; rate <= to; rate += openingStride) rates.push(rate);
	yield* field.at(
		rates.map((rate) => ({ batchSize: middle, rate })),
		share,
		"opening",
	);
	const isSound = (): boolean => Number.isFinite(field.standings(share, middle)[0].score);
	for (let rate = from - openingStride; !isSound() && rate >= lowest; rate -= openingStride)
		yield* field.at([{ batchSize: middle, rate }], share, "opening");
	return isSound();
}

/** Tries the neighbours of each size's best rate until both are worse. */
export function* valleys(field: Field, sizes: readonly number[], share: number, most = climbs): Rounds<void> {
	for (let i = 0; i < most; i++) {
		const before = field.runs.length;
		const why: HorizonReason = "next to best";
		const arms = sizes.flatMap((batchSize) => {
			const [best] = field.standings(share, batchSize);
			// All diverged, so the cliff lies below.
			if (best && !Number.isFinite(best.score)) return [{ batchSize, rate: lowestOf(field, share, batchSize) - stride }];
			return best ? [best.rate - stride, best.rate + stride].map((rate) => ({ batchSize, rate })) : [];
		});
		yield* field.at(arms, share, why);
		if (field.runs.length === before) return;
	}
}

const lowestOf = (field: Field, share: number, batchSize: number): HalfOctave =>
	Math.min(...field.standings(share, batchSize).map(({ rate }) => rate));

/** Where the best rate of a size is expected, from its neighbour towards the middle. */
export function guess(field: Field, share: number, batchSize: number, neighbour: number): HalfOctave {
	const [best] = field.standings(share, neighbour);
	const slope = addsUp(field.study) ? slopes.plain : slopes.normalized;
	const { lowest, highest } = searchSpace(field.study, batchSize);
	const shift = slope * Math.LOG2E * (log(batchSize) - log(neighbour));
	return Math.min(highest, Math.max(lowest, best.rate + stride * Math.round(shift / stride)));
}
