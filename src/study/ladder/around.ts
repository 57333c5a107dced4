import { log } from "../../core/numerics.js";
import { settingKey } from "../../core/setting.js";
import { searchSpace } from "../search/space.js";
import { type Arm, armKey, type FurtherRun, newArm } from "./arm.js";
import type { Observation } from "./belief.js";
import { apart, type Point, rateAtSize } from "./drift.js";
import type { Field } from "./field.js";

/** A setting around another one, tried or not. */
export interface Around extends Point {
	readonly arm: Arm;
}

/**
 * What runs to the goal cost, and those that were ended on the way there as dear as the setting of reference. `reported`: further runs of
 * that setting, each on a seed of its own.
 */
export function observationsOf(field: Field, from: Arm, reported: readonly FurtherRun[] = []): readonly Observation[] {
	const own = field.spent(from);
	const observed = (arm: Arm, runs: ReturnType<Field["runsOf"]>, firstSeed: number) =>
		runs.flatMap(({ spent, isReached, isBroken }, i) => {
			const cost = isBroken ? Math.max(spent, own) : spent;
			const counts = isReached || cost >= own;
			return counts ? [{ ...apart(from, arm, field.judge), seed: firstSeed + i, cost: log(cost), isLeast: !isReached }] : [];
		});
	const alike = field.arms.filter(({ setting }) => settingKey(setting) === settingKey(from.setting));
	return [
		...alike.flatMap((arm) => observed(arm, field.runsOf(arm), 0)),
		...observed(from, field.pricedRuns(from, reported), reportedFrom),
	];
}

/** Seeds of reporting runs are none of those that chose. */
const reportedFrom = 1_000_000;

/**
 * The settings of the grid around the one of reference, itself among them, but for those beyond a cliff: of every batch size the rates up to
 * so many octaves from what the reference suggests; of sizes more than so many doublings away only those that have reached the goal.
 */
export function settingsAround(
	field: Field,
	from: Arm,
	{ octaves, doublings }: { readonly octaves: number; readonly doublings: number },
): readonly Around[] {
	const { study, arms, judge } = field;
	const known = new Map(arms.map((arm) => [armKey(arm), arm]));
	const cliffs = arms.filter(({ result }) => result?.outcome === "diverged");
	return study.batchSizes.flatMap((batchSize) => {
		const middle = rateAtSize(from, batchSize, judge);
		const { lowest, highest } = searchSpace(study, batchSize);
		const rates = Array.from({ length: 4 * octaves + 1 }, (_, i) => middle - 2 * octaves + i).filter(
			(rate) => rate >= lowest && rate <= highest,
		);
		return rates.flatMap((rate) => {
			const arm = known.get(armKey({ batchSize, rate, setting: from.setting })) ?? newArm(batchSize, rate, from.setting);
			const point = apart(from, arm, judge);
			const isBeyond = cliffs.some((cliff) => cliff.batchSize >= batchSize && cliff.rate <= rate);
			const mayReach = arm.result?.reached || !(isBeyond || arm.ended === "broken" || Math.abs(point.size) > doublings);
			return mayReach ? [{ ...point, arm }] : [];
		});
	});
}
