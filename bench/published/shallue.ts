import { type Estimate, noEstimate } from "../../src/analysis/findings.js";
import { describeGoal } from "../../src/core/goal.js";
import type { Figures } from "../../src/experiments/iterations/figures.js";
import { asEstimate } from "../../src/experiments/lab/estimates.js";
import { ratioOfApart } from "../../src/experiments/lab/ratio.js";
import type { Pair } from "./curves.js";
import type { Exhibit } from "./exhibit.js";
import { type Line, lineOf } from "./line.js";
import type { CurvesPlan } from "./plan.js";

/** Steps that differ by less are the same: the tolerance of our studies. */
const same = 1.25;

/** Plain SGD and momentum to the same goals: the critical batch size, and the steps at either end of the sizes. */
export function shallue(pairs: readonly Pair[], { name, batchSizes, momentum, seeds }: CurvesPlan): Exhibit {
	return {
		name: "shallue",
		setting: `${name}, plain SGD and momentum ${momentum}, rates tuned at every size, ${seeds.reporting} runs of each`,
		lines: pairs.flatMap((pair) => linesOf(pair, batchSizes[0], batchSizes[batchSizes.length - 1])),
	};
}

function linesOf({ goal, plain, withMomentum }: Pair, smallest: number, largest: number): readonly Line[] {
	const to = describeGoal(goal);
	const steps = (batchSize: number) => ratioOfApart(stepsAt(plain, batchSize), stepsAt(withMomentum, batchSize));
	return [
		lineOf(
			{
				what: `critical batch size, momentum over plain, ${to}`,
				published: "momentum extends perfect scaling to larger batches",
				agreement: "above 1",
			},
			ratioOfApart(withMomentum.findings.fit.criticalBatchSize, plain.findings.fit.criticalBatchSize),
			{ from: 1 },
		),
		lineOf(
			{
				what: `steps at B = ${smallest}, plain over momentum, ${to}`,
				published: "the same at small batches",
				agreement: `within a factor of ${same}`,
			},
			steps(smallest),
			{ from: 1 / same, to: same },
		),
		lineOf(
			{
				what: `steps at B = ${largest.toLocaleString("en")}, plain over momentum, ${to}`,
				published: "more without momentum at large batches",
				agreement: `above ${same}`,
			},
			steps(largest),
			{ from: same },
		),
	];
}

function stepsAt({ findings }: Figures, batchSize: number): Estimate {
	const row = findings.tradeoff.find((one) => one.batchSize === batchSize);
	return row === undefined ? noEstimate : asEstimate(row.steps);
}
