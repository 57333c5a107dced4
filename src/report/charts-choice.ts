import { type AxisPart, isWhole, wholeAxis } from "../charts/axis-part.js";
import type { CurveRuns, CurveUnit } from "../charts/learning-curves.js";

/** What a reader can choose of a study's charts; a report has the usual choice. */
export interface ChartsChoice {
	/** Whether a part of an axis can be chosen by a drag. */
	readonly isZoomable: boolean;
	/** Of the batch sizes in the tradeoff chart. */
	readonly batch: AxisPart;
	readonly runs: CurveRuns;
	/** The unit that the learning curves are shown in first, and its part. */
	readonly unit: CurveUnit;
	readonly curves: AxisPart;
}

export const usualCharts: ChartsChoice = { isZoomable: false, batch: wholeAxis, runs: "folded", unit: "steps", curves: wholeAxis };

/** The sections that differ from those of the usual choice. The unit alone changes none: all units are drawn. */
export const changedSections = ({ batch, runs, curves }: ChartsChoice): readonly ("tradeoff" | "curves")[] => [
	...(isWhole(batch) ? [] : (["tradeoff"] as const)),
	...(isWhole(curves) && runs === usualCharts.runs ? [] : (["curves"] as const)),
];
