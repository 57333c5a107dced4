import { exp, log } from "../../core/numerics.js";

/** How a score z = aᵀw is compared with its target y: the loss ℓ(z, y) and its first two derivatives in z. */
export interface Link {
	/** Whether the score's sign is a prediction. */
	readonly classifies: boolean;
	loss(score: number, target: number): number;
	slope(score: number, target: number): number;
	bend(score: number, target: number): number;
}

/** ℓ = ½(z − y)². */
export const squared: Link = {
	classifies: false,
	loss: (score, target) => 0.5 * (score - target) * (score - target),
	slope: (score, target) => score - target,
	bend: () => 1,
};

/** ℓ = log(1 + e^(−m)), m = yz, y = ±1. Written with e^(−|m|), which cannot overflow; ℓ = log(1 + e^m) − m is the same. */
export const logistic: Link = {
	classifies: true,
	loss(score, target) {
		const margin = score * target;
		return log(1 + exp(-Math.abs(margin))) - Math.min(0, margin);
	},
	slope(score, target) {
		const margin = score * target;
		const small = exp(-Math.abs(margin));
		return (-target * (margin > 0 ? small : 1)) / (1 + small);
	},
	bend(score) {
		const small = exp(-Math.abs(score));
		return small / (1 + small) ** 2;
	},
};
