import { axisX, axisY, dot, gridX, gridY, line, ruleY, text } from "@observablehq/plot";
import { type Canvas, draw, element, fontSizeOf, isNarrow } from "./draw.js";
import { type KeyItem, keyHeight, signWidth, writeKey } from "./key.js";
import { textWidth, write } from "./labels.js";
import { theme } from "./theme.js";
import { logDomain, multiplesOf, powersOfTen, tickNumber, ticksThatFit } from "./ticks.js";

/** One line of a panel; places where it is not a number break it. */
export interface CurveLine {
	readonly points: readonly (readonly [x: number, y: number])[];
	/** "strong": the one to read; "faint": the others it stands for; "compared": what it is compared with, dashed. */
	readonly weight: "strong" | "faint" | "compared";
	/** Instead of the panel's colour. */
	readonly color?: string;
}

export interface CurvePanel {
	readonly title: string;
	readonly color: string;
	readonly lines: readonly CurveLine[];
	/** Single points to see the lines by, such as published figures. */
	readonly dots?: readonly (readonly [x: number, y: number])[];
}

export interface Axis {
	readonly title: string;
	readonly scale: "linear" | "log";
	/** By default from the least to the greatest that is drawn. */
	readonly domain?: readonly [number, number];
}

export interface PanelCurves {
	readonly title: string;
	readonly panels: readonly CurvePanel[];
	readonly x: Axis;
	readonly y: Axis;
	/** A level across all panels. */
	readonly level?: number;
	/** What each sign means, for those that occur. */
	readonly names: {
		readonly strong: string;
		readonly faint?: string;
		readonly compared?: string;
		readonly dots?: string;
		readonly level?: string;
	};
}

interface Placed {
	readonly column: number;
	readonly row: number;
	readonly x: number;
	readonly y: number;
	readonly z: string;
	readonly color: string;
}

/** Curves in small multiples on the same axes, one panel for each of what is compared. */
export function panelCurves(canvas: Canvas, { title, panels, x, y, level, names }: PanelCurves): SVGSVGElement {
	const narrow = isNarrow(canvas);
	const size = fontSizeOf(canvas);
	const rows = Math.ceil(panels.length / (narrow ? 2 : 4));
	const columns = Math.ceil(panels.length / rows);
	const at = (i: number) => ({ column: i % columns, row: Math.floor(i / columns) });
	const placed = (weight: CurveLine["weight"]): Placed[] =>
		panels.flatMap(({ lines, color }, i) =>
			lines.flatMap((one, j) =>
				one.weight === weight ? one.points.map(([px, py]) => ({ ...at(i), x: px, y: py, z: `${i} ${j}`, color: one.color ?? color })) : [],
			),
		);
	const dots = panels.flatMap(({ dots: own = [], color }, i) => own.map(([px, py]) => ({ ...at(i), x: px, y: py, color })));
	const [strong, faint, compared] = [placed("strong"), placed("faint"), placed("compared")];
	const every = [...strong, ...faint, ...compared, ...dots];
	const xDomain = domainOf(
		x,
		every.map((point) => point.x),
	);
	const yDomain = domainOf(y, [...every.map((point) => point.y), ...(level === undefined ? [] : [level])]);
	const items = key(canvas, names);
	const top = keyHeight(canvas, items) + 44;
	const yTicks = ticksOf(y, yDomain, 6);
	const left = Math.max(48, 12 + Math.max(...yTicks.map((tick) => textWidth(tickNumber(tick), size))));
	const width = ((canvas.width - left - 4) / columns) * 0.92;
	// One at the very end would stand on the first of the next panel.
	const xTicks = ticksOf(x, xDomain, ticksThatFit(width, longest(xDomain), size)).filter((tick) => columns === 1 || tick < xDomain[1]);
	const facet = { fx: "column", fy: "row" } as const;
	const { svg } = draw(
		canvas,
		{ title, description: `One panel each for ${panels.map((panel) => panel.title).join(", ")}: ${y.title} against ${x.title}.` },
		{
			height: top + 42 + rows * (narrow ? 124 : 150),
			marginLeft: left,
			marginRight: 4,
			marginTop: top,
			marginBottom: 42,
			fx: { axis: null, padding: 0.08 },
			fy: { axis: null, padding: 0.22 },
			x: { type: x.scale, domain: xDomain },
			y: { type: y.scale, domain: yDomain, clamp: true },
			marks: [
				gridX(xTicks, { stroke: theme.grid, strokeOpacity: 1 }),
				gridY(yTicks, { stroke: theme.grid, strokeOpacity: 1 }),
				level === undefined ? null : ruleY([level], { stroke: theme.accent, strokeDasharray: "4,3" }),
				line(faint, { ...facet, x: "x", y: "y", z: "z", stroke: (p: Placed) => p.color, strokeOpacity: 0.22, strokeWidth: 1 }),
				line(compared, { ...facet, x: "x", y: "y", z: "z", stroke: theme.muted, strokeDasharray: "2,2", strokeWidth: 1.25 }),
				line(strong, { ...facet, x: "x", y: "y", z: "z", stroke: (p: Placed) => p.color, strokeWidth: 2 }),
				dot(dots, { ...facet, x: "x", y: "y", r: 4, fill: theme.paper, stroke: theme.accent, strokeWidth: 2 }),
				text(
					panels.map((panel, i) => ({ ...at(i), title: panel.title })),
					{ ...facet, frameAnchor: "top-left", dy: -size - 3, text: "title", fill: theme.ink, fontWeight: 600 },
				),
				axisX(xTicks, { text: tickNumber, label: null, tickSize: 0 }),
				axisY(yTicks, { text: tickNumber, label: null, tickSize: 0 }),
			],
		},
	);
	writeKey(canvas, svg, items);
	write(canvas, svg, { text: y.title, x: 0, y: top - 32 });
	write(canvas, svg, { text: x.title, x: canvas.width - 4, y: Number(svg.getAttribute("height")) - 8, anchor: "end" });
	return svg;
}

/** The axis' own domain, else what the values span, with a little air on a linear axis. */
export function domainOf({ scale, domain }: Axis, values: readonly number[]): [number, number] {
	if (domain) return [domain[0], domain[1]];
	if (scale === "log") return logDomain(values, 1.1);
	const finite = values.filter(Number.isFinite);
	const [low, high] = [Math.min(...finite), Math.max(...finite)];
	const air = (high - low) * 0.04 || 1;
	return [low >= 0 && low < air * 6 ? 0 : low - air, high + air];
}

/** At most `most` round places within the domain. */
export function ticksOf({ scale }: Axis, [low, high]: readonly [number, number], most: number): number[] {
	if (scale === "log") return powersOfTen(low, high, most);
	const rough = (high - low) / Math.max(1, most - 1);
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * 0.999) ?? 10 * power;
	return multiplesOf(step, low, high);
}

const longest = (domain: readonly number[]): number => Math.max(...domain.map((end) => tickNumber(Number(end.toPrecision(2))).length));

function key(canvas: Canvas, names: PanelCurves["names"]): readonly KeyItem[] {
	const rule = (attributes: Readonly<Record<string, string | number>>) =>
		element(canvas, "path", { d: `M0,0H${signWidth}`, stroke: theme.ink, fill: "none", ...attributes });
	const items: (KeyItem | null)[] = [
		{ text: names.strong, sign: [rule({ "stroke-width": 2 })] },
		names.faint ? { text: names.faint, sign: [rule({ "stroke-opacity": 0.35 })] } : null,
		names.compared
			? { text: names.compared, sign: [rule({ stroke: theme.muted, "stroke-dasharray": "2,2", "stroke-width": 1.25 })] }
			: null,
		names.dots
			? {
					text: names.dots,
					sign: [element(canvas, "circle", { cx: signWidth / 2, r: 4, fill: theme.paper, stroke: theme.accent, "stroke-width": 2 })],
				}
			: null,
		names.level ? { text: names.level, sign: [rule({ stroke: theme.accent, "stroke-dasharray": "4,3" })] } : null,
	];
	return items.filter((item) => item !== null);
}
