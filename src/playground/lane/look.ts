/** Loss, in nats, and the share that is classified correctly. */
export interface LookMetrics {
	readonly loss: number;
	readonly accuracy: number;
}

/** What a lane is like after a step, on all examples. */
export interface Look {
	readonly step: number;
	/** Examples used so far. */
	readonly examples: number;
	/** Spent in training steps so far, in this browser. */
	readonly seconds: number;
	readonly train: LookMetrics;
	readonly heldOut: LookMetrics;
	/** |∇| of the last mini-batch. */
	readonly gradientNorm: number;
	/** |w − w₀|, from where all lanes began. */
	readonly distance: number;
	/** Whether it is there only because the lane waits after this step: the next look takes its place, so that looks stay few. */
	readonly isPassing: boolean;
}
