/** The flavors of gradient descent. */
export type Flavor = "stochastic" | "mini-batch" | "batch";

/** The flavor that a batch size makes, among `examples` training examples. */
export const flavorOf = (batchSize: number, examples: number): Flavor =>
	batchSize === examples ? "batch" : batchSize === 1 ? "stochastic" : "mini-batch";
