import type { LinearSource } from "../../data/oracles/linear.js";
import type { EvenOrOdd } from "./even-or-odd.js";
import type { Converged, ConvergeTask, Hovered, HoverTask, Race, RaceTask } from "./tasks.js";

export interface Settings {
	/** Without their seeds: each seed of the experiment makes data of its own. */
	readonly leastSquares: Omit<LinearSource, "seed">;
	readonly logistic: Omit<LinearSource, "seed">;
	readonly real: EvenOrOdd;
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
		/** Of the real data, whose runs forget more slowly. */
		readonly looksOfReal: number;
	};
	readonly seeds: number;
	/** Of the real data, the same for every seed: only initial weights and draws differ. */
	readonly seedsOfReal: number;
	readonly seed: number;
}

export type Task = ConvergeTask | RaceTask | HoverTask;

export type Result =
	| { readonly kind: "converge"; readonly converged: Converged }
	| { readonly kind: "race"; readonly race: Race }
	| { readonly kind: "hover"; readonly hovered: Hovered };
