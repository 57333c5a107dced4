import { incompleteBeta } from "../../analysis/incomplete-beta.js";
import { Rng } from "../../core/rng.js";
import { settingKey } from "../../core/setting.js";
import { type Arm, armKey, type FurtherRun } from "./arm.js";
import { observationsOf, settingsAround } from "./around.js";
import { Belief } from "./belief.js";
import type { Field } from "./field.js";

/** Where a setting may be better than the winner: further away the bowl rules it out. */
const away = { octaves: 1, doublings: 3 };

/**
 * How likely it is, from 0 to 1, that the winner costs at most 1 + `tolerance` times what the best setting of the study does: the chance by
 * all runs to the goal (`Belief.chanceWithin`), times that of a winner that reaches the goal in most of its runs. `reported`: its runs on
 * fresh seeds. Null where momentum or weight decay were searched too, since their surface is not modelled; and where all seeds give equal
 * results, which show no spread.
 */
export function certaintyOf(field: Field, winner: Arm, reported: readonly FurtherRun[], tolerance: number): number | null {
	if (field.seedWatch.areAlike || field.arms.some(({ setting }) => settingKey(setting) !== settingKey(winner.setting))) return null;
	const belief = new Belief(observationsOf(field, winner, reported));
	const others = settingsAround(field, winner, away).filter(({ arm }) => armKey(arm) !== armKey(winner));
	const chance = belief.chanceWithin([{ size: 0, rate: 0 }, ...others], 1 + tolerance, Rng.fromSeed(field.study.seed).split("certainty"));
	return chance * chanceOfMost([...winner.further, ...reported]);
}

/**
 * That more than half of all runs get there, after the first, which did, and these: with all shares equally likely beforehand the share has
 * a beta distribution. A run that was ended as too dear might have got there.
 */
function chanceOfMost(runs: readonly FurtherRun[]): number {
	const lost = runs.filter(({ isBroken }) => isBroken).length;
	return 1 - incompleteBeta(0.5, runs.length - lost + 2, lost + 1);
}
