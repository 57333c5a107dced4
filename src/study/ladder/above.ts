import { nearestTo } from "../nearest-size.js";
import type { Rounds } from "../search/rounds.js";
import { type Arm, isSound } from "./arm.js";
import { rateAtSize } from "./drift.js";
import type { Field } from "./field.js";
import { follow } from "./follow.js";
import { untriedSettings } from "./neighbours.js";
import { shape } from "./shape.js";

/**
 * The arm so many half octaves higher in rate, and the one at twice the batch size, or the next larger, with the rate that this suggests;
 * fewer where the ranges end, or no run may begin any more.
 */
export function aboveOf(field: Field, arm: Arm, halfOctaves: number): readonly Arm[] {
	const { batchSize, rate, setting } = arm;
	const { study, judge } = field;
	const next = study.batchSizes.find((size) => size > batchSize) ?? batchSize;
	const larger = Math.max(next, nearestTo(2 * batchSize, study.batchSizes));
	const above = [field.at(batchSize, rate + halfOctaves, setting)];
	if (larger > batchSize) above.push(field.at(larger, rateAtSize(arm, larger, judge), setting));
	return above.filter((other) => other !== undefined);
}

/** The arm at half the batch size, at the rate that this suggests, where no smaller size was tried. */
function smallerOf(field: Field, arm: Arm): readonly Arm[] {
	const { batchSize, setting } = arm;
	if (field.arms.some((other) => other.batchSize < batchSize)) return [];
	const { study, judge } = field;
	const smaller = nearestTo(batchSize / 2, study.batchSizes);
	const below = smaller < batchSize ? field.at(smaller, rateAtSize(arm, smaller, judge), setting) : undefined;
	return below ? [below] : [];
}

/**
 * What lies above the leader follows it before it goes on alone: early rungs see too little of a high rate and of a large batch, which get
 * better on the way to the goal. So do a smaller size and other settings, where the goal came so close that none has joined. Gives the arm
 * that takes the lead; null if none does. `rung`: see `Field.narrow`.
 */
export function* overtaking(field: Field, leader: Arm, rung: number): Rounds<Arm | null> {
	const { before } = shape;
	const untried = [...smallerOf(field, leader), ...untriedSettings(field, leader)];
	const above = [...aboveOf(field, leader, before.halfOctaves), ...untried].filter(isSound);
	yield* follow(field, above, leader, before, "next to leader");
	for (const arm of above.filter(isSound)) arm.ended = field.timesOf(arm, leader) > before.within ? "behind" : null;
	const [first] = field.narrow(rung);
	return first && first.arm !== leader ? first.arm : null;
}
