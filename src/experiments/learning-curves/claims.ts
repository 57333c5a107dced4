import { formatPercent } from "../../words/numbers.js";
import { allOf, verdictAbove, verdictWithin } from "../claims/claim.js";
import { margins } from "../claims/margins.js";
import { greatest } from "../lab/estimates.js";
import { describeWorkload } from "../lab/workloads.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

const margin = margins.learningCurves;

export function findings({ rows, constructed: { right, overall } }: Figures, settings: Settings) {
	const { batchSizes, learningRate, seeds, epochs, cases } = settings;
	return {
		C11: {
			verdict: allOf(...right.map(({ share }) => verdictAbove(share, margin.right))),
			effect: `share of constructed curves diagnosed correctly, above ${margin.right} for each kind (${right.map(({ fit, share }) => `${fit} ${formatPercent(share)}`).join(", ")}); over all`,
			interval: overall,
			evidence: `${cases} constructed pairs of curves of each kind, with noise of up to 2 % of the initial loss at each look`,
		},
		C15: {
			verdict: allOf(...rows.map(({ early }) => verdictWithin(early, margin.accuracy))),
			effect: `held-out accuracy at epoch 50 less that at epoch ${epochs}, within ±${margin.accuracy} at every batch size; the largest difference`,
			interval: greatest(rows, ({ early }) => Math.abs(early.estimate ?? 0)).early,
			evidence: `${describeWorkload(settings.workload)}; batch sizes ${batchSizes.join(", ")}, rate ${learningRate} (not tuned per size), ${seeds} seeds, ${epochs} epochs`,
		},
	};
}
