import { noEstimate } from "../../src/analysis/findings.js";
import { meanInterval, paired } from "../../src/analysis/means.js";
import type { Tools } from "../../src/experiments/experiment.js";
import { type Figures, figuresOf } from "../../src/experiments/learning-rate/figures.js";
import { type Result, tasksOf, trainToEnd } from "../../src/experiments/learning-rate/tasks.js";
import type { Exhibit } from "./exhibit.js";
import { published } from "./figures.js";
import { type Line, lineOf, points, type Standing } from "./line.js";
import type { Plan } from "./plan.js";

/** A rate serves where it brings the accuracy this close to the best of all sizes and rates: two points, as in the ledger. */
const close = 0.02;

/**
 * Accuracy after equal epochs over rates and sizes, by the experiment `learning-rate`: where it is best, and how many octaves of rates
 * serve at each size.
 */
export async function mastersLuschi({ rates: settings }: Plan, tools: Tools): Promise<Exhibit> {
	const results: Result[] = [];
	for (const task of tasksOf(settings)) results.push(await trainToEnd(task, tools));
	const figures = figuresOf(settings, results);
	const { from, to } = published.masters;
	const within = figures.best.filter(({ batchSize }) => batchSize >= from && batchSize <= to);
	const beyond = figures.best.filter(({ batchSize }) => batchSize > to);
	const best = [within, beyond].map((sizes) => sizes.reduce((a, b) => ((b.accuracy.estimate ?? 0) > (a.accuracy.estimate ?? 0) ? b : a)));
	const [inside, outside] = best.map(({ batchSize, chosen }) =>
		results
			.filter((run) => run.batchSize === batchSize && run.learningRate === chosen)
			.slice(settings.seeds.tuning)
			.map(({ end }) => end?.validationAccuracy ?? Number.NaN),
	);
	return {
		name: "masters-luschi",
		setting: `digits, plain SGD, ${settings.epochs} epochs at ${settings.rates.length} rates an octave apart, ${settings.seeds.reporting} runs of each`,
		lines: [
			lineOf(
				{
					what: `accuracy at B = ${best[0].batchSize} less that at B = ${best[1].batchSize}, the best sizes up to ${to} and beyond`,
					published: `best between ${from} and ${to}`,
					agreement: "above 0",
				},
				inside.length > 0 ? meanInterval(paired(inside, outside)) : noEstimate,
				{ from: 0 },
				points,
			),
			octaves(figures),
		],
	};
}

/** Octaves that serve, size by size: surely (by the lower ends of the accuracies' intervals) to possibly (by the upper ends). */
function octaves({ cells, best }: Figures): Line {
	const most = Math.max(...cells.map(({ accuracy }) => accuracy.estimate ?? 0));
	const serve = best.map(({ batchSize }) => {
		const own = cells.filter((cell) => cell.batchSize === batchSize);
		const count = (end: "low" | "high") => own.filter(({ accuracy }) => (accuracy[end] ?? 0) >= most - close).length;
		return { batchSize, least: count("low"), most: count("high") };
	});
	const sizes = serve.map(({ batchSize }) => batchSize.toLocaleString("en")).join(", ");
	return {
		what: `octaves of learning rates within ${100 * close} points of the best accuracy, at B = ${sizes}`,
		published: "fewer, the larger the batch",
		ours: serve.map(({ least, most }) => (least === most ? String(least) : `${least}–${most}`)).join(", "),
		agreement: "fewer from each size to the next",
		standing: falls(serve),
	};
}

function falls(serve: readonly { readonly least: number; readonly most: number }[]): Standing {
	const steps = serve.slice(1).map((next, i) => [serve[i], next] as const);
	if (steps.every(([one, next]) => next.most < one.least)) return "agrees";
	return steps.some(([one, next]) => next.least > one.most) ? "differs" : "cannot tell";
}
