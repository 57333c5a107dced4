import { z } from "zod";
import { onCircle } from "../../core/circle.js";
import type { Dataset } from "../dataset.js";
import { type PointsSource, pointSettings, pointsInThePlane } from "../points.js";
import type { NetworkSourceKind } from "../source-kind.js";
import { bySettings } from "../written.js";

/** Two circles in the plane. */
export interface CirclesSource extends PointsSource {
	readonly name: "circles";
	/** Radius of the inner one; the outer one's is 1. */
	readonly ratio: number;
}

const schema = z.strictObject({ circles: z.strictObject({ ...pointSettings(0.1), ratio: z.number().min(0).lt(1).default(0.5) }) });

export const circles = {
	name: "circles",
	listed: [{ data: "circles", kind: "made", what: "a circle within a circle" }],
	schema,
	...bySettings("circles", schema),
	/**
	 * A circle of radius 1, and within it one of radius `ratio`, around the same centre: scikit-learn's `make_circles`, but for the angles,
	 * which are drawn.
	 */
	bytes: ({ examples }) => 12 * examples,
	load: (source: CirclesSource): Dataset =>
		pointsInThePlane(source, 2, (label, along) => {
			const { x, y } = onCircle(along);
			return label === 0 ? { x, y } : { x: source.ratio * x, y: source.ratio * y };
		}),
} satisfies NetworkSourceKind<CirclesSource>;
