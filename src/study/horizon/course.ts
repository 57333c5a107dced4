import type { BestGoal } from "../../core/horizon.js";
import type { Rounds } from "../search/rounds.js";
import { searchSpace } from "../search/space.js";
import { driftTo } from "./drift.js";
import type { Arm, Field, Standing } from "./field.js";
import { spacedSizes } from "./sizes.js";
import { guess, stride, tellingShare, valleys } from "./valleys.js";

/** From this share of the length on, the rates of all remaining sizes are tuned; before it, only those of the leader. */
const tuneAllFrom = 1 / 4;

/** Trainings of the whole length that are kept for fresh seeds: three of each of two settings. */
const keptForFresh = 6;

/** Where the search has ended. */
export interface Found {
	readonly best: Arm;
	/** The sizes that were tried and are larger, ascending, each with its best rate. */
	readonly larger: readonly Larger[];
}

/** `loss`: what it lost at the last length, where it ran there; else null. */
type Larger = Arm & { readonly loss: number | null };

/**
 * Short trainings first, each with its whole schedule: ranks of rates carry over from them, those of sizes drift, since larger batches gain
 * with the length. So all sizes are tried at the shortest length that tells rates apart, and at each longer one the leading ones with the
 * next larger. Null where no training ended well.
 */
export function* search(field: Field<BestGoal>, budget: number): Rounds<Found | null> {
	const { study, shares } = field;
	const { middle, sizes } = spacedSizes(study);
	const shortest = yield* tellingShare(field, middle);
	if (shortest === null) return null;
	const longer = shares.filter((share) => share > shortest);
	yield* valleys(field, [middle], shortest);
	const place = sizes.indexOf(middle);
	for (let i = 1; i < sizes.length; i++) {
		const outer = [place - i, place + i].filter((at) => at >= 0 && at < sizes.length);
		const starts = outer.map((at) => ({
			batchSize: sizes[at],
			rate: guess(field, shortest, sizes[at], sizes[at < place ? at + 1 : at - 1]),
		}));
		yield* field.at(starts, shortest, "other size");
		yield* valleys(
			field,
			outer.map((at) => sizes[at]),
			shortest,
		);
	}
	let share = shortest;
	let kept = Math.min(3, sizes.length) + 1;
	for (const next of longer.filter((one) => one < 1)) {
		const leader = field.standings(share)[0];
		kept = Math.max(2, kept - 1);
		const going = leading(field, share, sizes, kept);
		const price = next * 3 * going.length;
		if (next > 1 / 4 && field.spent(leader.batchSize) + price + keptForFresh > budget) break;
		yield* field.at(going, next, "longer");
		// Near the end, tune the rate of every size that may be reported, so that none looks worse than it is.
		const tuned = next < tuneAllFrom ? [field.standings(next)[0].batchSize] : going.map(({ batchSize }) => batchSize);
		yield* valleys(field, tuned, next, 1);
		if (!Number.isFinite(field.standings(next)[0].score)) break;
		share = next;
	}
	return found(field, share, sizes);
}

/** The best arm of each of the leading sizes, and of the next larger size than those: larger batches gain with the length. */
function leading(field: Field, share: number, sizes: readonly number[], most: number): readonly Arm[] {
	const best = bestOfSizes(field, share);
	const going = best.slice(0, Math.max(1, most - 1));
	const largest = Math.max(...going.map(({ batchSize }) => batchSize));
	const next = sizes.find((size) => size > largest);
	return [...going, ...best.filter(({ batchSize }) => batchSize === next)];
}

/** Each size's best arm that ended well at this share, the best size first. */
const bestOfSizes = (field: Field, share: number): readonly Standing[] =>
	field
		.standings(share)
		.filter(({ score }) => Number.isFinite(score))
		.filter((arm, i, all) => all.findIndex(({ batchSize }) => batchSize === arm.batchSize) === i);

/**
 * How many half octaves to go below a rate to be clear of the rates at which runs break down: one, if its upper neighbour breaks down,
 * since a run with another seed may break down at the rate itself. "Breaks down": it loses many times as much as the lower neighbour, and
 * more than may be lost. Judged at the longest length at which both neighbours ran.
 */
function clearOfTheCliff(field: Field<BestGoal>, share: number, { batchSize, rate }: Arm): number {
	for (const one of field.shares.filter((other) => other <= share).reverse()) {
		const [above, own, below] = [rate + stride, rate, rate - stride].map(
			(wanted) => field.standings(one, batchSize).find((arm) => arm.rate === wanted)?.score,
		);
		if (above === undefined || own === undefined || below === undefined) continue;
		const breaks = above - own > Math.max(field.goal.give, manyTimes * (below - own));
		return breaks ? 1 : 0;
	}
	return 0;
}

/** The rate for the whole length: lower than the best of shorter trainings, and clear of the cliff. */
function forTheWhole(field: Field<BestGoal>, share: number, { batchSize, rate }: Arm): Arm {
	const { lowest } = searchSpace(field.study, batchSize);
	const down = Math.max(clearOfTheCliff(field, share, { batchSize, rate }), Math.round(-driftTo(field, batchSize, share)));
	return { batchSize, rate: Math.max(lowest, rate - down) };
}

/** See `clearOfTheCliff`. */
const manyTimes = 4;

/**
 * The leader at the last length, and the larger sizes with what is known of them: at that length, or else the longest at which they ran.
 */
function found(field: Field<BestGoal>, share: number, sizes: readonly number[]): Found {
	const [best, ...others] = bestOfSizes(field, share);
	const larger = sizes.flatMap((batchSize): readonly Larger[] => {
		if (batchSize <= best.batchSize) return [];
		const here = others.find((other) => other.batchSize === batchSize);
		if (here) return [{ ...forTheWhole(field, share, here), loss: here.score - best.score }];
		const earlier = field.shares.filter((one) => one < share).reverse();
		const arm = earlier
			.map((one) => bestOfSizes(field, one).find((other) => other.batchSize === batchSize))
			.find((one) => one !== undefined);
		return arm ? [{ ...forTheWhole(field, share, arm), loss: null }] : [];
	});
	return { best: forTheWhole(field, share, best), larger };
}
