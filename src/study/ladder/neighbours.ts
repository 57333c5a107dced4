import { settingKey } from "../../core/setting.js";
import { nearestTo } from "../nearest-size.js";
import { sameStepAt, settingsOf } from "../search/settings.js";
import type { Arm } from "./arm.js";
import { type Place, rateAtSize } from "./drift.js";
import type { Field } from "./field.js";
import { shape } from "./shape.js";
import { expectedBy, type Standing } from "./standing.js";

/**
 * Arms next to the leader that were not tried: the further from the goal, the wider apart. Those alone that the bowl through the arms that
 * run expects to be better than the leader, the best first: each costs as much as the leader has, to catch up with it. And a smaller and a
 * larger batch size in any case, where none was tried.
 */
export function neighboursOf(field: Field, standings: readonly Standing[], left: number): readonly Arm[] {
	const [{ arm: leader }] = standings;
	const { batchSize, rate, setting } = leader;
	const isCoarse = left > shape.refineAt;
	const stride = isCoarse ? 2 : 1;
	const sameSize: readonly Place[] = [
		{ batchSize, rate: rate - stride },
		{ batchSize, rate: rate + stride },
	];
	const join = (places: readonly Place[]): readonly Arm[] => places.flatMap((place) => field.join(place.batchSize, place.rate, setting));
	if (left > shape.openAt) return join(sameSize);
	const places = promising(field, standings, [...sameSize, ...otherSizes(field, leader, isCoarse ? 4 : 2)], isCoarse);
	return [...join(places), ...untriedSettings(field, leader)];
}

/** Arms with the settings beyond size and rate that were not tried, at the leader's size, and with steps as large as its own. */
export function untriedSettings(field: Field, { batchSize, rate, setting }: Arm): readonly Arm[] {
	const { study } = field;
	return settingsOf(study)
		.filter((other) => !field.arms.some((arm) => settingKey(arm.setting) === settingKey(other)))
		.flatMap((other) => field.join(batchSize, sameStepAt(study, { rate, setting, steps: 0 }, other), other));
}

/** Larger and smaller by a factor, at the rate that this suggests. */
function otherSizes({ study, judge }: Field, leader: Arm, factor: number): readonly Place[] {
	const { batchSize } = leader;
	const sizes = [nearestTo(batchSize * factor, study.batchSizes), nearestTo(batchSize / factor, study.batchSizes)];
	return sizes.filter((size) => size !== batchSize).map((size) => ({ batchSize: size, rate: rateAtSize(leader, size, judge) }));
}

function promising(field: Field, standings: readonly Standing[], places: readonly Place[], isCoarse: boolean): readonly Place[] {
	const expected = expectedBy(standings, field.judge);
	if (expected === null) return places;
	const { far, near, within } = shape.join;
	const isNew = ({ batchSize, rate }: Place) => !field.arms.some((arm) => arm.batchSize === batchSize && arm.rate === rate);
	const open = places.filter(isNew);
	const untried = open.filter((place) => isBeyond(field, standings[0].arm, place));
	const best = open
		.filter((place) => !untried.includes(place) && expected(place) <= within)
		.sort((a, b) => expected(a) - expected(b))
		.slice(0, isCoarse ? far : near);
	return [...untried, ...best];
}

/** Of another size, on a side of the leader's where none was tried: what it costs can't be expected from those that were. */
function isBeyond({ arms }: Field, leader: Arm, { batchSize }: Place): boolean {
	const side = Math.sign(batchSize - leader.batchSize);
	return side !== 0 && !arms.some((arm) => Math.sign(arm.batchSize - leader.batchSize) === side);
}
