import { areaY, axisX, axisY, dot, gridX, gridY, line, ruleX, ruleY } from "@observablehq/plot";
import { type Canvas, draw, element, fontSizeOf } from "./draw.js";
import { type KeyItem, keyHeight, signWidth, writeKey } from "./key.js";
import { textWidth, write } from "./labels.js";
import { type Axis, domainOf, ticksOf } from "./panel-curves.js";
import { theme } from "./theme.js";
import { powersOfTwo, tickNumber, ticksThatFit } from "./ticks.js";
import { makeZoomable } from "./zoomable.js";

/** One measured quantity along the x axis. */
export interface Series {
	readonly name: string;
	readonly color: string;
	/** Where `y` is not a number nothing is drawn; null ends: no interval. */
	readonly points: readonly { readonly x: number; readonly y: number; readonly low: number | null; readonly high: number | null }[];
	/** "measured": dots with their intervals on a line; "theory": a dashed line. */
	readonly kind: "measured" | "theory";
}

export interface SeriesChart {
	readonly title: string;
	readonly series: readonly Series[];
	/** "batch": batch sizes, on powers of two. */
	readonly x: Omit<Axis, "scale"> & { readonly scale: Axis["scale"] | "batch" };
	readonly y: Axis;
	/** Levels across the chart, and places along it, with their names. */
	readonly levels?: readonly { readonly y: number; readonly name: string }[];
	readonly places?: readonly { readonly x: number; readonly name: string }[];
	/** Whether a reader may choose a part of the x axis on it: it then says where its axis lies. */
	readonly isZoomable?: boolean;
}

/**
 * Colours of series that are no batch sizes, to be taken in this order: told apart by lightness as well as by hue, and legible on both
 * papers. None of them is the accent, which is kept for the answer.
 */
export const seriesColors = ["var(--ink, #1b1d22)", "#2b86b5", "#b5651d", "#7a5fb0", "#4d8f3c", "#b04a78"] as const;

/** Quantities with their 95 % intervals against one variable, such as the batch size. */
export function seriesChart(
	canvas: Canvas,
	{ title, series, x, y, levels = [], places = [], isZoomable = false }: SeriesChart,
): SVGSVGElement {
	const size = fontSizeOf(canvas);
	const points = series.flatMap((one) => one.points.map((point) => ({ ...point, name: one.name, color: one.color, kind: one.kind })));
	const drawn = points.filter((point) => Number.isFinite(point.y) && (y.scale === "linear" || point.y > 0));
	const logX = x.scale !== "linear";
	const xAxis: Axis = { title: x.title, scale: logX ? "log" : "linear", ...(x.domain && { domain: x.domain }) };
	const xDomain = domainOf(xAxis, [...drawn.map((point) => point.x), ...places.map((place) => place.x)]);
	const yDomain = domainOf(y, [
		...drawn.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]),
		...levels.map((level) => level.y),
	]);
	const items = key(canvas, series, levels, places);
	const top = keyHeight(canvas, items) + 30;
	const most = ticksThatFit(
		canvas.width - 60,
		Math.max(...xDomain.map((end) => tickNumber(end >= 1 ? Math.round(end) : Number(end.toPrecision(1))).length)),
		size,
	);
	const xTicks = x.scale === "batch" ? powersOfTwo(xDomain[0], xDomain[1], most) : ticksOf(xAxis, xDomain, most);
	const yTicks = ticksOf(y, yDomain, 7);
	const marginLeft = Math.max(54, ...yTicks.map((value) => textWidth(tickNumber(value), size) + 14));
	const measured = drawn.filter((point) => point.kind === "measured");
	const banded = measured.filter((point) => point.low !== null && point.high !== null);
	const colored = (point: { readonly color: string }) => point.color;
	const marginRight = 10;
	const { svg } = draw(
		canvas,
		{ title, description: `${series.map((one) => one.name).join(", ")}: ${y.title} against ${x.title}.` },
		{
			height: top + 44 + (canvas.width < 480 ? 220 : 300),
			marginLeft,
			marginRight,
			marginTop: top,
			marginBottom: 44,
			x: { type: logX ? "log" : "linear", ...(x.scale === "batch" && { base: 2 }), domain: xDomain },
			y: { type: y.scale, domain: yDomain, clamp: true },
			marks: [
				gridX(xTicks, { stroke: theme.grid, strokeOpacity: 1 }),
				gridY(yTicks, { stroke: theme.grid, strokeOpacity: 1 }),
				ruleY(levels, { y: "y", stroke: theme.accent, strokeDasharray: "4,3" }),
				ruleX(places, { x: "x", stroke: theme.accent }),
				areaY(banded, { x: "x", y1: "low", y2: "high", z: "name", fill: colored, fillOpacity: 0.16 }),
				line(
					drawn.filter((point) => point.kind === "theory"),
					{ x: "x", y: "y", z: "name", stroke: colored, strokeDasharray: "5,3", strokeWidth: 1.5 },
				),
				line(measured, { x: "x", y: "y", z: "name", stroke: colored, strokeWidth: 1.75 }),
				ruleX(banded, { x: "x", y1: "low", y2: "high", stroke: colored, strokeWidth: 1.25 }),
				dot(measured, { x: "x", y: "y", r: 3, fill: colored }),
				axisX(xTicks, { text: tickNumber, label: null, tickSize: 0 }),
				axisY(yTicks, { text: tickNumber, label: null, tickSize: 0 }),
			],
		},
	);
	if (isZoomable) {
		makeZoomable(svg, { scale: xAxis.scale, domain: xDomain, frames: [{ left: marginLeft, right: canvas.width - marginRight }] });
	}
	writeKey(canvas, svg, items);
	write(canvas, svg, { text: y.title, x: 0, y: top - 16 });
	write(canvas, svg, { text: x.title, x: canvas.width - 4, y: Number(svg.getAttribute("height")) - 8, anchor: "end" });
	return svg;
}

function key(
	canvas: Canvas,
	series: readonly Series[],
	levels: readonly { readonly name: string }[],
	places: readonly { readonly name: string }[],
): readonly KeyItem[] {
	const path = (attributes: Readonly<Record<string, string | number>>) =>
		element(canvas, "path", { d: `M0,0H${signWidth}`, fill: "none", ...attributes });
	return [
		...series.map(({ name, color, kind }) => ({
			text: name,
			sign:
				kind === "theory"
					? [path({ stroke: color, "stroke-width": 1.5, "stroke-dasharray": "5,3" })]
					: [path({ stroke: color, "stroke-width": 1.75 }), element(canvas, "circle", { cx: signWidth / 2, r: 3, fill: color })],
		})),
		...levels.map(({ name }) => ({ text: name, sign: [path({ stroke: theme.accent, "stroke-dasharray": "4,3" })] })),
		...places.map(({ name }) => ({ text: name, sign: [path({ stroke: theme.accent })] })),
	];
}
