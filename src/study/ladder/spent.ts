import type { Arm } from "./arm.js";
import type { Prices } from "./prices.js";

/** Examples and seconds. */
export interface Spent {
	readonly examples: number;
	readonly seconds: number;
}

/** What arms have spent; each run counts once, from its first step. */
export const spentBy = (arms: readonly Pick<Arm, "batchSize" | "steps">[], { seconds }: Prices): Spent =>
	arms.reduce(
		(sum, { batchSize, steps }) => ({ examples: sum.examples + steps * batchSize, seconds: sum.seconds + steps * seconds(batchSize) }),
		{ examples: 0, seconds: 0 },
	);

/** How many trainings that is, in examples or in seconds, whichever is more. */
export const trainingsOf = (spent: Spent, training: Spent): number =>
	Math.max(spent.examples / training.examples, spent.seconds / training.seconds);
