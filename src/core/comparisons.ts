import type { Setting } from "./setting.js";

/** What a comparison at equal budgets holds equal: passes over the training set, updates, or time. */
export const comparisonNames = ["epochs", "steps", "seconds"] as const;
export type ComparisonName = (typeof comparisonNames)[number];

/** What the trials of one batch size under one budget came to, as far as they got; with their setting, where settings are searched. */
export interface ComparisonAnswer extends Setting {
	readonly comparison: ComparisonName;
	readonly batchSize: number;
	/** Steps that the budget buys at this size. */
	readonly steps: number;
	/** "open": trials still to come. "diverged": no rate tried got most of its runs to the end. */
	readonly state: "done" | "open" | "diverged";
	/** The rate that is reported; null unless done. */
	readonly learningRate: number | null;
	/** The rate lies at the end of the range even after widening it: a better one may lie beyond. */
	readonly atEdge: boolean;
}
