import type { ComparisonName } from "../core/comparisons.js";
import type { TrialSpec } from "../core/trial.js";

/** Why a design tries a learning rate at a batch size. */
export type RateReason =
	/** The best rate is expected there, from batch sizes before. */
	| "start"
	/** Another setting (momentum, weight decay) may beat the best one, and starts there. */
	| "other setting"
	/** Below a start that failed: the cliff lies above. */
	| "lower start"
	/** One of a few spread over the range, while nothing is known. */
	| "spread"
	/** Next to the rate that came closest to the goal, none having reached it. */
	| "climb"
	/** Next to the best rate so far. */
	| "neighbour above"
	| "neighbour below"
	/** Its first seed was promising, so it gets the others. */
	| "further seeds"
	/** The tuned rate, on fresh seeds. */
	| "tuned"
	/** A neighbour of the tuned rate, on fresh seeds. */
	| "next to tuned"
	/** Below the tuned rate: neither that nor its neighbours reached the goal on fresh seeds. */
	| "fallback";

/** Why an arm of the ladder runs, or goes on. */
export type LadderReason = "opening" | "next rung" | "next to leader" | "lower rate" | "less noise" | "end" | "rival" | "further seed";

/** Why a training of a planned length runs. "fresh": on a seed that chose nothing. */
export type HorizonReason = "opening" | "next to best" | "other size" | "longer" | "fresh";

/** Why a trial is asked for. */
export type Reason =
	/** On one block of seeds, to find the best rate. */
	| { readonly kind: "tuning"; readonly rate: RateReason }
	/** On a second one, to choose among the tuned rate and its neighbours. */
	| { readonly kind: "selecting"; readonly rate: RateReason }
	/** On a third one, for the figures that are reported. */
	| { readonly kind: "reporting" }
	/** The same in place of the rate `of`, most of whose reporting runs missed the goal. */
	| { readonly kind: "replacement"; readonly of: number }
	/** A further reporting run where the recommendation is in doubt. */
	| { readonly kind: "doubt" }
	/** A further reporting run that the study was granted. */
	| { readonly kind: "granted" }
	/** An arm of the ladder, up to its next rung. */
	| { readonly kind: "ladder"; readonly why: LadderReason }
	/** A training of a planned length, for its end. */
	| { readonly kind: "horizon"; readonly why: HorizonReason }
	/** The user's own setting, to be compared with the recommended one. */
	| { readonly kind: "baseline" }
	/** To the end of an equal budget: to find the best rate there, or, where it is found, for the figures that are reported. */
	| { readonly kind: "comparison"; readonly comparison: ComparisonName; readonly rate: RateReason | "reported" };

/** A trial that a design asks for, and why. */
export interface Asked {
	readonly spec: TrialSpec;
	readonly reason: Reason;
}

export const specsOf = (asked: readonly Asked[]): readonly TrialSpec[] => asked.map(({ spec }) => spec);
