import type { Normalization } from "./source.js";

/**
 * How a feature's values are normalized: (x − shift)/scale, fitted on the training rows alone, so that nothing of validation and test leaks in. "standardize": their
 * mean and standard deviation (divisor: their number). "range": their least value and the distance to their greatest. A feature that never
 * varies in training is only shifted. `at` tells the values as they are.
 */
export function normalizer(
	kind: Normalization,
	at: (row: number, feature: number) => number,
	width: number,
	rows: readonly number[],
): (value: number, feature: number) => number {
	if (kind === "none") return (value) => value;
	const fitTo = kind === "standardize" ? meanAndSd : leastAndSpan;
	const fitted = Array.from({ length: width }, (_, j) => {
		const sample = rows.map((row) => at(row, j));
		return sample.every((value) => value === sample[0]) ? { shift: sample[0], scale: 1 } : fitTo(sample); // a mean rounds: its sd would be 1e-17
	});
	return (value, feature) => (value - fitted[feature].shift) / fitted[feature].scale;
}

interface Fitted {
	readonly shift: number;
	readonly scale: number;
}

function meanAndSd(sample: readonly number[]): Fitted {
	const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
	return { shift: mean, scale: Math.sqrt(sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sample.length) };
}

function leastAndSpan(sample: readonly number[]): Fitted {
	const least = sample.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
	return { shift: least, scale: sample.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - least };
}
