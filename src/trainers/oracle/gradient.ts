import type { Rng } from "../../core/rng.js";
import { type GradientNoiseSpec, noiseDeviation } from "../../engine/gradient-noise.js";

/** Shortens the gradient, in place, to `limit` where it is longer, as src/engine/training-step.ts has it. */
export function clip(gradient: Float64Array, limit: number): void {
	let squares = 0;
	for (const g of gradient) squares += g * g;
	const scale = limit / (Math.sqrt(squares) + 1e-6);
	if (scale < 1) for (let i = 0; i < gradient.length; i++) gradient[i] *= scale;
}

/** Adds one step's noise after the other to a gradient, in place, as src/engine/gradient-noise.ts has it. */
export function noiseOf(spec: GradientNoiseSpec, rng: Rng): (gradient: Float64Array) => void {
	let steps = 0;
	return (gradient) => {
		const deviation = noiseDeviation(spec, steps++);
		for (let i = 0; i < gradient.length; i++) gradient[i] += deviation * rng.normal();
	};
}
