import { z } from "zod";
import { type Goal, usualWindow } from "../core/goal.js";

/** The goals whose metric is known. */
export const knownGoalMetrics = [
	...(["train.loss", "train.accuracy", "train.error"] as const),
	...(["validation.loss", "validation.accuracy", "validation.error"] as const),
] satisfies readonly Goal["metric"][];

/** What a run must reach, as its author writes it. */
export const goalSchema = z.strictObject({
	/** Of a script, also the name of a metric of its own (`goal-problems.ts` looks at it). */
	metric: z.union([z.enum(knownGoalMetrics), z.string()]),
	atLeast: z.number().optional(),
	atMost: z.number().optional(),
	/** In place of a value: the best end of a training of this length, and what a larger batch may lose. */
	best: z.enum(["lowest", "highest"]).optional(),
	horizon: z
		.union([
			z.strictObject({ epochs: z.int().min(1) }),
			z.strictObject({ steps: z.int().min(1) }),
			z.strictObject({ examples: z.int().min(1) }),
			z.strictObject({ seconds: z.number().positive() }),
		])
		.optional(),
	give: z.number().min(0).optional(),
	window: z.number().min(1).max(2).default(usualWindow),
});
export type WrittenGoal = z.output<typeof goalSchema>;
