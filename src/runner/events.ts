import type { LadderArm } from "../core/ladder.js";
import type { Evaluation, FinishedTrial, TrialSpec } from "../core/trial.js";
import type { Progress } from "../study/progress.js";
import type { Asked, Reason } from "../study/reason.js";

/** The trials with the executor. */
export interface InFlight {
	readonly running: number;
	/** Those that wait in its queue, and the machines that the others run on; absent where it has no queue. */
	readonly queue?: { readonly waiting: number; readonly machines: readonly string[] };
}

/** What a run of a study says as it goes on. All but "finished" are plain data, which JSON holds; that one reads its looks from the store when asked. */
export type RunEvent =
	/** What the design wants next, in that order: all that neither runs nor is finished. */
	| { readonly kind: "planned"; readonly trials: readonly Asked[] }
	| ({ readonly kind: "started"; readonly trial: TrialSpec; readonly reason: Reason } & InFlight)
	/** It waited in a queue, and runs now on this machine. */
	| ({ readonly kind: "placed"; readonly trial: TrialSpec; readonly machine: string } & InFlight)
	/** Looks of a running trial since its last report, in order. Those since the last report come with its result alone. */
	| { readonly kind: "looks"; readonly trial: TrialSpec; readonly step: number; readonly evaluations: readonly Evaluation[] }
	| ({
			readonly kind: "finished";
			readonly trial: FinishedTrial;
			readonly progress: Progress;
			/** The arms as they stand now, where the design is a ladder. */
			readonly ladder?: readonly LadderArm[];
	  } & InFlight)
	/** It ended without a result through no fault of its own, and is asked for again. */
	| ({ readonly kind: "lost"; readonly trial: TrialSpec; readonly message: string } & InFlight)
	/** The trials so far, or where they run, show something that spoils the study or holds it up: `text` is what, and what to do. `all`: what was said in this way before, and it. */
	| { readonly kind: "warning"; readonly text: string; readonly all: readonly string[] }
	| { readonly kind: "calibrating"; readonly done: number; readonly total: number }
	| { readonly kind: "testing"; readonly batchSize: number };
