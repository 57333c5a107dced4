import { formatEstimate } from "../../words/numbers.js";
import { allOf, verdictAbove, verdictBelow } from "../claims/claim.js";
import { describeWorkload } from "../lab/workloads.js";
import { type Figures, margin } from "./figures.js";
import type { Settings } from "./settings.js";

export const findings = ({ rise, last }: Figures, { workload, passes }: Settings) => ({
	C10: {
		verdict: allOf(verdictAbove(rise, margin.rises), verdictBelow(last, margin.pays)),
		effect: `examples per second at 32 over those at 1, above ${margin.rises}; and at the largest size over the one before, below ${margin.pays}: ${formatEstimate(last)}`,
		interval: rise,
		evidence: `${describeWorkload(workload)}, one thread, ${passes} interleaved passes`,
	},
});
