import { type Estimate, noEstimate } from "../../src/analysis/findings.js";
import { describeGoal } from "../../src/core/goal.js";
import type { Figures } from "../../src/experiments/iterations/figures.js";
import { ratioOfApart } from "../../src/experiments/lab/ratio.js";
import { formatInterval } from "../../src/words/numbers.js";
import type { Curve } from "./curves.js";
import type { Exhibit } from "./exhibit.js";
import { published } from "./figures.js";
import { type Line, lineOf } from "./line.js";
import type { LossesPlan } from "./plan.js";

/** Ratios of noise to critical batch size agree that lie within this factor of each other: the paper compares orders of magnitude. */
const factor = 3;

/** What was found on one data set. */
export interface Found {
	readonly plan: LossesPlan;
	readonly curves: readonly Curve[];
}

/** The critical batch size of every goal next to the noise scale of its runs, by plain SGD; and how both grow as the goal gets tighter. */
export function mccandlish(found: readonly Found[]): Exhibit {
	const setting = ({ name, seeds }: LossesPlan) => `${name}, ${seeds.reporting} runs of each`;
	return {
		name: "mccandlish",
		setting: `plain SGD, rates tuned at every size; ${found.map(({ plan }) => setting(plan)).join("; ")}`,
		lines: found.flatMap(linesOf),
	};
}

function linesOf({ plan: { name }, curves }: Found): readonly Line[] {
	const [loosest, tightest] = [curves[0].plain, curves[curves.length - 1].plain];
	const growth = (what: string, of: (figures: Figures) => Estimate): Line =>
		lineOf(
			{ what: `${name}: ${what}, tightest goal over loosest`, published: "grows as the loss falls", agreement: "above 1" },
			ratioOfApart(of(tightest), of(loosest)),
			{ from: 1 },
		);
	return [
		...curves.map((curve) => ratioOf(name, curve)),
		growth("noise scale", ({ prediction }) => prediction?.noise.mean ?? noEstimate),
		growth("critical batch size", ({ findings }) => findings.fit.criticalBatchSize),
	];
}

function ratioOf(name: string, { goal, plain: { prediction, findings } }: Curve): Line {
	const { criticalBatchSize, noiseScale } = published.mccandlish;
	const ratio = noiseScale / criticalBatchSize;
	const line = lineOf(
		{
			what: `${name}: noise scale over critical batch size, ${describeGoal(goal)}`,
			published: `${noiseScale}/${criticalBatchSize} = ${ratio}`,
			agreement: `within a factor of ${factor}`,
		},
		prediction?.ratio ?? noEstimate,
		{ from: ratio / factor, to: ratio * factor },
	);
	if (prediction === null) return line;
	return {
		...line,
		ours: `${line.ours} (${formatInterval(prediction.noise.mean)} over ${formatInterval(findings.fit.criticalBatchSize)})`,
	};
}
