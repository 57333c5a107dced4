import { cosPi, power } from "../../core/numerics.js";
import { inUnitsOf, type Marks, marksPassed, type Position, type Span } from "./position.js";

/** How the learning rate changes over a trial, as the study names it. Constant where both are absent. */
export interface RateSchedule {
	readonly warmUp?: Span;
	readonly learningRate?:
		| { readonly step: Marks & { readonly factor: number } }
		| { readonly cosine: Span & { readonly to: number } }
		| { readonly linear: Span & { readonly to: number } }
		| { readonly "stable-decay": { readonly cooldown: number; readonly to: number } }
		| { readonly "inverse-square-root": Span };
}

/**
 * What the learning rate of a step is multiplied by, `before` being where the trial stands and `after` where the step leads. With p the
 * place before the step and q that after it, in the unit (steps or epochs) of the span T:
 *
 *     step                  factor^(marks passed at p)                          PyTorch's StepLR, MultiStepLR
 *     cosine                to + (1 − to)·½(1 + cos πp/T), `to` from T on       Loshchilov & Hutter 2017, equation 5, without restarts
 *     linear                to + (1 − to)(1 − p/T), `to` from T on
 *     stable-decay          1, and over the last share c of the planned length to + (1 − to)(1 − √r), r from 0 to 1 along that share; with a
 *                           warm-up, "warm-up-stable-decay"                     Hägele et al. 2024, section 3
 *     inverse square root   √(T/q), 1 until q = T                               Vaswani et al. 2017, equation 3
 *     warm-up               q/T, 1 from q = T on; multiplies the others         Goyal et al. 2017, section 2.2, from η/T
 *
 * Everything is measured from the trial's start, warm-up included. Exact operations only: the same bits on every machine.
 */
export function rateFactor({ warmUp, learningRate }: RateSchedule, before: Position, after: Position): number {
	const warm = warmUp ? Math.min(1, inUnitsOf(warmUp, after)) : 1;
	if (!learningRate) return warm;
	if ("step" in learningRate) return warm * power(learningRate.step.factor, marksPassed(learningRate.step, before));
	if ("cosine" in learningRate) {
		const { to } = learningRate.cosine;
		return warm * (to + (1 - to) * 0.5 * (1 + cosPi(Math.min(1, inUnitsOf(learningRate.cosine, before)))));
	}
	if ("linear" in learningRate) {
		const { to } = learningRate.linear;
		return warm * (to + (1 - to) * (1 - Math.min(1, inUnitsOf(learningRate.linear, before))));
	}
	if ("stable-decay" in learningRate) {
		const { cooldown, to } = learningRate["stable-decay"];
		const cooled = Math.min(1, Math.max(0, (before.horizon - (1 - cooldown)) / cooldown));
		return warm * (to + (1 - to) * (1 - Math.sqrt(cooled)));
	}
	return warm * Math.sqrt(1 / Math.max(1, inUnitsOf(learningRate["inverse-square-root"], after)));
}
