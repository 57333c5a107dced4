import { axisX, axisY, dot, gridY, line, ruleX, text } from "@observablehq/plot";
import type { ComparisonFinding, ComparisonRow } from "../analysis/findings.js";
import { batchColors } from "./batch-colors.js";
import { type Canvas, draw, element, fontSizeOf, isNarrow } from "./draw.js";
import { type KeyItem, keyHeight, signWidth, writeKey } from "./key.js";
import { write } from "./labels.js";
import { theme } from "./theme.js";
import { logDomain, powersOfTwo, tickNumber, tickSeconds, ticksThatFit } from "./ticks.js";

/** A measured size and the panel it stands in. */
interface Point extends ComparisonRow {
	readonly panel: number;
	readonly middle: number;
	readonly low: number;
	readonly high: number;
}

/**
 * The held-out metric at the end of the budget against the batch size: one panel for equal epochs, one for equal steps, one for equal
 * seconds, side by side (below one another where it is narrow) on the same axes, medians with their 95 % intervals. The best size of each
 * panel is ringed, and in a thinner line those that can't be told apart from it.
 */
export function comparisonsChart(canvas: Canvas, comparisons: readonly ComparisonFinding[]): SVGSVGElement {
	const narrow = isNarrow(canvas);
	const size = fontSizeOf(canvas);
	const points = comparisons.flatMap(({ rows }, panel) => rows.flatMap((row) => pointOf(row, panel)));
	const sizes = [...new Set(comparisons.flatMap(({ rows }) => rows.map((row) => row.batchSize)))].sort((a, b) => a - b);
	const color = batchColors(sizes);
	const panels = comparisons.map((_, panel) => ({ panel }));
	const facet = narrow ? { fy: "panel" } : { fx: "panel" };
	const width = (canvas.width - 54) / (narrow ? 1 : comparisons.length);
	const xTicks = powersOfTwo(sizes[0], sizes[sizes.length - 1], ticksThatFit(width * 0.9, 5, size));
	const items = key(canvas, points);
	const top = keyHeight(canvas, items) + 44;
	const position = { ...facet, x: "batchSize", y: "middle" } as const;
	const metric = comparisons[0]?.metric ?? "";
	const { svg } = draw(
		canvas,
		{
			title: `${metric} at equal budgets`,
			description: comparisons.map((comparison) => describe(comparison)).join(" "),
		},
		{
			height: top + 38 + (narrow ? comparisons.length * 168 : 210),
			marginLeft: 46,
			marginRight: 8,
			marginTop: top,
			marginBottom: 38,
			fx: { axis: null, padding: 0.08 },
			fy: { axis: null, padding: 0.2 },
			x: { type: "log", base: 2, domain: logDomain(sizes, 1.4) },
			y: { domain: domainOf(points), nice: true },
			marks: [
				gridY({ ticks: 5, stroke: theme.grid, strokeOpacity: 1 }),
				line(points, { ...position, z: "panel", stroke: theme.faint, strokeWidth: 1 }),
				ruleX(points, { ...facet, x: "batchSize", y1: "low", y2: "high", stroke: (at: Point) => color(at.batchSize), strokeWidth: 2.5 }),
				dot(points, { ...position, r: 3.5, fill: (at: Point) => color(at.batchSize) }),
				ring(points, "even", position),
				ring(points, "best", position),
				text(panels, {
					...facet,
					frameAnchor: "top-left",
					dy: -size - 5,
					text: ({ panel }: { readonly panel: number }) => titleOf(comparisons[panel]),
					fill: theme.ink,
					fontWeight: 600,
				}),
				axisX(xTicks, { text: tickNumber, label: null, tickSize: 0 }),
				axisY({ ticks: 5, label: null, tickSize: 0 }),
			],
		},
	);
	writeKey(canvas, svg, items);
	write(canvas, svg, { text: metric, x: 0, y: top - 34 });
	write(canvas, svg, { text: "batch size", x: canvas.width - 8, y: Number(svg.getAttribute("height")) - 8, anchor: "end" });
	return svg;
}

function pointOf(row: ComparisonRow, panel: number): Point[] {
	const { median, low, high } = row.value;
	return median === null ? [] : [{ ...row, panel, middle: median, low: low ?? median, high: high ?? median }];
}

/** The metric's range over all panels, a twentieth wider on both sides. */
function domainOf(points: readonly Point[]): readonly [number, number] {
	if (points.length === 0) return [0, 1];
	const low = Math.min(...points.map((point) => point.low));
	const high = Math.max(...points.map((point) => point.high));
	const margin = (high - low || 0.1) / 20;
	return [low - margin, high + margin];
}

const ringRadius = 6.5;
const ringWidth = { best: 2, even: 1 } as const;

const ring = (points: readonly Point[], standing: "best" | "even", position: { readonly x: string; readonly y: string }) =>
	dot(
		points.filter((point) => point.standing === standing),
		{ ...position, r: ringRadius, stroke: theme.accent, strokeWidth: ringWidth[standing] },
	);

/** `10 epochs each`. */
function titleOf({ comparison, amount }: ComparisonFinding): string {
	if (comparison === "seconds") return amount === null ? "equal seconds" : `${tickSeconds(amount)} each`;
	return `${tickNumber(amount ?? 0)} ${comparison} each`;
}

const describe = (finding: ComparisonFinding): string =>
	`${titleOf(finding)}: ${finding.rows
		.flatMap(({ batchSize, value }) => (value.median === null ? [] : [`batch size ${tickNumber(batchSize)} ${tickNumber(value.median)}`]))
		.join(", ")}.`;

function key(canvas: Canvas, points: readonly Point[]): readonly KeyItem[] {
	const middle = signWidth / 2;
	const circle = (attributes: Readonly<Record<string, string | number>>) => element(canvas, "circle", { cx: middle, ...attributes });
	const rings = (["best", "even"] as const).flatMap((standing) =>
		points.some((point) => point.standing === standing)
			? [
					{
						text: { best: "best", even: "statistically tied with it" }[standing],
						sign: [circle({ r: ringRadius, fill: "none", stroke: theme.accent, "stroke-width": ringWidth[standing] })],
					},
				]
			: [],
	);
	return [
		{
			text: "median, 95 % interval",
			sign: [
				element(canvas, "path", { d: `M${middle},-7V7`, stroke: theme.muted, "stroke-width": 2.5 }),
				circle({ r: 3.5, fill: theme.muted }),
			],
		},
		...rings,
	];
}
