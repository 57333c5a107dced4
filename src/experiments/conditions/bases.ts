import { internal } from "../../core/errors.js";
import type { ClaimId } from "../claims/claim.js";
import { distance } from "../distance/distance.js";
import type { Experiment } from "../experiment.js";
import { generalization } from "../generalization/generalization.js";
import { gradientNorm } from "../gradient-norm/gradient-norm.js";
import { iterations } from "../iterations/iterations.js";
import { regularization } from "../regularization/regularization.js";

/** The experiments that are repeated under other conditions, and the claims that are judged so. */
export const bases = [
	{ experiment: gradientNorm, claims: ["C31", "C32a", "C32b", "C34", "C35"] },
	{ experiment: distance, claims: ["C28", "C29", "C30"] },
	{ experiment: generalization, claims: ["C23", "C24"] },
	{ experiment: iterations, claims: ["C22", "C41"] },
	{ experiment: regularization, claims: ["C38", "C39a", "C39b"] },
] as const satisfies readonly { readonly experiment: Experiment; readonly claims: readonly ClaimId[] }[];

export type BaseId = "gradient-norm" | "distance" | "generalization" | "iterations" | "regularization";
export type JudgedId = (typeof bases)[number]["claims"][number];

/** Every claim that is judged under several conditions. */
export const judgedIds: readonly JudgedId[] = bases.flatMap(({ claims }) => [...claims]);

/** The experiment of this name, and its claims. */
export function baseOf(id: BaseId): { readonly experiment: Experiment; readonly claims: readonly JudgedId[] } {
	const base = bases.find(({ experiment }) => experiment.id === id);
	if (!base) throw internal(`${id} is not repeated under other conditions`);
	return base;
}
