import { z } from "zod";
import { Rng } from "../core/rng.js";
import type { Dataset } from "./dataset.js";
import { splitPool } from "./split.js";

/** What all points in the plane have. */
export interface PointsSource {
	readonly examples: number;
	/** Standard deviation of a point around its curve. */
	readonly noise: number;
	readonly seed: number;
}

/** The keys of these, with a usual noise. */
export const pointSettings = (noise: number) => ({
	examples: z.int().min(10).default(1000),
	noise: z.number().min(0).max(100).default(noise),
	seed: z.int().min(0).default(0),
});

interface Point {
	readonly x: number;
	readonly y: number;
}

/**
 * Points of as many classes in equal parts, each at a place along its curve drawn uniformly, and off it by N(0, `noise`²) in x and in y;
 * split 60/20/20.
 */
export function pointsInThePlane(
	{ examples, noise, seed }: PointsSource,
	classes: number,
	curve: (label: number, along: number) => Point,
): Dataset {
	const rng = Rng.fromSeed(seed);
	const features = new Float32Array(2 * examples);
	const labels = Int32Array.from({ length: examples }, (_, i) => i % classes);
	for (const [i, label] of labels.entries()) {
		const { x, y } = curve(label, rng.uniform());
		features[2 * i] = x + noise * rng.normal();
		features[2 * i + 1] = y + noise * rng.normal();
	}
	return splitPool({ count: examples, features, labels }, 2, classes);
}
