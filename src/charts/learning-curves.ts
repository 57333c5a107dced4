import { areaY, axisX, axisY, dot, line } from "@observablehq/plot";
import type { LearningCurve } from "../analysis/learning-curves.js";
import type { Study } from "../study/study.js";
import { type AxisPart, cutTo, partOfAxis, wholeAxis } from "./axis-part.js";
import { batchColors } from "./batch-colors.js";
import { type CurveLines, type CurvePoint, curveLines } from "./curve-lines.js";
import { type CurveLook, curveMetric, linearDomain } from "./curve-metric.js";
import { curvesKey } from "./curves-key.js";
import { type Canvas, draw, fontSizeOf, isNarrow } from "./draw.js";
import { drawnSets } from "./drawn-sets.js";
import { goalFrame } from "./goal-frame.js";
import { keyHeight, writeKey } from "./key.js";
import { write } from "./labels.js";
import { panels } from "./panels.js";
import { theme } from "./theme.js";
import { logDomain, powersOfTen, tickNumber, tickSeconds, ticksThatFit } from "./ticks.js";
import { withinReach } from "./within-reach.js";
import { makeZoomable } from "./zoomable.js";

/** What is counted along x. */
export type CurveUnit = "steps" | "epochs" | "examples" | "seconds";

/** Which of the runs of a batch size are drawn: their median and the middle half of them, or each as it was. */
export const curveRuns = ["folded", "single"] as const;
export type CurveRuns = (typeof curveRuns)[number];

/** What a reader can choose of learning curves. */
interface CurvesChoice {
	readonly runs: CurveRuns;
	/** Of the axis of x. */
	readonly part: AxisPart;
	/** Of a step at a batch size; must be known where seconds are counted. */
	readonly secondsPerStep: (batchSize: number) => number | null;
	/** Whether a part can be chosen by a drag. */
	readonly isZoomable: boolean;
}

/** What of a study its curves are drawn with. */
type CurveStudy = Pick<Study, "goal" | "batchSizes"> & { readonly data: Pick<Study["data"], "train"> };

/**
 * Learning curves in small multiples: one panel for each batch size, all on the same axes. The runs of a size are one curve, their median,
 * with the middle half of them as a band, and the median of their training metric next to it. Or each run's held-out metric is drawn; the
 * run of median length then stands out, with its training metric. The goal is the line across; a cross ends a run that diverged.
 */
export function learningCurves(
	canvas: Canvas,
	study: CurveStudy,
	curves: readonly LearningCurve[],
	unit: CurveUnit,
	{ runs = "folded", part = wholeAxis, secondsPerStep = () => null, isZoomable = false }: Partial<CurvesChoice> = {},
): SVGSVGElement {
	const metric = curveMetric(study.goal, curves);
	const sizes = [...new Set(curves.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
	const color = batchColors(study.batchSizes);
	const along = {
		steps: (look: CurveLook) => look.step,
		examples: (look: CurveLook) => look.examples,
		epochs: (look: CurveLook) => look.examples / study.data.train,
		seconds: (look: CurveLook, batchSize: number) => look.step * (secondsPerStep(batchSize) ?? Number.NaN),
	};
	const lines = curveLines(curves, runs, along[unit], metric.drawn);
	const places = [...lines.strong, ...lines.training, ...lines.faint].flatMap((line) => line.map(({ x }) => x));
	const x = partOfAxis(logDomain(places, 1), part);
	const { strong, training, faint } = cutLines(lines, x);
	const ends = lines.ends.filter((end) => end.x >= x[0] && end.x <= x[1]);
	const band = strong.filter(({ low }) => low !== null);

	const drawnPoints = [...strong, ...training, ...faint];
	const resolution = 1 / Math.max(study.data.train, 1);
	const values = [
		...drawnPoints
			.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y])
			.map((y) => (metric.scale === "log" ? Math.max(y, resolution) : y)),
		metric.goal,
	];
	const reach = metric.reverse ? undefined : withinReach(values, metric.scale); // shares have an end of their own
	const shown = reach ? [...reach, metric.goal] : values;
	const y = metric.scale === "log" ? logDomain(shown, 1.1) : linearDomain(shown);
	const inRange = (value: number) => Math.max(value, y[0]);

	const narrow = isNarrow(canvas);
	const small = panels(canvas, sizes, 48, null, false);
	const grid = { ...small.facet, x: "x", z: "run" };
	const drawn = drawnSets(study, curves);
	const items = curvesKey(canvas, study.goal, {
		...drawn,
		runs,
		heldOutName: metric.heldOut,
		several: curves.length > sizes.length,
		diverged: ends.length > 0,
	});
	const top = keyHeight(canvas, items) + 42;
	const size = fontSizeOf(canvas);
	const tick = unit === "seconds" ? tickSeconds : tickNumber;
	const longest = Math.max(...x.map((end) => tick(Number(end.toPrecision(1))).length));
	const xTicks = powersOfTen(x[0], x[1], ticksThatFit(small.width, longest, size));
	const yTicks = metric.ticks(y[0], y[1]);
	const heldOut = { ...grid, y: (point: CurvePoint) => inRange(point.y), stroke: (point: CurvePoint) => color(point.batchSize) };
	const {
		svg,
		x: pixel,
		columns,
	} = draw(
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
				areaY(band, {
					...grid,
					y1: ({ y: middle, low }: CurvePoint) => inRange(low ?? middle),
					y2: ({ y: middle, high }: CurvePoint) => inRange(high ?? middle),
					fill: ({ batchSize }: CurvePoint) => color(batchSize),
					fillOpacity: 0.22,
				}),
				line(faint, { ...heldOut, strokeOpacity: 0.3, strokeWidth: 1 }),
				line(training, { ...heldOut, stroke: theme.muted, strokeDasharray: "2,2", strokeWidth: 1.25 }),
				line(strong, { ...heldOut, strokeWidth: 2 }),
				dot(ends, { ...heldOut, symbol: "times", r: 4, stroke: theme.ink, strokeWidth: 1.5 }),
				small.titles,
				axisX(xTicks, { text: tick, label: null, tickSize: 0 }),
				axisY(yTicks, { text: metric.tick, label: null, tickSize: 0 }),
			],
		},
	);
	if (isZoomable) {
		const frames = columns.map((shift) => ({ left: pixel(x[0]) + shift, right: pixel(x[1]) + shift }));
		makeZoomable(svg, { scale: "log", domain: x, frames, fields: "curves-" });
	}
	writeKey(canvas, svg, items);
	write(canvas, svg, { text: metric.title, x: 0, y: top - 32 });
	write(canvas, svg, {
		text: { steps: "steps", epochs: "epochs", examples: "examples used", seconds: "time since the start of a run" }[unit],
		x: canvas.width - 4,
		y: Number(svg.getAttribute("height")) - 8,
		anchor: "end",
	});
	return svg;
}

/** Every line as far as it lies on the axis, as the points of all of them. */
function cutLines({ strong, training, faint }: CurveLines, x: readonly [number, number]) {
	const between = (a: number | null, b: number | null, share: number) => (a === null || b === null ? null : a + share * (b - a));
	const cut = (lines: readonly (readonly CurvePoint[])[]) =>
		lines.flatMap((line) =>
			cutTo(line, x, (a, b, share) => ({
				...a,
				x: a.x * (b.x / a.x) ** share,
				y: a.y + share * (b.y - a.y),
				low: between(a.low, b.low, share),
				high: between(a.high, b.high, share),
			})),
		);
	return { strong: cut(strong), training: cut(training), faint: cut(faint) };
}
