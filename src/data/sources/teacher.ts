import { z } from "zod";
import { Rng } from "../../core/rng.js";
import type { Dataset, Examples } from "../dataset.js";
import type { NetworkSourceKind } from "../source-kind.js";
import { bySettings } from "../written.js";

/** Regression on the outputs of a fixed random network. */
export interface TeacherSource {
	readonly name: "teacher";
	readonly examples: number;
	readonly features: number;
	/** Of the teacher's hidden layer. */
	readonly units: number;
	/** Numbers to predict. */
	readonly targets: number;
	/** Standard deviation of what is added to each target. */
	readonly noise: number;
}

const schema = z.strictObject({
	teacher: z.strictObject({
		examples: z.int().min(10).default(1000),
		features: z.int().min(1).default(16),
		units: z.int().min(1).default(8),
		targets: z.int().min(1).default(1),
		noise: z.number().min(0).default(0.1),
	}),
});

export const teacher = {
	name: "teacher",
	listed: [{ data: "teacher", kind: "made", what: "outputs of a random network" }],
	schema,
	...bySettings("teacher", schema),
	bytes: ({ examples, features, units, targets }) => 4 * examples * (features + targets + 1) + 8 * units * (features + 1 + targets),
	load: makeExamples,
} satisfies NetworkSourceKind<TeacherSource>;

/** The data set is the same for every study: it has a seed of its own. */
const seed = 31;

/**
 * Features x from N(0, 1), targets
 *
 *     y = Vᵀ·relu(Wᵀx + b)/√(units/2) + noise·N(0, 1)
 *
 * with W from N(0, 1/features), b and V from N(0, 1), so that each target has a variance near 1. No network gets below a squared error of
 * noise² but by chance. A fifth of the examples, rounded down, is for validation; there is no test set. Exact operations: the same bits
 * everywhere.
 */
function makeExamples({ examples, features: width, units, targets: outputs, noise }: TeacherSource): Dataset {
	const rng = Rng.fromSeed(seed);
	const draw = (count: number, deviation: number) => Float64Array.from({ length: count }, () => deviation * rng.normal());
	const [w, b, v] = [draw(width * units, 1 / Math.sqrt(width)), draw(units, 1), draw(units * outputs, 1 / Math.sqrt(units / 2))];
	const make = (count: number): Examples => {
		const features = Float32Array.from({ length: count * width }, () => rng.normal());
		const targets = new Float32Array(count * outputs);
		for (let i = 0; i < count; i++) {
			const y = Float64Array.from({ length: outputs }, () => noise * rng.normal());
			for (let unit = 0; unit < units; unit++) {
				let sum = b[unit];
				for (let j = 0; j < width; j++) sum += features[i * width + j] * w[j * units + unit];
				for (let k = 0; k < outputs; k++) y[k] += Math.max(sum, 0) * v[unit * outputs + k];
			}
			targets.set(y, i * outputs);
		}
		return { count, features, labels: new Int32Array(count), targets };
	};
	const validation = Math.floor(examples / 5);
	return { width, classes: 0, train: make(examples - validation), validation: make(validation), test: null };
}
