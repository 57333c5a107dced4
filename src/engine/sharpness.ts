import type { Rng } from "../core/rng.js";

/** A loss and its gradient at a displacement from some weights. */
export type LossBeside = (displacement: Float64Array) => { readonly loss: number; readonly gradient: ArrayLike<number> };

export interface Sharpness {
	/** 100·(max − L)/(1 + L), L the loss at the weights themselves. */
	readonly sharpness: number;
	/** The largest loss that was found in the box. */
	readonly highest: number;
	/** Gradients it took. */
	readonly gradients: number;
}

interface Climb {
	readonly loss: number;
	readonly gradients: number;
}

/**
 * How far the loss L rises within a small box around the weights w,
 *
 *     100·(max L(w + z) − L(w)) / (1 + L(w))      over |z_i| ≤ r_i = ε(|w_i| + 1)
 *
 * The maximum is climbed to by conditional gradients: each step heads for the corner v = r·sign(∇L) that is highest to first order, and is
 * halved until the loss rises. Where the loss is convex in the box it rises at once, L(v) ≥ L(z) + ∇L·(v − z), and the climb goes from
 * corner to corner. Climbs begin at the weights and at `starts` random corners, and the highest end counts. Ends may still be local: what
 * is reported is a lower bound, exact where the loss is linear or a sum over the coordinates.
 *
 * Source: Keskar et al. 2017, metric 2.1, with A the identity (the full space). They climb with ten steps of L-BFGS-B from the weights
 * alone.
 */
export function boxSharpness(
	lossBeside: LossBeside,
	weights: ArrayLike<number>,
	rng: Rng,
	{ epsilon = 1e-3, starts = 3, steps = 20 }: { readonly epsilon?: number; readonly starts?: number; readonly steps?: number } = {},
): Sharpness {
	const radius = Float64Array.from(weights, (weight) => epsilon * (Math.abs(weight) + 1));
	const corner = () => radius.map((r) => (rng.uniform() < 0.5 ? -r : r));
	const here = lossBeside(new Float64Array(radius.length)).loss;
	const climbs = Array.from({ length: starts + 1 }, (_, i) => climb(lossBeside, radius, i === 0 ? radius.map(() => 0) : corner(), steps));
	const highest = Math.max(here, ...climbs.map(({ loss }) => loss));
	return {
		sharpness: (100 * (highest - here)) / (1 + here),
		highest,
		gradients: 1 + climbs.reduce((sum, { gradients }) => sum + gradients, 0),
	};
}

/** A step is halved this often before the climb ends. */
const halvings = 4;

function climb(lossBeside: LossBeside, radius: Float64Array, start: Float64Array, steps: number): Climb {
	let at = start;
	let { loss, gradient } = lossBeside(at);
	let gradients = 1;
	for (let step = 0; step < steps; step++) {
		const slope = gradient;
		const towards = radius.map((r, i) => (slope[i] === 0 ? 0 : Math.sign(slope[i]) * r - at[i]));
		let risen = false;
		for (let share = 1; !risen && share >= 2 ** -halvings; share /= 2) {
			const next = at.map((z, i) => z + share * towards[i]);
			const there = lossBeside(next);
			gradients++;
			if (!(there.loss > loss)) continue;
			({ loss, gradient } = there);
			at = next;
			risen = true;
		}
		if (!risen) break;
	}
	return { loss, gradients };
}
