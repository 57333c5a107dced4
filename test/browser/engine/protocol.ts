import type { TrialResult, TrialSpec } from "../../../src/core/trial.js";
import type { TrainableStudy } from "../../../src/study/study.js";
import type { StudyRun } from "./study.js";

/** What the page asks of its worker. `stopping`: shared memory, where it may be shared. */
export type ToWorker =
	| { readonly kind: "digests" }
	| {
			readonly kind: "train";
			readonly id: number;
			readonly study: TrainableStudy;
			readonly trial: TrialSpec;
			readonly stopping: Int32Array | null;
	  }
	| { readonly kind: "stop"; readonly id: number }
	| { readonly kind: "study"; readonly study: TrainableStudy; readonly interruptAfter: number };

/** What the worker says. */
export type FromWorker =
	| { readonly kind: "digests"; readonly digests: Record<string, string>; readonly isolated: boolean }
	| { readonly kind: "progress" }
	| { readonly kind: "result"; readonly result: TrialResult }
	| { readonly kind: "study"; readonly run: StudyRun };
