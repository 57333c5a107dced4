import { z } from "zod";
import { sha256Hex } from "../../core/canonical.js";
import { sha256OfNumbers } from "../../core/little-endian.js";
import type { LinearProblem } from "../oracles/linear.js";
import type { DataFacts } from "../source.js";

/** The keys of a linear model's data, with a usual penalty. */
export const linearSettings = (penalty: number) =>
	z.strictObject({
		examples: z.int().min(10).max(65536).default(640),
		dimensions: z.int().min(1).max(256).default(16),
		noise: z.number().min(0).default(1),
		penalty: z.number().min(0).default(penalty),
		seed: z.int().min(0).default(0),
	});

/** What a study must know of such data: there is no test set. */
export function linearFacts({ dimensions, train, validation }: LinearProblem, classes: 0 | 2): DataFacts {
	const sets = [train, validation].map(({ features, targets }) => sha256OfNumbers(features) + sha256OfNumbers(targets));
	return {
		train: train.count,
		validation: validation.count,
		test: 0,
		features: dimensions,
		classes,
		sha256: sha256Hex(sets.join()),
	};
}
