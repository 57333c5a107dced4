import { flavorOf } from "../../core/flavor.js";
import { formatPercent } from "../../words/numbers.js";
import { invariant, type Verdict, verdictAbove, verdictWithin } from "../claims/claim.js";
import { margins } from "../claims/margins.js";
import { describeWorkload } from "../lab/workloads.js";
import type { Figures, Pair } from "./figures.js";
import type { Arithmetic } from "./invariants.js";
import type { Settings } from "./settings.js";

export const margin = margins.flavors;

export const areSame = ({ difference }: Pair): Verdict => verdictWithin(difference, margin.accuracy);

export function findings({ arms, arithmetic, examples, near100, lead, byUpdates }: Figures, settings: Settings) {
	const sizes = `batch sizes ${arithmetic.map(({ batchSize }) => batchSize).join(", ")} of N = ${examples}, three epochs each`;
	const checked = (effect: string, holds: (check: Arithmetic) => boolean) => invariant(effect, arithmetic.every(holds), sizes);
	const setting = `${describeWorkload(settings.workload)}; ${settings.seeds} seeds, ${settings.epochs} epochs, the published rates (not tuned per size)`;
	const falls = arms.every(({ curves }) => curves.every(({ trainLoss }) => (trainLoss.at(-1) ?? Number.POSITIVE_INFINITY) < trainLoss[0]));
	return {
		C1: checked("every update but an epoch's last used exactly B examples", ({ wholeBatches }) => wholeBatches),
		C2: checked("N/B updates an epoch: one at B = N, N at B = 1", ({ batchSize, updates, epochs }) => {
			const flavor = flavorOf(batchSize, examples);
			return flavor === "batch" ? updates === epochs : flavor !== "stochastic" || updates === epochs * examples;
		}),
		C3: checked("each epoch used each example exactly once, in an order of its own", ({ eachOnce, reshuffled }) => eachOnce && reshuffled),
		C4: checked(
			"K epochs made K·⌈N/B⌉ updates, the last batch N mod B examples",
			({ batchSize, updates, epochs, lastBatch }) =>
				updates === epochs * Math.ceil(examples / batchSize) && lastBatch === (examples % batchSize || batchSize),
		),
		C6: checked(
			"hits equal, loss to a relative 1e-5, those of the batch alone at the weights before the update",
			({ ownMetrics }) => ownMetrics,
		),
		C7: invariant("the training loss after the last epoch is below that of the initial weights in every run", falls, setting),
		C13: {
			verdict: verdictWithin(near100, margin.about),
			effect: `held-out accuracy of the full batch at epoch 100, less 0.80, within ±${margin.about}`,
			interval: near100,
			evidence: setting,
		},
		C14: {
			verdict: verdictAbove(lead, margin.accuracy),
			effect: `held-out accuracy at epoch 25, a batch of one at rate 0.001 less the full batch at rate 0.01, above ${margin.accuracy}`,
			interval: lead,
			evidence: `${setting}. Counted in updates the order turns: after 500 updates a batch of one is ${formatPercent(byUpdates)} off the full batch after 200`,
		},
		C16: invariant("32 is a mini-batch here, and the default of Keras", flavorOf(32, examples) === "mini-batch", `N = ${examples}`),
	};
}
