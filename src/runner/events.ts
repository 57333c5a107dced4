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

/** The events of a run. All except "finished" are plain data that JSON can hold; "finished" reads its looks from the store on access. */
export type RunEvent =
	/** What the design wants next, in this order: everything that is neither running nor finished. */
	| { readonly kind: "planned"; readonly trials: readonly Asked[] }
	| ({ readonly kind: "started"; readonly trial: TrialSpec; readonly reason: Reason } & InFlight)
	/** It waited in a queue and now runs on this machine. */
	| ({ readonly kind: "placed"; readonly trial: TrialSpec; readonly machine: string } & InFlight)
	/** Looks of a running trial since its last report, in order. Any later looks come with its result. */
	| { readonly kind: "looks"; readonly trial: TrialSpec; readonly step: number; readonly evaluations: readonly Evaluation[] }
	| ({
			readonly kind: "finished";
			readonly trial: FinishedTrial;
			readonly progress: Progress;
			/** The arms as they stand now, where the design is a ladder. */
			readonly ladder?: readonly LadderArm[];
	  } & InFlight)
	/** It ended without a result, through no fault of its own, and will run again. */
	| ({ readonly kind: "lost"; readonly trial: TrialSpec; readonly message: string } & InFlight)
	/**
	 * The trials so far, or the place where they run, show something that spoils the study or holds it up. `text`: what it is, and what to
	 * do. `all`: every warning so far, this one included.
	 */
	| { readonly kind: "warning"; readonly text: string; readonly all: readonly string[] }
	| { readonly kind: "calibrating"; readonly done: number; readonly total: number }
	| { readonly kind: "testing"; readonly batchSize: number };
