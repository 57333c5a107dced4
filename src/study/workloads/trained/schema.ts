import { z } from "zod";
import { dataSchema } from "../../../data/sources/table.js";
import { lastBatch } from "../last-batch.js";
import { init, layer } from "../network/layers.js";
import { gradient, optimizer, schedule } from "./descent-schema.js";

const loss = z.enum(["softmax-cross-entropy", "binary-cross-entropy", "mean-squared-error"]);
const labelSmoothing = z.number().gt(0).lt(1);
/** Of the steps so far: the share that the averaged weights are about taken over. */
const averaging = z.number().gt(0).max(1);
/** The keys of a workload that our own loop trains, as its author writes them. */
export const trainedWorkload = z.strictObject({
	data: dataSchema,
	/** Of a network; the oracles (quadratic, least-squares, logistic) have none, nor `init`, `loss` and `reduction`. */
	model: z.array(layer).min(1).optional(),
	init: init.default("he-normal"),
	loss: loss.default("softmax-cross-entropy"),
	labelSmoothing: labelSmoothing.optional(),
	reduction: z.enum(["mean", "sum"]).default("mean"),
	sampler: z.enum(["reshuffle", "with-replacement"]).default("reshuffle"),
	lastBatch: lastBatch.default("drop"),
	optimizer: optimizer.prefault({ name: "sgd" }),
	gradient: gradient.optional(),
	schedule: schedule.optional(),
	averaging: averaging.optional(),
});
