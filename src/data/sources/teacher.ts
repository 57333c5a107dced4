import { Rng } from "../../core/rng.js";
import type { Dataset, Examples } from "../dataset.js";
import type { TeacherSource } from "../source.js";

/** The data set is the same for every study: it has a seed of its own. */
const seed = 31;

/**
 * Regression on what a fixed random network says: features x from N(0, 1), targets
 *
 *     y = Vᵀ·relu(Wᵀx + b)/√(units/2) + noise·N(0, 1)
 *
 * with W from N(0, 1/features), b and V from N(0, 1), so that each target has a variance near 1. No network gets below a squared error of
 * noise² but by chance. A fifth of the examples, rounded down, is for validation; there is no test set. Exact operations: the same bits everywhere.
 */
export function teacher({ examples, features: width, units, targets: outputs, noise }: TeacherSource): Dataset {
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
