import type { Asked } from "../experiment.js";
import type { CellPlan } from "../lab/overfit/cell.js";
import type { Regularizer } from "../lab/overfit/regularizers.js";
import { overfitSubject } from "../lab/overfit/subject.js";
import type { Rule } from "./rules.js";

export interface Settings extends CellPlan {
	/** N. */
	readonly examples: number;
	/** Ascending; the last is N. */
	readonly batchSizes: readonly number[];
	/** The one that the claims are about. */
	readonly moderate: number;
	/** "none", and the one that is to make early stopping needless. */
	readonly regularizers: readonly [Regularizer, Regularizer];
	/** The claims are about the first. */
	readonly rules: readonly Rule[];
	/** Constructed cases of each kind. */
	readonly cases: number;
}

const seeds = { quick: { tuning: 3, reporting: 10 }, full: { tuning: 5, reporting: 30 } } as const;
const seedsOfLarge = { quick: { tuning: 2, reporting: 4 }, full: { tuning: 3, reporting: 10 } } as const;
const epochs = 100;

export function settingsOf({ size, seed, data }: Asked): Settings {
	const { workload, few, examples, batchSizes, moderate, target, large } = overfitSubject(data);
	return {
		workload,
		few,
		examples,
		batchSizes,
		moderate,
		regularizers: ["none", "dropout"],
		rules: [
			{ kind: "patience", epochs: 20 },
			{ kind: "patience", epochs: 5 },
			{ kind: "target", accuracy: target },
			{ kind: "epochs", epochs: 20 },
			{ kind: "steps", steps: epochs },
		],
		cases: size === "quick" ? 500 : 5000,
		epochs,
		every: 1,
		seeds: (large ? seedsOfLarge : seeds)[size],
		seed,
	};
}
