import type { ClaimId, Conditions } from "./claims/claim.js";
import { distance } from "./distance/distance.js";
import type { Asked, Experiment } from "./experiment.js";
import { generalization } from "./generalization/generalization.js";
import { gradientNorm } from "./gradient-norm/gradient-norm.js";
import { learningRate } from "./learning-rate/learning-rate.js";

/** An experiment that is run again on all of Fashion-MNIST, at the sizes of Shen's article (2018). */
export interface AtArticleSize {
	readonly experiment: Experiment;
	/** Those that the article's figures bear on. */
	readonly claims: readonly ClaimId[];
	/** What its cells don't say themselves. */
	readonly when: Conditions;
}

/** In the order in which they are run: the article's own figures first, and what costs most last. */
export const atArticleSize: readonly AtArticleSize[] = [
	{ experiment: gradientNorm, claims: ["C31", "C32a", "C32b", "C34", "C35"], when: { rate: "customary rate" } },
	{ experiment: distance, claims: ["C28", "C29", "C30"], when: {} },
	{ experiment: learningRate, claims: ["C27"], when: {} },
	{ experiment: generalization, claims: ["C23", "C24"], when: {} },
];

/** The data as the ledger names them, next to "a part of Fashion-MNIST". */
export const articleData = "all of Fashion-MNIST";

/** Added to the seed that was asked for: the experiments have 0 themselves, and `conditions` has 1. */
const fresh = 2;

export const articleAsked = (seed: number): Asked => ({ size: "full", seed: seed + fresh, data: "fashion-mnist" });
