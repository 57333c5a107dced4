import type { State } from "../arena.js";
import type { OptimizerOperation } from "../operation.js";

/** What may change from trial to trial on a network that stays built; what is left out stays as it is. */
export interface Retuned {
	/** In [0, 1): μ; of Adam, β₁. */
	readonly momentum?: number;
	/** λ ≥ 0. */
	readonly weightDecay?: number;
	/** In [0, 1), of Adam alone. */
	readonly beta2?: number | undefined;
}

/** Turns gradients into updates of a network's parameters. */
export interface Optimizer {
	/** Whether gradients may be sent to the sink "apply", which updates each parameter where its gradient arises. */
	readonly fused: boolean;
	/** All that steps leave behind for later ones. */
	readonly state: readonly State[];
	/** Forgets what earlier steps left behind. */
	reset(): void;
	/** Takes effect at the next `begin`. Forgets nothing: a new trial resets as well. */
	retune(settings: Retuned): void;
	/**
	 * Begins a step at this learning rate. Then either gradients go to the sink "apply" (where `fused`, and until the next kernel call of
	 * another optimizer); or they are kept in the gradient block and `update` uses them. Both give the same bits.
	 */
	begin(learningRate: number): void;
	update(): void;
	/** What a step does, for who computes it elsewhere; `begin` comes before each call. */
	operation(): OptimizerOperation;
}
