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
	window: z.number().min(1).max(2).default(usualWindow),
});
export type WrittenGoal = z.output<typeof goalSchema>;
