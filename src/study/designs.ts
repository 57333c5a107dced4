import { comparisons } from "./comparisons/columns.js";
import type { Design } from "./contracts.js";
import { frugalDesign } from "./frugal/design.js";
import { isFrugal } from "./frugal/is-frugal.js";
import { importedDesign } from "./imported.js";
import type { Study } from "./study.js";
import { tradeoffFollowedBy } from "./tradeoff/design.js";
import { traitsOf } from "./workloads/table.js";

/** The whole design: every batch size in full, and the comparisons at equal budgets where the study asks for them. */
export const tradeoffDesign: Design = tradeoffFollowedBy(comparisons);

/** The design that a study's trials come from. */
export const designOf = (study: Pick<Study, "batchSizes" | "budget" | "comparisons" | "seeds" | "tune" | "workload">): Design =>
	!traitsOf(study.workload).isTrainable ? importedDesign : isFrugal(study) ? frugalDesign : tradeoffDesign;
