import { median } from "../../analysis/bootstrap.js";
import type { Estimate } from "../../analysis/findings.js";
import { boundedMean, meanInterval, notNegative, paired, shares } from "../../analysis/means.js";
import { shareInterval } from "../../analysis/share.js";
import { reachedAt, stoppedAt, wandering } from "../lab/curve-measures.js";
import type { Curves } from "../lab/curves.js";
import { countFits, type Fit } from "../lab/diagnose.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";

/** Epochs without improvement after which a run could have stopped. */
export const patience = 20;

/** One batch size, from all its seeds. */
export interface Row {
	readonly batchSize: number;
	readonly curves: readonly Curves[];
	readonly final: Estimate;
	readonly wanders: Estimate;
	/** Mean epoch at which patience would have ended the run, and the held-out accuracy kept there less that at the end. */
	readonly stopped: Estimate;
	readonly kept: Estimate;
	readonly fits: Readonly<Record<Fit, number>>;
	/** Accuracy at epoch 50 less that at the end. */
	readonly early: Estimate;
	/** Median epoch from which the goal is kept; null where most runs never keep it. */
	readonly reached: number | null;
}

export interface Figures {
	readonly rows: readonly Row[];
	/** Of the constructed curves, the share that the rule gets right: by kind, and over all. */
	readonly constructed: { readonly right: readonly { readonly fit: Fit; readonly share: Estimate }[]; readonly overall: Estimate };
}

export function figuresOf({ batchSizes, seeds, cases }: Settings, results: readonly Result[]): Figures {
	const curves = results.flatMap((result) => (result.kind === "run" ? [result.curves] : []));
	const kinds = results.flatMap((result) => (result.kind === "cases" ? [result] : []));
	const rightOfAll = kinds.reduce((sum, { right }) => sum + right, 0);
	return {
		rows: batchSizes.map((batchSize, i) => rowOf(batchSize, curves.slice(i * seeds, (i + 1) * seeds), batchSizes.length)),
		constructed: {
			right: kinds.map(({ fit, right }) => ({ fit, share: shareInterval(right, cases) })),
			overall: shareInterval(rightOfAll, kinds.length * cases),
		},
	};
}

/** `family`: intervals that `early` is simultaneous with. */
function rowOf(batchSize: number, curves: readonly Curves[], family: number): Row {
	const ends = curves.map(({ validationAccuracy }) => validationAccuracy.at(-1) ?? Number.NaN);
	const early = curves.map(({ validationAccuracy }) => validationAccuracy[50] ?? Number.NaN);
	const stops = curves.map(({ validationLoss }) => stoppedAt(validationLoss, patience));
	const kept = curves.map(({ validationAccuracy }, i) => validationAccuracy[stops[i].best]);
	const reached = median(curves.map((one) => reachedAt(one) ?? Number.POSITIVE_INFINITY));
	return {
		batchSize,
		curves,
		final: boundedMean(ends, shares),
		wanders: boundedMean(curves.map(wandering), notNegative),
		stopped: boundedMean(
			stops.map(({ at }) => at),
			notNegative,
		),
		kept: meanInterval(paired(kept, ends)),
		fits: countFits(curves),
		early: meanInterval(paired(early, ends), family),
		reached: Number.isFinite(reached) ? reached : null,
	};
}
