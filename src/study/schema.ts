import { z } from "zod";
import { objectiveNames, usualObjective } from "../analysis/objectives.js";
import { usualRatio } from "../core/looks.js";
import { recordables } from "../core/recorded.js";
import { clusterSchema } from "./cluster-schema.js";
import { goalSchema } from "./goal-schema.js";
import { tuneSchema } from "./tune-schema.js";
import { workloadSchema } from "./workloads/table.js";

/**
 * The study file as its author writes it: which keys it may have, and their defaults. Only what already runs is accepted. No transforms, so
 * that the JSON Schema made from it (docs/study.schema.json) stays true; `resolve.ts` turns it into a `Study`.
 */
const whole = z.int();
const positive = whole.min(1);
const full = z.literal("full");
const batchRange = z.strictObject({
	from: positive.default(1),
	to: z.union([positive, full]).default("full"),
	factor: z.number().gt(1).default(2),
});
const batchSizes = z.union([z.array(z.union([positive, full])).min(1), batchRange]);

export const studySchema = z.strictObject({
	version: z.literal(1),
	name: z.string().min(1).max(80).default("study"),
	seed: whole.min(0).default(0),
	workload: workloadSchema,
	goal: goalSchema,
	batchSizes: batchSizes.default({ from: 1, to: "full", factor: 2 }),
	looks: z.strictObject({ ratio: z.number().min(1).max(2).default(usualRatio), examples: positive.default(1024) }).prefault({}),
	tune: tuneSchema.prefault({}),
	seeds: z.strictObject({ tuning: positive.default(3), selecting: positive.default(4), reporting: positive.default(7) }).prefault({}),
	limits: z
		.strictObject({ epochs: positive.default(100), steps: positive.default(5000), seconds: z.number().positive().optional() })
		.prefault({}),
	budget: z
		.strictObject({
			trials: positive.optional(),
			seconds: z.number().positive().optional(),
			cost: z.number().positive().optional(),
			/** In runs to the goal at the setting that is finally recommended. */
			trainings: z.number().min(1).optional(),
		})
		.prefault({}),
	/** Of the machine, in any currency; `budget.cost` is in the same. */
	pricePerHour: z.number().positive().optional(),
	comparisons: z
		.strictObject({ epochs: positive.default(10), steps: positive.optional(), seconds: z.number().positive().optional() })
		.optional(),
	/** The author's own setting: run at the end, next to what is recommended. */
	baseline: z
		.strictObject({
			batchSize: positive,
			learningRate: z.number().positive(),
			momentum: z.number().min(0).lt(1).optional(),
			weightDecay: z.number().min(0).optional(),
			flags: z.record(z.string(), z.number()).optional(),
		})
		.optional(),
	record: z.array(z.enum(recordables)).min(1).optional(),
	cluster: clusterSchema.optional(),
	objective: z.enum(objectiveNames).default(usualObjective),
	tolerance: z.number().min(0).max(10).default(0.25),
});

/** A study as its author writes it: YAML, JSON, TypeScript or JavaScript. */
export type StudyInput = z.input<typeof studySchema>;

/** A study file with its defaults filled in, not yet checked against its data. */
export type StudyFile = z.output<typeof studySchema>;

/** The parts that can be checked against each other and against the data even where others are wrong. */
export const studyParts = {
	batchSize: z.union([positive, full]),
	batchRange,
	goal: goalSchema,
	tune: tuneSchema,
};
