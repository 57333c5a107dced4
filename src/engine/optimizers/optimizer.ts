/** Turns gradients into updates of a network's parameters. */
export interface Optimizer {
	/** Forgets what earlier steps left behind. */
	reset(): void;
	/**
	 * Begins a step at this learning rate. Until the next kernel call of another optimizer, gradients may be sent to the sink "apply", which
	 * updates each parameter where its gradient arises; or they are kept and `update` does it for all. Both give the same bits.
	 */
	begin(learningRate: number): void;
	update(): void;
}
