import { looksBy } from "../core/looks.js";
import type { Study } from "./study.js";

/** Seconds that a run takes between its steps. */
export interface LookTimes {
	/** A look of a run that searches: the goal's set. */
	readonly look: number;
	/** A look of a reported run: both sets, and what the study records. */
	readonly reportedLook: number;
	/** A probe of the gradient's noise; 0 where there is none. */
	readonly probe: number;
}

/** Seconds of a run of so many steps, with its looks; `isReported`: one that shows the curves of both sets and the gradient's noise. */
export type RunSeconds = (batchSize: number, steps: number, isReported?: boolean) => number;

/** From seconds per step by batch size, and from those of looks. A reported run is probed at 0, at the powers of two and at its end. */
export const runSecondsOf =
	(
		{ looks: { ratio } }: Pick<Study, "looks">,
		secondsPerStep: ReadonlyMap<number, number>,
		{ look, reportedLook, probe }: LookTimes,
	): RunSeconds =>
	(batchSize, steps, isReported = false) => {
		const between = isReported ? reportedLook : look;
		const probes = isReported ? 2 + Math.floor(Math.log2(Math.max(1, steps))) : 0;
		return steps * (secondsPerStep.get(batchSize) ?? 0) + looksBy(steps, ratio) * between + probes * probe;
	};
