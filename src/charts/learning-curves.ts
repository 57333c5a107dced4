import { axisX, axisY, dot, gridX, gridY, line, ruleY } from "@observablehq/plot";
import { type Goal, goalSet } from "../core/goal.js";
import type { Evaluation, FinishedTrial, MetricName } from "../core/trial.js";
import type { Study } from "../study/study.js";
import { batchColors } from "./batch-colors.js";
import { type Canvas, draw, element, fontSizeOf, isNarrow } from "./draw.js";
import { type KeyItem, keyHeight, signWidth, writeKey } from "./key.js";
import { write } from "./labels.js";
import { panels } from "./panels.js";
import { theme } from "./theme.js";
import { logDomain, powersOfTen, tickNumber, ticksThatFit } from "./ticks.js";

/** What is counted along x. */
export type CurveUnit = "steps" | "epochs" | "examples";

/** A look of a run, in one panel. */
interface Point {
	readonly batchSize: number;
	/** Names the run within its panel. */
	readonly run: number;
	readonly x: number;
	readonly y: number;
}

/** How the metric is drawn: a loss on a logarithmic axis, an accuracy on one that stretches towards 1 (logarithmic in what is missing). */
interface Metric {
	readonly kind: "loss" | "accuracy" | "error";
	/** What is drawn, larger is worse, from what was measured. */
	readonly drawn: (evaluation: Evaluation, set: "train" | "validation") => number | undefined;
	readonly goal: number;
	readonly title: string;
	readonly tick: (drawn: number) => string;
	/** Whether small is up. */
	readonly reverse: boolean;
}

function metricOf(goal: Goal): Metric {
	const kind = goal.metric.split(".")[1] as Metric["kind"];
	const read = (evaluation: Evaluation, name: MetricName) => evaluation.metrics[name];
	if (kind === "loss") {
		return {
			kind,
			drawn: (evaluation, set) => read(evaluation, `${set}.loss`),
			goal: goal.atMost ?? Number.NaN,
			title: "loss",
			tick: tickNumber,
			reverse: false,
		};
	}
	return {
		kind,
		drawn: (evaluation, set) => {
			const accuracy = read(evaluation, `${set}.accuracy`);
			return accuracy === undefined ? undefined : 1 - accuracy;
		},
		goal: goal.atLeast === undefined ? (goal.atMost ?? Number.NaN) : 1 - goal.atLeast,
		title: kind === "accuracy" ? "accuracy (axis stretched towards 1)" : "error",
		tick: kind === "accuracy" ? (error) => tickNumber(1 - error) : tickNumber,
		reverse: kind === "accuracy",
	};
}

/** What of a study its curves are drawn with. */
type CurveStudy = Pick<Study, "goal" | "batchSizes"> & { readonly data: Pick<Study["data"], "train"> };

/** Runs drawn at one batch size, at most: more are a smear, and a page too large to open. */
export const mostRuns = 12;

/**
 * What is drawn: the reporting runs that kept their learning curves, at each batch size the run of median length and the first of the others, with no more
 * looks than can be told apart. Reads each run's looks once: where a chart is drawn in several units, hand it these.
 */
export function curveTrials(trials: readonly FinishedTrial[]): readonly FinishedTrial[] {
	const bySize = new Map<number, FinishedTrial[]>();
	for (const trial of trials) {
		const { spec, result } = trial;
		if (spec.phase !== "reporting" || !spec.curves || result.steps === 0) continue;
		const runs = bySize.get(spec.batchSize);
		if (runs) runs.push(trial);
		else bySize.set(spec.batchSize, [trial]);
	}
	return [...bySize.values()].flatMap((runs) => {
		const strong = medianRun(runs);
		const drawn = [strong, ...runs.filter((run) => run !== strong).slice(0, mostRuns - 1)];
		return drawn.map(thinned).filter(({ result }) => result.evaluations.length > 0);
	});
}

/** The run with about sixty of its looks, evenly along a logarithmic axis, the last always among them. */
function thinned({ spec, result }: FinishedTrial): FinishedTrial {
	const { outcome, steps, examples, first, sustained, evaluations: all, probes, seconds, message } = result; // not `...result`: that would read all looks again
	const looks = all.filter(({ metrics }) => Object.keys(metrics).length > 0);
	let next = 0;
	const evaluations = looks.filter(({ step }, i) => {
		if (step < next && i < looks.length - 1) return false;
		next = step * 1.12;
		return true;
	});
	return { spec, result: { outcome, steps, examples, first, sustained, evaluations, probes, seconds, message } };
}

/**
 * Learning curves in small multiples: one panel for each batch size, all on the same axes. Each reporting run's held-out metric is drawn; the run
 * of median length stands out, with its training metric beside it. The goal is the line across; a cross ends a run that diverged.
 */
export function learningCurves(canvas: Canvas, study: CurveStudy, trials: readonly FinishedTrial[], unit: CurveUnit): SVGSVGElement {
	const curves = curveTrials(trials);
	const metric = metricOf(study.goal);
	const sizes = [...new Set(curves.map(({ spec }) => spec.batchSize))].sort((a, b) => a - b);
	const color = batchColors(study.batchSizes);
	const along = {
		steps: (e: Evaluation) => e.step,
		examples: (e: Evaluation) => e.examples,
		epochs: (e: Evaluation) => e.examples / study.data.train,
	};
	const runs = curves.map((trial) => ({
		trial,
		held: pointsOf(trial, along[unit], (e) => metric.drawn(e, "validation")),
		train: pointsOf(trial, along[unit], (e) => metric.drawn(e, "train")),
	}));
	const strong = new Set(sizes.map((size) => medianRun(curves.filter(({ spec }) => spec.batchSize === size))));

	const all = runs.flatMap(({ held, train, trial }) => (strong.has(trial) ? [...held, ...train] : held));
	const x = logDomain(
		all.map((point) => point.x),
		1,
	);
	const resolution = 1 / Math.max(study.data.train, 1);
	const y = logDomain([...all.map((point) => Math.max(point.y, resolution)), metric.goal], 1.1);
	const inRange = (points: readonly Point[]) => points.map((point) => ({ ...point, y: Math.max(point.y, y[0]) }));
	const ends = runs.flatMap(({ held, trial }) => (trial.result.outcome === "diverged" ? held.slice(-1) : []));

	const narrow = isNarrow(canvas);
	const small = panels(canvas, sizes, 48, null, false);
	const grid = small.facet;
	const drawn = drawnSets(study, curves);
	const others = runs.some(({ trial }) => !strong.has(trial));
	const items = key(canvas, study.goal, { ...drawn, others, diverged: ends.length > 0 });
	const top = keyHeight(canvas, items) + 42;
	const size = fontSizeOf(canvas);
	const longest = Math.max(...x.map((end) => tickNumber(Number(end.toPrecision(1))).length));
	const xTicks = powersOfTen(x[0], x[1], ticksThatFit(small.width, longest, size));
	const yTicks = ticksOf(metric, y);
	const { svg } = draw(
		canvas,
		{
			title: `Learning curves against ${unit}`,
			description: `One panel for each batch size (${sizes.map(tickNumber).join(", ")}): ${metric.kind} on ${[...(drawn.heldOut ? ["held-out"] : []), ...(drawn.training ? ["training"] : [])].join(" and ")} examples, ${unit} on a logarithmic axis.`,
		},
		{
			height: top + 40 + small.rows * (narrow ? 120 : 140),
			marginLeft: 44,
			marginRight: 4,
			marginTop: top,
			marginBottom: 40,
			fx: small.fx,
			fy: { ...small.fy, padding: 0.2 },
			x: { type: "log", domain: x },
			y: { type: "log", domain: y, reverse: metric.reverse, clamp: true },
			marks: [
				gridX(xTicks, { stroke: theme.grid, strokeOpacity: 1 }),
				gridY(yTicks, { stroke: theme.grid, strokeOpacity: 1 }),
				ruleY([metric.goal], { stroke: theme.accent, strokeDasharray: "4,3" }),
				line(
					runs.filter(({ trial }) => !strong.has(trial)).flatMap(({ held }) => inRange(held)),
					{ ...grid, x: "x", y: "y", z: "run", stroke: (point: Point) => color(point.batchSize), strokeOpacity: 0.3, strokeWidth: 1 },
				),
				line(
					runs.filter(({ trial }) => strong.has(trial)).flatMap(({ train }) => inRange(train)),
					{ ...grid, x: "x", y: "y", z: "run", stroke: theme.muted, strokeDasharray: "2,2", strokeWidth: 1.25 },
				),
				line(
					runs.filter(({ trial }) => strong.has(trial)).flatMap(({ held }) => inRange(held)),
					{ ...grid, x: "x", y: "y", z: "run", stroke: (point: Point) => color(point.batchSize), strokeWidth: 2 },
				),
				dot(inRange(ends), { ...grid, x: "x", y: "y", symbol: "times", r: 4, stroke: theme.ink, strokeWidth: 1.5 }),
				small.titles,
				axisX(xTicks, { text: tickNumber, label: null, tickSize: 0 }),
				axisY(yTicks, { text: metric.tick, label: null, tickSize: 0 }),
			],
		},
	);
	writeKey(canvas, svg, items);
	write(canvas, svg, { text: metric.title, x: 0, y: top - 32 });
	write(canvas, svg, {
		text: unit === "examples" ? "examples used" : unit,
		x: canvas.width - 4,
		y: Number(svg.getAttribute("height")) - 8,
		anchor: "end",
	});
	return svg;
}

/** The looks of one run at which the metric was measured. */
const pointsOf = (trial: FinishedTrial, along: (e: Evaluation) => number, drawn: (e: Evaluation) => number | undefined): Point[] =>
	trial.result.evaluations.flatMap((evaluation) => {
		const y = drawn(evaluation);
		return y === undefined ? [] : [{ batchSize: trial.spec.batchSize, run: trial.spec.seedIndex, x: along(evaluation), y }];
	});

/** The run of median steps-to-target; a run that missed or diverged counts as longer than any that reached the goal. */
function medianRun(trials: readonly FinishedTrial[]): FinishedTrial {
	const steps = ({ result }: FinishedTrial) => result.first?.step ?? Number.POSITIVE_INFINITY;
	const order = [...trials].sort((a, b) => (steps(a) < steps(b) ? -1 : steps(a) > steps(b) ? 1 : a.spec.seedIndex - b.spec.seedIndex));
	return order[Math.floor((order.length - 1) / 2)];
}

/** Tick places of y. An accuracy's are those at which readers know their way: 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, … */
function ticksOf(metric: Metric, [low, high]: readonly [number, number]): number[] {
	if (metric.kind === "loss") return powersOfTen(low, high, 6);
	const decades = [1, 0.1, 0.01, 0.001];
	return decades.flatMap((decade) => [decade, decade / 2, decade / 5]).filter((tick) => tick >= low && tick <= high);
}

/** Of which examples there is anything to draw: of those trained on, the run of median length alone is drawn. */
export function drawnSets(
	{ goal }: Pick<Study, "goal">,
	trials: readonly FinishedTrial[],
): { readonly training: boolean; readonly heldOut: boolean } {
	const { drawn } = metricOf(goal);
	const any = (set: "train" | "validation") =>
		trials.some(({ result }) => result.evaluations.some((evaluation) => drawn(evaluation, set) !== undefined));
	return { training: any("train"), heldOut: any("validation") };
}

interface Drawn extends ReturnType<typeof drawnSets> {
	/** More than one run in a panel. */
	readonly others: boolean;
	readonly diverged: boolean;
}

function key(canvas: Canvas, goal: Goal, { training, heldOut, others, diverged }: Drawn): readonly KeyItem[] {
	const rule = (attributes: Readonly<Record<string, string | number>>) =>
		element(canvas, "path", { d: `M0,0H${signWidth}`, stroke: theme.ink, fill: "none", ...attributes });
	const bound = goal.atLeast ?? goal.atMost ?? 0;
	return [
		...(heldOut ? [{ text: "held-out, median run", sign: [rule({ "stroke-width": 2 })] }] : []),
		...(heldOut && others ? [{ text: "the other runs", sign: [rule({ "stroke-opacity": 0.35 })] }] : []),
		...(training
			? [{ text: "training, median run", sign: [rule({ stroke: theme.muted, "stroke-dasharray": "2,2", "stroke-width": 1.25 })] }]
			: []),
		{
			text: `goal${goalSet(goal) === "train" ? " (training)" : ""}: ${tickNumber(bound)}`,
			sign: [rule({ stroke: theme.accent, "stroke-dasharray": "4,3" })],
		},
		...(diverged ? [{ text: "diverged", sign: [rule({ d: "M5,-4L13,4M5,4L13,-4", "stroke-width": 1.5 })] }] : []),
	];
}
