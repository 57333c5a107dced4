import type { Design } from "./contracts.js";
import { frugalDesign } from "./frugal/design.js";
import { isFrugal } from "./frugal/frugal.js";
import { importedDesign } from "./imported.js";
import { isImported, type Study } from "./study.js";
import { tradeoffDesign } from "./tradeoff/design.js";

/** The design that a study's trials come from. */
export const designOf = (study: Study): Design => (isImported(study) ? importedDesign : isFrugal(study) ? frugalDesign : tradeoffDesign);
