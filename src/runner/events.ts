import type { FinishedTrial, TrialSpec } from "../core/trial.js";
import type { Progress } from "../study/progress.js";

/** What a run of a study says as it goes on. */
export type RunEvent =
	| { readonly kind: "started"; readonly trial: TrialSpec; readonly running: number }
	| { readonly kind: "finished"; readonly trial: FinishedTrial; readonly running: number; readonly progress: Progress }
	| { readonly kind: "calibrating"; readonly done: number; readonly total: number }
	| { readonly kind: "testing"; readonly batchSize: number };
