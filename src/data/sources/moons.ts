import { z } from "zod";
import { onCircle } from "../../core/circle.js";
import type { Dataset } from "../dataset.js";
import { type PointsSource, pointSettings, pointsInThePlane } from "../points.js";
import type { NetworkSourceKind } from "../source-kind.js";
import { bySettings } from "../written.js";

/** Two moons in the plane. */
export interface MoonsSource extends PointsSource {
	readonly name: "moons";
}

const schema = z.strictObject({ moons: z.strictObject(pointSettings(0.2)) });

export const moons = {
	name: "moons",
	listed: [{ data: "moons", kind: "made", what: "half circles that reach into each other" }],
	schema,
	...bySettings("moons", schema),
	/**
	 * Two half circles of radius 1 that reach into each other: the upper one around the origin, the lower one around (1, ½). As
	 * scikit-learn's `make_moons`, but for the angles, which are drawn.
	 */
	bytes: ({ examples }) => 12 * examples,
	load: (source: MoonsSource): Dataset =>
		pointsInThePlane(source, 2, (label, along) => {
			const { x, y } = onCircle(along / 2);
			return label === 0 ? { x, y } : { x: 1 - x, y: 0.5 - y };
		}),
} satisfies NetworkSourceKind<MoonsSource>;
