import { exp } from "../../core/numerics.js";
import type { Rng } from "../../core/rng.js";
import type { Fit } from "../lab/diagnose.js";

/** Learning curves whose fit is known, since they were made to have it. */
export interface Constructed {
	readonly fit: Fit;
	readonly trainLoss: readonly number[];
	readonly heldOutLoss: readonly number[];
}

const looks = 100;

/**
 * A training loss that falls from 1 to a floor, floor + (1 − floor)·e^(−t/τ) with t from 0 to 1, and a held-out loss a gap above it that
 * grows along with the progress made, both with noise of their own at every look:
 *
 * - well-fitted: τ below 0.12, so that at the end all is learned; nothing rises;
 * - under-fitted: τ above 0.35, so that much is left to learn; or a floor above 0.85, as of a network too small or a rate too low;
 * - over-fitted: as well-fitted, but from a turn between 0.1 and 0.6 on the held-out loss rises by 0.1 to 0.5 to the end.
 */
export function construct(fit: Fit, rng: Rng): Constructed {
	const between = (low: number, high: number) => low + (high - low) * rng.uniform();
	const hardly = fit === "under-fitted" && rng.below(2) === 0;
	const floor = hardly ? between(0.85, 0.95) : between(0, 0.4);
	const tau = fit === "under-fitted" && !hardly ? between(0.35, 1) : between(0.02, 0.12);
	const gap = between(0, 0.1);
	const turn = between(0.1, 0.6);
	const rise = fit === "over-fitted" ? between(0.1, 0.5) : 0;
	const noise = between(0, 0.02);
	const trainLoss: number[] = [];
	const heldOutLoss: number[] = [];
	for (let i = 0; i < looks; i++) {
		const t = i / (looks - 1);
		const learned = 1 - exp(-t / tau);
		const train = 1 - (1 - floor) * learned;
		const risen = t > turn ? (rise * (t - turn)) / (1 - turn) : 0;
		trainLoss.push(train + noise * rng.normal());
		heldOutLoss.push(train + gap * learned + risen + noise * rng.normal());
	}
	return { fit, trainLoss, heldOutLoss };
}
