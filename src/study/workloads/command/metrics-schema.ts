import { z } from "zod";
import { metricNames } from "../../../core/known-metrics.js";
import { counterNames, trackerNames } from "./workload.js";

/** How a training script's metrics are read, as its author writes it. */

const text = z.string().min(1);
const from = z.union([z.literal(0), z.literal(1)]);

/** `scale`: what the captured number is multiplied by, as 0.01 where percentages are printed. */
const metricPattern = z.union([text, z.strictObject({ pattern: text, scale: z.number().positive().default(1) })]);
/** `from`: how the script numbers its first step or epoch. */
const counterPattern = z.union([text, z.strictObject({ pattern: text, from: from.default(1) })]);
const metric = metricPattern.optional();
const counter = counterPattern.optional();

/** In addition to the known metrics, those of the user's own, by any name they can have (`problems.ts` looks at it). */
const inOutput = z
	.object({
		...(Object.fromEntries(metricNames.map((name) => [name, metric])) as Record<(typeof metricNames)[number], typeof metric>),
		step: counter,
		epoch: counter,
		examples: counter,
	})
	.catchall(metricPattern)
	// With one of these keys files or a tracker are meant, even where something else is wrong.
	.refine((keys) => !("file" in keys || "tensorboard" in keys || "tracker" in keys), {
		message: "patterns of output",
		when: ({ value }) => typeof value === "object" && value !== null,
	});

const column = z.union([text, z.strictObject({ name: text, scale: z.number().positive().default(1) })]);
const counterColumn = z.union([text, z.strictObject({ name: text, from: from.optional() })]).optional();
const names = z.record(z.string(), column).optional();

const inFiles = z.strictObject({ file: text, names, step: counterColumn, epoch: counterColumn, examples: counterColumn });
const inEvents = z.strictObject({ tensorboard: text, names, counts: z.enum(counterNames).optional(), from: from.optional() });

const inTracker = z.strictObject({
	tracker: z.enum(["any", ...trackerNames]),
	names,
	counts: z.enum(counterNames).optional(),
	from: from.optional(),
});

export type WrittenInFiles = z.output<typeof inFiles>;
export type WrittenInEvents = z.output<typeof inEvents>;
export type WrittenInTracker = z.output<typeof inTracker>;
export type WrittenInOutput = z.output<typeof inOutput>;

export const metrics = z.union([inFiles, inEvents, inTracker, inOutput]);
