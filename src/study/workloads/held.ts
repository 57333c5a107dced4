import { z } from "zod";
import { decayAt, type HalfLife } from "../../core/half-life.js";

/** A setting that depends on the batch size: `{ examples: 100000 }`, a number of steps; or `{ halfLife: 10000000 }`, a decay per step. */
export type Held = { readonly examples: number } | HalfLife;

/** Settings that move with the batch size, by their names, as their author writes them. */
export const heldSchema = z.record(
	z.string().regex(/^[A-Za-z_]\w*$/),
	z.union([z.strictObject({ examples: z.int().min(1) }), z.strictObject({ halfLife: z.number().positive() })]),
);

/**
 * The value of a setting at a batch size if its number of examples is held fixed: a number of steps, examples / B to the nearest whole
 * number; or the decay of a moving average per step, 0.5^(B / halfLife).
 */
const heldValue = (held: Held, batchSize: number): number =>
	"examples" in held ? Math.round(held.examples / batchSize) : decayAt(held, batchSize);

/** The values of all that a workload holds, by their names. */
export const heldValues = (hold: Readonly<Record<string, Held>> = {}, batchSize: number): Readonly<Record<string, number>> =>
	Object.fromEntries(Object.entries(hold).map(([name, held]) => [name, heldValue(held, batchSize)]));
