import { z } from "zod";
import { latticeRange } from "../core/rates.js";

const rate = z.number().min(latticeRange.from).max(latticeRange.to);

/** What is searched, as its author writes it. */
export const tuneSchema = z.strictObject({
	learningRate: z.strictObject({ from: rate.default(0.001), to: rate.default(10) }).prefault({}),
	/** Values to try; absent: the optimizer's own. */
	momentum: z.array(z.number().min(0).lt(1)).min(1).optional(),
	weightDecay: z.array(z.number().min(0)).min(1).optional(),
	/** Values of placeholders in a script's command, by name. */
	flags: z.record(z.string(), z.array(z.number()).min(1)).optional(),
});
export type WrittenTune = z.output<typeof tuneSchema>;
