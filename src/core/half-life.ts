import { exp } from "./numerics.js";

/** Beyond this a decay has no digits that anyone would type. */
const digits = 12;

/** A moving average's memory, in examples: after so many, half of what it was is left, whatever the batch size. */
export interface HalfLife {
	readonly halfLife: number;
}

/** What a moving average keeps of itself at each step of so many examples: 0.5^(batchSize / halfLife), in (0, 1). */
export const decayAt = ({ halfLife }: HalfLife, batchSize: number): number =>
	Number(exp(-Math.LN2 * (batchSize / halfLife)).toPrecision(digits));
