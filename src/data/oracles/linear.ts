import { Rng } from "../../core/rng.js";

/** Regularized linear models on examples made by a generator: see `least-squares.ts` and `logistic.ts`. */
export interface LinearSource {
	readonly name: "least-squares" | "logistic";
	/** Four fifths are for training, one fifth for validation. */
	readonly examples: number;
	readonly dimensions: number;
	/** Standard deviation of what is added to each example's true score. */
	readonly noise: number;
	/** λ of the penalty ½λ|w|². */
	readonly penalty: number;
	readonly seed: number;
}

/** Examples of one set, in double precision. */
export interface LinearExamples {
	readonly count: number;
	/** count × dimensions, row-major. */
	readonly features: Float64Array;
	/** What the score of each example should be: a number for least squares, −1 or 1 for logistic regression. */
	readonly targets: Float64Array;
}

/** A regularized linear model and its data: the mean over examples of ℓ(aᵀw, y), plus ½λ|w|². */
export interface LinearProblem {
	readonly dimensions: number;
	/** λ. */
	readonly penalty: number;
	readonly train: LinearExamples;
	readonly validation: LinearExamples;
}

/**
 * Features from N(0, 1), true weights w₀ from N(0, 1), scores aᵀw₀ + noise·N(0, 1), made into targets. A fifth of the examples, rounded
 * down, is for validation. The same source gives the same problem on every machine: the generator's draws and all arithmetic are exact
 * operations.
 */
export function linearProblem(source: LinearSource, targetOf: (score: number) => number): LinearProblem {
	const { dimensions, noise, penalty } = source;
	const rng = Rng.fromSeed(source.seed);
	const truth = Float64Array.from({ length: dimensions }, () => rng.normal());
	const draw = (count: number): LinearExamples => {
		const features = Float64Array.from({ length: count * dimensions }, () => rng.normal());
		const targets = Float64Array.from({ length: count }, (_, i) => {
			let score = 0;
			for (let j = 0; j < dimensions; j++) score += features[i * dimensions + j] * truth[j];
			return targetOf(score + noise * rng.normal());
		});
		return { count, features, targets };
	};
	const validation = Math.floor(source.examples / 5);
	return { dimensions, penalty, train: draw(source.examples - validation), validation: draw(validation) };
}
