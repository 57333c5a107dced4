import type { Examples } from "../../data/dataset.js";
import { loadDataset } from "../../data/load.js";
import type { LinearExamples, LinearProblem } from "../../data/oracles/linear.js";
import type { ReadBytes } from "../../data/source.js";

/** Real data: is a handwritten digit even or odd? */
export interface EvenOrOdd {
	readonly name: "even-or-odd";
	/** λ. */
	readonly penalty: number;
}

/**
 * L2-regularized logistic regression on the pixels and a constant 1, whose weight is the intercept: an even digit's target is 1, an odd
 * one's −1.
 */
export async function evenOrOdd({ penalty }: EvenOrOdd, read: ReadBytes): Promise<LinearProblem> {
	const { width, train, validation } = await loadDataset({ name: "digits" }, read);
	const withConstant = ({ count, features, labels }: Examples): LinearExamples => ({
		count,
		features: Float64Array.from({ length: count * (width + 1) }, (_, place) => {
			const pixel = place % (width + 1);
			return pixel === width ? 1 : features[Math.floor(place / (width + 1)) * width + pixel];
		}),
		targets: Float64Array.from(labels, (digit) => (digit % 2 === 0 ? 1 : -1)),
	});
	return { dimensions: width + 1, penalty, train: withConstant(train), validation: withConstant(validation) };
}
