import { SweetspotError } from "../core/errors.js";
import type { Numbers } from "./numbers.js";

export const normalizations = ["none", "standardize", "range"] as const;
export type Normalization = (typeof normalizations)[number];

/** How the numbers to predict are normalized; absent where there are classes. */
export interface TargetNormalization {
	readonly normalizeTarget?: Normalization;
}

/**
 * How the numbers of a column are normalized: (x − shift)/scale, fitted on the training set alone, so that nothing of validation and test
 * leaks in. "standardize": their mean and standard deviation (divisor: their number). "range": their least value and the distance to their
 * greatest. A column that never varies in training is only shifted. The numbers of any set come out row-major. Throws `data/unusable` where
 * one is too large for single precision; `key` is the one that would fix it.
 */
export function normalizer(
	kind: Normalization,
	train: Numbers,
	key: "normalize" | "normalizeTarget",
): (numbers: Numbers) => Float32Array<ArrayBuffer> {
	const columns = kind === "none" ? null : fittedColumns(kind === "standardize" ? meanAndSd : leastAndSpan, train);
	return (numbers) => {
		const { count, width } = numbers;
		const normalized = new Float32Array(count * width);
		for (let i = 0; i < count; i++) {
			for (let j = 0; j < width; j++) {
				const value = numbers.at(i, j);
				normalized[i * width + j] = columns ? (value - columns[j].shift) / columns[j].scale : value;
				if (!Number.isFinite(normalized[i * width + j])) throw tooLarge(`${numbers.place(i, j)}: ${value}`, kind, key);
			}
		}
		return normalized;
	};
}

interface Fitted {
	readonly shift: number;
	readonly scale: number;
}

const fittedColumns = (fitTo: (sample: readonly number[]) => Fitted, { count, width, at }: Numbers): readonly Fitted[] =>
	Array.from({ length: width }, (_, j) => {
		const sample = Array.from({ length: count }, (_, i) => at(i, j));
		return sample.every((value) => value === sample[0]) ? { shift: sample[0], scale: 1 } : fitTo(sample); // a mean rounds: its sd would be 1e-17
	});

function meanAndSd(sample: readonly number[]): Fitted {
	const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
	return { shift: mean, scale: Math.sqrt(sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sample.length) };
}

function leastAndSpan(sample: readonly number[]): Fitted {
	const least = sample.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
	return { shift: least, scale: sample.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - least };
}

const tooLarge = (found: string, kind: Normalization, key: string): SweetspotError =>
	new SweetspotError(
		"data/unusable",
		`${found} is too large to train on`,
		kind === "none" ? `bring the numbers to a common scale: \`${key}: standardize\`` : "fix the value, or leave the example out",
	);
