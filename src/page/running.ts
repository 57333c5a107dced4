import type { Evaluation, TrialSpec } from "../core/trial.js";
import type { Progress } from "../study/progress.js";

/** What a study is doing now, as far as can be seen. */
export interface Running {
	/** "none": it does not run, or nothing can be seen of it. */
	readonly state: "running" | "stale" | "none";
	readonly trials: readonly RunningTrial[];
	readonly next: readonly { readonly spec: TrialSpec; readonly reason: string }[];
	/** How many trials are planned; `next` holds the first of them. */
	readonly planned: number;
	readonly progress: Progress | null;
	readonly warnings: readonly string[];
	/** Whether its steps may be being timed. */
	readonly isTiming: boolean;
}

export interface RunningTrial {
	readonly spec: TrialSpec;
	/** In order, thinned out; the newest among them. */
	readonly looks: readonly Evaluation[];
}

export const notRunning: Running = { state: "none", trials: [], next: [], planned: 0, progress: null, warnings: [], isTiming: false };
