import { withBaseline } from "./baseline.js";
import { comparisons } from "./comparisons/columns.js";
import type { Design } from "./contracts.js";
import { horizonDesign } from "./horizon/design.js";
import { endingDesign } from "./horizon/ending-design.js";
import { isEnding, isHorizon } from "./horizon/is-horizon.js";
import { withOwnEnd } from "./horizon/own.js";
import { importedDesign } from "./imported.js";
import { ladderDesign } from "./ladder/design.js";
import { isLadder } from "./ladder/is-ladder.js";
import type { Study } from "./study.js";
import { tradeoffFollowedBy } from "./tradeoff/design.js";
import { traitsOf } from "./workloads/table.js";

/** The whole design: every batch size in full, and the comparisons at equal budgets where the study asks for them. */
export const tradeoffDesign: Design = tradeoffFollowedBy(comparisons);

/** The designs, alone and followed by the user's own setting. */
const designs = {
	ladder: { alone: ladderDesign, followed: withBaseline(ladderDesign) },
	ending: { alone: endingDesign, followed: endingDesign },
	horizon: { alone: horizonDesign, followed: withOwnEnd(horizonDesign) },
	tradeoff: { alone: tradeoffDesign, followed: withBaseline(tradeoffDesign) },
};

/** The design that a study's trials come from. */
export const designOf = (
	study: Pick<Study, "baseline" | "batchSizes" | "budget" | "comparisons" | "goal" | "seeds" | "tune" | "workload">,
): Design => {
	if (!traitsOf(study.workload).isTrainable) return importedDesign;
	const { alone, followed } = designs[isHorizon(study) ? "horizon" : isEnding(study) ? "ending" : isLadder(study) ? "ladder" : "tradeoff"];
	return study.baseline ? followed : alone;
};
