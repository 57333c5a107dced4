import { sha256Hex } from "../../core/canonical.js";
import { sha256OfNumbers } from "../../core/little-endian.js";
import type { DataFacts, OracleSource } from "../source.js";
import { leastSquares } from "./least-squares.js";
import { logistic } from "./logistic.js";
import { quadratic } from "./quadratic.js";

/** What a study must know of an oracle. None has a test set. */
export function oracleFacts(source: OracleSource): DataFacts {
	if (source.name === "quadratic") {
		const { curvatures, variances } = quadratic(source);
		return {
			train: source.examples,
			validation: 0,
			test: 0,
			features: source.dimensions,
			classes: 0,
			sha256: sha256Hex(sha256OfNumbers(curvatures) + sha256OfNumbers(variances)),
		};
	}
	const { train, validation } = (source.name === "logistic" ? logistic : leastSquares)(source);
	const sets = [train, validation].map(({ features, targets }) => sha256OfNumbers(features) + sha256OfNumbers(targets));
	return {
		train: train.count,
		validation: validation.count,
		test: 0,
		features: source.dimensions,
		classes: source.name === "logistic" ? 2 : 0,
		sha256: sha256Hex(sets.join()),
	};
}
