import { axisX, axisY, dot, line } from "@observablehq/plot";
import type { LearningCurve } from "../analysis/learning-curves.js";
import { type Goal, goalSet } from "../core/goal.js";
import type { Study } from "../study/study.js";
import { batchColors } from "./batch-colors.js";
import { type CurveLook, curveMetric, linearDomain } from "./curve-metric.js";
import { type Canvas, draw, element, fontSizeOf, isNarrow } from "./draw.js";
import { goalFrame } from "./goal-frame.js";
import { type KeyItem, keyHeight, signWidth, writeKey } from "./key.js";
import { write } from "./labels.js";
import { panels } from "./panels.js";
import { theme } from "./theme.js";
import { logDomain, powersOfTen, tickNumber, ticksThatFit } from "./ticks.js";
import { withinReach } from "./within-reach.js";

/** What is counted along x. */
export type CurveUnit = "steps" | "epochs" | "examples";

type Look = CurveLook;

/** A look of a run, in one panel. */
interface Point {
	readonly batchSize: number;
	/** Names the run within its panel. */
	readonly run: number;
	readonly x: number;
	readonly y: number;
}

/** What of a study its curves are drawn with. */
type CurveStudy = Pick<Study, "goal" | "batchSizes"> & { readonly data: Pick<Study["data"], "train"> };

/**
 * Learning curves in small multiples: one panel for each batch size, all on the same axes. Each reporting run's held-out metric is drawn;
 * the run of median length stands out, with its training metric next to it. The goal is the line across; a cross ends a run that diverged.
 */
export function learningCurves(canvas: Canvas, study: CurveStudy, curves: readonly LearningCurve[], unit: CurveUnit): SVGSVGElement {
	const metric = curveMetric(study.goal, curves);
	const sizes = [...new Set(curves.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
	const color = batchColors(study.batchSizes);
	const along = {
		steps: (look: Look) => look.step,
		examples: (look: Look) => look.examples,
		epochs: (look: Look) => look.examples / study.data.train,
	};
	const runs = curves.map((curve) => ({
		curve,
		held: pointsOf(curve, along[unit], (look) => metric.drawn(look, "validation")),
		train: pointsOf(curve, along[unit], (look) => metric.drawn(look, "train")),
	}));
	const strong = runs.filter(({ curve }) => curve.isMedian);
	const faint = runs.filter(({ curve }) => !curve.isMedian);

	const all = [...strong.flatMap(({ held, train }) => [...held, ...train]), ...faint.flatMap(({ held }) => held)];
	const x = logDomain(
		all.map((point) => point.x),
		1,
	);
	const resolution = 1 / Math.max(study.data.train, 1);
	const values = [...all.map((point) => (metric.scale === "log" ? Math.max(point.y, resolution) : point.y)), metric.goal];
	const reach = metric.reverse ? undefined : withinReach(values, metric.scale); // shares have an end of their own
	const shown = reach ? [...reach, metric.goal] : values;
	const y = metric.scale === "log" ? logDomain(shown, 1.1) : linearDomain(shown);
	const inRange = (points: readonly Point[]) => points.map((point) => ({ ...point, y: Math.max(point.y, y[0]) }));
	const ends = runs.flatMap(({ held, curve }) => (curve.outcome === "diverged" ? held.slice(-1) : []));

	const narrow = isNarrow(canvas);
	const small = panels(canvas, sizes, 48, null, false);
	const grid = small.facet;
	const drawn = drawnSets(study, curves);
	const items = key(canvas, study.goal, { ...drawn, heldOutName: metric.heldOut, others: faint.length > 0, diverged: ends.length > 0 });
	const top = keyHeight(canvas, items) + 42;
	const size = fontSizeOf(canvas);
	const longest = Math.max(...x.map((end) => tickNumber(Number(end.toPrecision(1))).length));
	const xTicks = powersOfTen(x[0], x[1], ticksThatFit(small.width, longest, size));
	const yTicks = metric.ticks(y[0], y[1]);
	const { svg } = draw(
		canvas,
		{
			title: `Learning curves against ${unit}`,
			description: `One panel for each batch size (${sizes.map(tickNumber).join(", ")}): ${metric.name} on ${[...(drawn.heldOut ? ["held-out"] : []), ...(drawn.training ? ["training"] : [])].join(" and ")} examples, ${unit} on a logarithmic axis.`,
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
			y: { type: metric.scale, domain: y, reverse: metric.reverse, clamp: true },
			marks: [
				...goalFrame(xTicks, yTicks, metric.goal),
				line(
					faint.flatMap(({ held }) => inRange(held)),
					{ ...grid, x: "x", y: "y", z: "run", stroke: (point: Point) => color(point.batchSize), strokeOpacity: 0.3, strokeWidth: 1 },
				),
				line(
					strong.flatMap(({ train }) => inRange(train)),
					{ ...grid, x: "x", y: "y", z: "run", stroke: theme.muted, strokeDasharray: "2,2", strokeWidth: 1.25 },
				),
				line(
					strong.flatMap(({ held }) => inRange(held)),
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
const pointsOf = (curve: LearningCurve, along: (look: Look) => number, drawn: (look: Look) => number | undefined): Point[] =>
	curve.looks.flatMap((look) => {
		const y = drawn(look);
		return y === undefined ? [] : [{ batchSize: curve.batchSize, run: curve.seedIndex, x: along(look), y }];
	});

/** Of which examples there is anything to draw: of those trained on, the run of median length alone is drawn. */
export function drawnSets(
	{ goal }: Pick<Study, "goal">,
	curves: readonly LearningCurve[],
): { readonly training: boolean; readonly heldOut: boolean } {
	const { drawn } = curveMetric(goal, curves);
	const any = (set: "train" | "validation") => curves.some(({ looks }) => looks.some((look) => drawn(look, set) !== undefined));
	return { training: any("train"), heldOut: any("validation") };
}

interface Drawn extends ReturnType<typeof drawnSets> {
	/** More than one run in a panel. */
	readonly others: boolean;
	readonly diverged: boolean;
	readonly heldOutName: string;
}

function key(canvas: Canvas, goal: Goal, { training, heldOut, heldOutName, others, diverged }: Drawn): readonly KeyItem[] {
	const rule = (attributes: Readonly<Record<string, string | number>>) =>
		element(canvas, "path", { d: `M0,0H${signWidth}`, stroke: theme.ink, fill: "none", ...attributes });
	const bound = goal.atLeast ?? goal.atMost ?? 0;
	return [
		...(heldOut ? [{ text: `${heldOutName}, median run`, sign: [rule({ "stroke-width": 2 })] }] : []),
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
