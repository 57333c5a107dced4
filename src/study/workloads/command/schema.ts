import { z } from "zod";
import { heldSchema } from "../held.js";
import { lastBatch } from "../last-batch.js";
import { metrics } from "./metrics-schema.js";

/** The keys of a workload that is a training script, as its author writes them; `resolve.ts` turns them into what a study has. */

const text = z.string().min(1);
/** YAML reads `10` as a number, but a program gets texts. */
const argument = z.union([z.string(), z.number()]);

export const commandWorkload = z.strictObject({
	command: z.array(argument).min(1),
	examples: z.int().min(1).optional(),
	lastBatch: lastBatch.optional(),
	/** Whether its learning rate follows the length that it is given. */
	schedule: z.enum(["tied", "absolute", "free"]).default("free"),
	metrics: metrics.optional(),
	/** Whether what a Python script sends to its trackers is heard, where `metrics` names no other place. */
	hooks: z.boolean().default(true),
	directory: text.optional(),
	environment: z.record(z.string().regex(/^[A-Za-z_]\w*$/), argument).optional(),
	/** Written into each trial's folder before it starts, with placeholders: `{ config.yaml: "lr: {learningRate}" }`. */
	files: z.record(z.string().regex(/^(?![/\\]|.*(?:^|[/\\])\.\.(?:[/\\]|$)).+$/), z.string()).optional(),
	/** The most examples that a device takes at once; gradients of more are accumulated. */
	microBatch: z.int().min(1).optional(),
	/** How many share a batch. */
	devices: z.int().min(1).optional(),
	/**
	 * Settings in steps, or per step, that move with the batch size: `{ warmupSteps: { examples: 100000 }, beta2: { halfLife: 10000000 } }`.
	 */
	hold: heldSchema.optional(),
	/** By `sweetspot init`, on this machine, for `plan`. */
	measured: z
		.strictObject({ batchSize: z.int().min(1), secondsPerStep: z.number().positive(), startUp: z.number().min(0).default(0) })
		.optional(),
	grace: z.number().min(0).max(600).default(2),
	/** How many may wait at once, stopped, to be continued (`--budget 5x`); 0: each begins anew. */
	paused: z.int().min(0).optional(),
	retry: z.array(z.int().min(1).max(255)).min(1).optional(),
});
