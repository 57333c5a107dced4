import type { HalfOctave } from "../../core/rates.js";
import { type Setting, settingKey } from "../../core/setting.js";
import type { TrialResult } from "../../core/trial.js";
import { upperMiddle } from "../../core/upper-middle.js";
import { type Curve, noCurve } from "./curve.js";

/** A batch size, a rate and a setting that may be the best: one run, continued from rung to rung while it may win. */
export interface Arm {
	readonly batchSize: number;
	readonly rate: HalfOctave;
	readonly setting: Setting;
	/** What its run has shown so far: null before its first rung. */
	result: TrialResult | null;
	/** The steps that it took, or the look that reached the goal. */
	steps: number;
	curve: Curve;
	/** Runs to the goal on further seeds: see `refine.ts`. */
	readonly further: FurtherRun[];
	/** The steps after which its runs on fresh seeds are ended; null until one of them has reached the goal. */
	freshCap: number | null;
	/** Why it goes no further; null while it may. */
	ended: Ended | null;
}

/** A run on a further seed. */
export interface FurtherRun {
	readonly steps: number;
	/** The step at which it crossed the goal, which may lie between two looks; the same as `steps` where it didn't. */
	readonly crossed: number;
	readonly isReached: boolean;
	/** It diverged or failed: however long it ran, it would not have got there. */
	readonly isBroken: boolean;
}

/**
 * Why an arm goes no further. "behind": it costs too many times as much as the leader. "crowded out": enough others cost less. "broken":
 * its run diverged, failed or reached its limit. "lucky": it reached the goal, but a run on a fresh seed didn't, or took much longer.
 */
export type Ended = "behind" | "crowded out" | "broken" | "lucky";

/** Whether what its run has shown counts. */
export const isSound = ({ ended }: Pick<Arm, "ended">): boolean => ended !== "broken" && ended !== "lucky";

export const newArm = (batchSize: number, rate: HalfOctave, setting: Setting): Arm => ({
	batchSize,
	rate,
	setting,
	result: null,
	steps: 0,
	curve: noCurve,
	further: [],
	freshCap: null,
	ended: null,
});

/** `mark`: see `crossingMark`. */
export const furtherRun = ({ outcome, steps, reached }: TrialResult, mark: number | null): FurtherRun => ({
	steps: reached?.step ?? steps,
	crossed: mark ?? reached?.step ?? steps,
	isReached: reached !== null,
	isBroken: outcome !== "reached" && outcome !== "missed",
});

/** All runs of an arm, for what they took. */
export const allRuns = ({ batchSize, steps, further }: Arm): readonly { readonly batchSize: number; readonly steps: number }[] => [
	{ batchSize, steps },
	...further.map((run) => ({ batchSize, steps: run.steps })),
];

/** Steps to the goal, the middle of its runs that got there: one alone may have been lucky. */
export const typicalSteps = ({ steps, further }: Arm): number =>
	upperMiddle([steps, ...further.filter(({ isReached }) => isReached).map((run) => run.steps)]) ?? steps;

/** The steps after which it was last looked at: a script that reports seldom has gone on beyond. */
export const shownAt = ({ result, steps }: Pick<Arm, "result" | "steps">): number => result?.evaluations.at(-1)?.step ?? steps;

/** Names an arm within its study. */
export const armKey = ({ batchSize, rate, setting }: Pick<Arm, "batchSize" | "rate" | "setting">): string =>
	`${batchSize}/${rate}${settingKey(setting)}`;
