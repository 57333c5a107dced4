import type { Rng } from "../core/rng.js";
import type { Init } from "./network-spec.js";

/**
 * Draws the weights of a dense layer so that the variance of its sums neither grows nor fades from layer to layer:
 *
 *     He       Var(w) = 2 / inputs                 keeps the forward pass level behind a ReLU, which halves the second moment
 *     Glorot   Var(w) = 2 / (inputs + units)       the compromise between the forward and the backward pass without one
 *
 * normal with that variance, or uniform on ±√(3·Var(w)). Computed in double precision from exact operations, then rounded: the same bits
 * on every machine.
 *
 * Source: He et al. 2015, equation 10; Glorot & Bengio 2010, equations 12 and 16.
 */
export function drawWeights(into: Float32Array, inputs: number, units: number, init: Init, rng: Rng): void {
	const variance = 2 / (init === "he-normal" || init === "he-uniform" ? inputs : inputs + units);
	if (init === "he-normal" || init === "glorot-normal") {
		const deviation = Math.sqrt(variance);
		for (let i = 0; i < into.length; i++) into[i] = deviation * rng.normal();
	} else {
		const limit = Math.sqrt(3 * variance);
		for (let i = 0; i < into.length; i++) into[i] = limit * (2 * rng.uniform() - 1);
	}
}
