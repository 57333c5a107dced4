import { foldedRuns } from "../analysis/folded-runs.js";
import type { LearningCurve } from "../analysis/learning-curves.js";
import type { CurveLook, CurveMetric } from "./curve-metric.js";

/** A point of a line, in the panel of its batch size. */
export interface CurvePoint {
	readonly batchSize: number;
	/** Names the line within its panel. */
	readonly run: number;
	readonly x: number;
	readonly y: number;
	/** Of the band around the line; null where it has none. */
	readonly low: number | null;
	readonly high: number | null;
}

type Line = readonly CurvePoint[];

/** What learning curves are drawn of. */
export interface CurveLines {
	/** To be read: what was measured on held-out examples. */
	readonly strong: readonly Line[];
	/** What was measured on those trained on, next to it. */
	readonly training: readonly Line[];
	/** The other runs. */
	readonly faint: readonly Line[];
	/** The last looks of runs that diverged. */
	readonly ends: readonly CurvePoint[];
}

/** `along`: where a look lies; `drawn`: the metric of a look on a set of examples. */
export function curveLines(
	curves: readonly LearningCurve[],
	runs: "folded" | "single",
	along: (look: CurveLook, batchSize: number) => number,
	drawn: CurveMetric["drawn"],
): CurveLines {
	const lineOf = (curve: LearningCurve, set: "train" | "validation"): Line =>
		curve.looks.flatMap((look) => {
			const y = drawn(look, set);
			return y === undefined
				? []
				: [{ batchSize: curve.batchSize, run: curve.seedIndex, x: along(look, curve.batchSize), y, low: null, high: null }];
		});
	const ends = curves.filter(({ outcome }) => outcome === "diverged").flatMap((curve) => lineOf(curve, "validation").slice(-1));
	if (runs === "single") {
		const [medians, others] = [true, false].map((isMedian) => curves.filter((curve) => curve.isMedian === isMedian));
		return {
			strong: medians.map((curve) => lineOf(curve, "validation")),
			training: medians.map((curve) => lineOf(curve, "train")),
			faint: others.map((curve) => lineOf(curve, "validation")),
			ends,
		};
	}
	const sizes = [...new Set(curves.map(({ batchSize }) => batchSize))];
	const folded = (set: "train" | "validation", hasBand: boolean) =>
		sizes.map((batchSize): Line => {
			const own = curves.filter((curve) => curve.batchSize === batchSize).map((curve) => lineOf(curve, set));
			return foldedRuns(own).map(({ x, median, low, high }) => ({
				...{ batchSize, run: 0, x, y: median },
				...(hasBand ? { low, high } : { low: null, high: null }),
			}));
		});
	return { strong: folded("validation", true), training: folded("train", false), faint: [], ends };
}
