import { z } from "zod";
import { onCircle } from "../../core/circle.js";
import type { Dataset } from "../dataset.js";
import { type PointsSource, pointSettings, pointsInThePlane } from "../points.js";
import type { NetworkSourceKind } from "../source-kind.js";
import { bySettings } from "../written.js";

/** Spirals in the plane, one for each class. */
export interface SpiralsSource extends PointsSource {
	readonly name: "spirals";
	readonly arms: number;
	readonly turns: number;
}

const schema = z.strictObject({
	spirals: z.strictObject({
		...pointSettings(0.03),
		arms: z.int().min(2).max(100).default(2),
		turns: z.number().positive().max(100).default(1.5),
	}),
});

export const spirals = {
	name: "spirals",
	listed: [{ data: "spirals", kind: "made", what: "spirals, one for each class" }],
	schema,
	...bySettings("spirals", schema),
	/**
	 * `arms` spirals (Archimedes') that wind `turns` times around the origin, from there to radius 1, each turned by the same angle against
	 * the one before.
	 */
	bytes: ({ examples }) => 12 * examples,
	load: (source: SpiralsSource): Dataset =>
		pointsInThePlane(source, source.arms, (label, along) => {
			const { x, y } = onCircle(source.turns * along + label / source.arms);
			return { x: along * x, y: along * y };
		}),
} satisfies NetworkSourceKind<SpiralsSource>;
