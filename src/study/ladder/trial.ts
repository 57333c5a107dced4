import { rateAt } from "../../core/rates.js";
import type { TrialSpec } from "../../core/trial.js";
import { seedOf } from "../search/seeds.js";
import type { Study } from "../study.js";
import type { Arm } from "./arm.js";

/** A run of an arm up to so many steps, or to the goal. `seedIndex`: 0 is the seed that all arms share. */
export const ladderTrial = ({ seed }: Study, { batchSize, rate, setting }: Arm, cap: number, seedIndex: number): TrialSpec => ({
	phase: "ladder",
	batchSize,
	learningRate: rateAt(rate),
	...setting,
	seedIndex,
	seed: seedOf(seed, "ladder", seedIndex),
	cap,
	until: "goal",
	curves: false,
	probe: false,
});
