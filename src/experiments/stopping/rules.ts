import { stoppedAt } from "../lab/curve-measures.js";
import type { HeldOutCurves } from "../lab/overfit/cell.js";

/** When to end a run that is looked at after every epoch. */
export type Rule =
	/** When the validation loss hasn't gone below its least for so many epochs. The weights of the least are kept. */
	| { readonly kind: "patience"; readonly epochs: number }
	/** When the validation accuracy reaches this. */
	| { readonly kind: "target"; readonly accuracy: number }
	/** After so many epochs. */
	| { readonly kind: "epochs"; readonly epochs: number }
	/** After the last epoch that ends within so many steps; the first has to end. */
	| { readonly kind: "steps"; readonly steps: number };

/** Epochs. */
export interface Stop {
	/** The run ends after this one: with its last where the rule never says stop. */
	readonly at: number;
	/** Whose weights are kept. */
	readonly kept: number;
	/** Whether it was the rule that ended the run. */
	readonly fired: boolean;
}

/** Where a rule stops a run. `curves`: at the start and after every epoch. */
export function stopOf(
	rule: Rule,
	{ validationLoss, validationAccuracy }: Pick<HeldOutCurves, "validationLoss" | "validationAccuracy">,
	stepsPerEpoch: number,
): Stop {
	const last = validationLoss.length - 1;
	const after = (epoch: number): Stop => ({ at: Math.min(epoch, last), kept: Math.min(epoch, last), fired: epoch <= last });
	switch (rule.kind) {
		case "patience": {
			const { at, best } = stoppedAt(validationLoss, rule.epochs);
			return { at, kept: best, fired: at - best >= rule.epochs };
		}
		case "target": {
			const reached = validationAccuracy.findIndex((accuracy) => accuracy >= rule.accuracy);
			return after(reached < 0 ? Number.POSITIVE_INFINITY : reached);
		}
		case "epochs":
			return after(rule.epochs);
		case "steps":
			return after(Math.max(1, Math.floor(rule.steps / stepsPerEpoch)));
	}
}

export function ruleInWords(rule: Rule): string {
	switch (rule.kind) {
		case "patience":
			return `patience of ${rule.epochs} epochs`;
		case "target":
			return `validation accuracy of ${rule.accuracy}`;
		case "epochs":
			return `${rule.epochs} epochs`;
		case "steps":
			return `${rule.steps} steps`;
	}
}
