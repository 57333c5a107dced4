import { onCircle } from "../../core/circle.js";
import { Rng } from "../../core/rng.js";
import type { Dataset } from "../dataset.js";
import type { CirclesSource, MoonsSource, SpiralsSource } from "../source.js";
import { splitPool } from "../split.js";

interface Point {
	readonly x: number;
	readonly y: number;
}

/**
 * Two half circles of radius 1 that reach into each other: the upper one around the origin, the lower one around (1, ½). As scikit-learn's
 * `make_moons`, but for the angles, which are drawn.
 */
export const moons = (source: MoonsSource): Dataset =>
	pointsInThePlane(source, 2, (label, along) => {
		const { x, y } = onCircle(along / 2);
		return label === 0 ? { x, y } : { x: 1 - x, y: 0.5 - y };
	});

/** A circle of radius 1, and within it one of radius `ratio`, around the same centre: scikit-learn's `make_circles`, but for the angles, which are drawn. */
export const circles = (source: CirclesSource): Dataset =>
	pointsInThePlane(source, 2, (label, along) => {
		const { x, y } = onCircle(along);
		return label === 0 ? { x, y } : { x: source.ratio * x, y: source.ratio * y };
	});

/** `arms` spirals (Archimedes') that wind `turns` times around the origin, from there to radius 1, each turned by the same angle against the one before. */
export const spirals = (source: SpiralsSource): Dataset =>
	pointsInThePlane(source, source.arms, (label, along) => {
		const { x, y } = onCircle(source.turns * along + label / source.arms);
		return { x: along * x, y: along * y };
	});

/** Points of as many classes in equal parts, each at a place along its curve drawn uniformly, and off it by N(0, `noise`²) in x and in y; split 60/20/20. */
function pointsInThePlane(
	{ examples, noise, seed }: MoonsSource | CirclesSource | SpiralsSource,
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
