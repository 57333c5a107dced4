import { type Checkpoint, type Numbers, restoreNumbers } from "../../core/checkpoint.js";
import type { Rng } from "../../core/rng.js";
import { restoredRng } from "../../data/sampler.js";
import { type GradientNoiseSpec, noiseDeviation } from "../../engine/gradient-noise.js";

/** Shortens the gradient in place to `limit` if it is longer, as src/engine/training-step.ts does. */
export function clip(gradient: Float64Array, limit: number): void {
	let squares = 0;
	for (const g of gradient) squares += g * g;
	const scale = limit / (Math.sqrt(squares) + 1e-6);
	if (scale < 1) for (let i = 0; i < gradient.length; i++) gradient[i] *= scale;
}

/** Noise for one gradient after the other. */
export interface GradientNoise {
	/** Adds the next step's, in place. */
	add(gradient: Float64Array): void;
	/** Its state, by name; noise of the same kind that restores it continues identically. */
	save(): Readonly<Record<string, Numbers>>;
	restore(saved: Checkpoint): void;
}

/** The noise of one trial's steps, as in src/engine/gradient-noise.ts. */
export function noiseOf(spec: GradientNoiseSpec, rng: Rng): GradientNoise {
	let steps = 0;
	let generator = rng;
	return {
		add(gradient) {
			const deviation = noiseDeviation(spec, steps++);
			for (let i = 0; i < gradient.length; i++) gradient[i] += deviation * generator.normal();
		},
		save: () => ({ "noise steps": Float64Array.of(steps), noise: generator.save() }),
		restore(saved) {
			const count = new Float64Array(1);
			restoreNumbers(saved, "noise steps", count);
			steps = count[0];
			generator = restoredRng(saved, "noise");
		},
	};
}
