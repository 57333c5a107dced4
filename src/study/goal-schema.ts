import { z } from "zod";
import { usualWindow } from "../core/goal.js";

const metrics = ["train.loss", "train.accuracy", "train.error", "validation.loss", "validation.accuracy", "validation.error"] as const;

/** What a run must reach, as its author writes it. */
export const goalSchema = z.strictObject({
	metric: z.enum(metrics),
	atLeast: z.number().optional(),
	atMost: z.number().optional(),
	window: z.number().min(1).max(2).default(usualWindow),
});
export type WrittenGoal = z.output<typeof goalSchema>;
