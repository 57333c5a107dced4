import type { LinearSource } from "../../data/source.js";
import type { Converged, ConvergeTask, Hovered, HoverTask, Race, RaceTask } from "./tasks.js";

export interface Settings {
	/** Without their seeds: each seed of the experiment makes data of its own. */
	readonly leastSquares: Omit<LinearSource, "seed">;
	readonly logistic: Omit<LinearSource, "seed">;
	readonly converge: { readonly shares: readonly number[]; readonly steps: number };
	readonly race: {
		readonly batchSizes: readonly number[];
		readonly rates: readonly number[];
		/** Loose first. */
		readonly targets: readonly [loose: number, tight: number];
		readonly epochs: number;
	};
	readonly hover: {
		readonly batchSizes: readonly number[];
		readonly rates: readonly [claimed: number, smaller: number];
		/** Numbers of training examples with a batch size each, the same share of all. */
		readonly sameShare: readonly { readonly examples: number; readonly batchSize: number }[];
		/** The batch size at which the number of examples varies. */
		readonly sameSize: number;
		readonly looks: number;
	};
	readonly seeds: number;
	readonly seed: number;
}

export type Task = ConvergeTask | RaceTask | HoverTask;

export type Result =
	| { readonly kind: "converge"; readonly converged: Converged }
	| { readonly kind: "race"; readonly race: Race }
	| { readonly kind: "hover"; readonly hovered: Hovered };
