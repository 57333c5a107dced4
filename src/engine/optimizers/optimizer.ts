/** What may change from trial to trial on a network that stays built; what is left out stays as it is. */
export interface Retuned {
	/** μ in [0, 1). */
	readonly momentum?: number;
	/** λ ≥ 0. */
	readonly weightDecay?: number;
}

/** Turns gradients into updates of a network's parameters. */
export interface Optimizer {
	/** Forgets what earlier steps left behind. */
	reset(): void;
	/** Takes effect at the next `begin`. Forgets nothing: a new trial resets as well. */
	retune(settings: Retuned): void;
	/**
	 * Begins a step at this learning rate. Until the next kernel call of another optimizer, gradients may be sent to the sink "apply", which
	 * updates each parameter where its gradient arises; or they are kept and `update` does it for all. Both give the same bits.
	 */
	begin(learningRate: number): void;
	update(): void;
}
