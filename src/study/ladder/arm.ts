import type { HalfOctave } from "../../core/rates.js";
import { type Setting, settingKey } from "../../core/setting.js";
import type { TrialResult } from "../../core/trial.js";
import { type Curve, noCurve } from "./curve.js";

/** A batch size, a rate and a setting that may be the best: one run, continued from rung to rung for as long as it may. */
export interface Arm {
	readonly batchSize: number;
	readonly rate: HalfOctave;
	readonly setting: Setting;
	/** What its run has shown so far: null before its first rung. */
	result: TrialResult | null;
	/** The steps that it was given: as many as it took, or to the look that reached the goal. */
	steps: number;
	curve: Curve;
	/** Why it goes no further; null while it may. */
	ended: Ended | null;
}

/**
 * Why an arm goes no further. "behind": it costs too many times what the leader does. "crowded out": others cost less, and no more were to go on.
 * "broken": its run diverged, failed or reached its limit. "lucky": it reached the goal, but a run on a fresh seed didn't, or took much longer.
 */
export type Ended = "behind" | "crowded out" | "broken" | "lucky";

export const newArm = (batchSize: number, rate: HalfOctave, setting: Setting): Arm => ({
	batchSize,
	rate,
	setting,
	result: null,
	steps: 0,
	curve: noCurve,
	ended: null,
});

/** The steps after which it was last looked at: a script that reports seldom has gone on beyond. */
export const shownAt = ({ result, steps }: Pick<Arm, "result" | "steps">): number => result?.evaluations.at(-1)?.step ?? steps;

/** Names an arm within its study. */
export const armKey = ({ batchSize, rate, setting }: Pick<Arm, "batchSize" | "rate" | "setting">): string =>
	`${batchSize}/${rate}${settingKey(setting)}`;
