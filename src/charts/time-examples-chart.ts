import { areaY, axisX, axisY, dot, gridX, gridY, line, link } from "@observablehq/plot";
import type { Findings, TradeoffRow } from "../analysis/findings.js";
import { type Objective, objectiveNames } from "../analysis/objectives.js";
import { formatInterval } from "../words/numbers.js";
import { batchColors } from "./batch-colors.js";
import { type Canvas, type Drawing, draw, fontSizeOf, isNarrow } from "./draw.js";
import { alongLine, type Box, type Label, leastCovered, placeAround, write } from "./labels.js";
import { theme } from "./theme.js";
import { logDomain, powersOfTen, tickNumber, tickSeconds, ticksThatFit } from "./ticks.js";

const margin = { left: 56, right: 20, top: 24, bottom: 38 } as const;

/** A size with both its costs. */
interface Priced {
	readonly batchSize: number;
	readonly examples: number;
	readonly seconds: number;
	readonly row: TradeoffRow;
}

const priced = (tradeoff: readonly TradeoffRow[]): readonly Priced[] =>
	tradeoff.flatMap((row) =>
		row.examples.median === null || row.seconds.median === null
			? []
			: [{ batchSize: row.batchSize, examples: row.examples.median, seconds: row.seconds.median, row }],
	);

/** Sizes that no other beats in both time and examples, from the fewest examples to the least time. */
function undominated(sizes: readonly Priced[]): readonly Priced[] {
	const byExamples = [...sizes].sort((a, b) => a.examples - b.examples || a.seconds - b.seconds);
	let least = Number.POSITIVE_INFINITY;
	return byExamples.filter(({ seconds }) => {
		const better = seconds < least;
		least = Math.min(least, seconds);
		return better;
	});
}

/**
 * Seconds-to-target against examples-to-target, both logarithmic: the sizes along a path from the smallest to the largest, with intervals
 * both ways. The shaded region is dominated: a size there costs more time and more examples than some other size. Each objective's choice
 * is ringed. Without calibrated seconds there is nothing to draw: check `hasSeconds` first.
 */
export function timeExamplesChart(canvas: Canvas, findings: Findings): SVGSVGElement {
	const sizes = priced(findings.tradeoff);
	const narrow = isNarrow(canvas);
	const color = batchColors(findings.tradeoff.map((row) => row.batchSize));
	const x = logDomain(
		sizes.flatMap(({ row, examples }) => [row.examples.low, examples, row.examples.high]),
		1.25,
	);
	const y = logDomain(
		sizes.flatMap(({ row, seconds }) => [row.seconds.low, seconds, row.seconds.high]),
		1.25,
	);
	const front = undominated(sizes);
	const stairs = front.flatMap((size, i) => [
		{ examples: size.examples, seconds: i === 0 ? y[1] : front[i - 1].seconds },
		{ examples: size.examples, seconds: size.seconds },
	]);
	const lastStair = { examples: x[1], seconds: front.at(-1)?.seconds ?? y[0] };
	const chosen = sizes.filter((size) => namesOf(findings, size.batchSize).length > 0);
	const height = narrow ? 330 : 430;
	const drawing = draw(
		canvas,
		{
			title: "Seconds-to-target against examples-to-target",
			description: sizes
				.map(({ row, batchSize, seconds }) => {
					const examples = formatInterval({ estimate: row.examples.median, low: row.examples.low, high: row.examples.high });
					return `Batch size ${tickNumber(batchSize)}: ${examples} examples, ${tickSeconds(seconds)}.`;
				})
				.join(" "),
		},
		{
			height,
			marginLeft: margin.left,
			marginRight: margin.right,
			marginTop: margin.top,
			marginBottom: margin.bottom,
			x: { type: "log", domain: x },
			y: { type: "log", domain: y },
			marks: [
				areaY([...stairs, lastStair], { x: "examples", y1: "seconds", y2: y[1], fill: theme.ink, fillOpacity: 0.05 }),
				gridX(powersOfTen(x[0], x[1], 12), { stroke: theme.grid, strokeOpacity: 1 }),
				gridY(powersOfTen(y[0], y[1], 12), { stroke: theme.grid, strokeOpacity: 1 }),
				line(sizes, { x: "examples", y: "seconds", stroke: theme.faint, strokeWidth: 1 }),
				link(sizes, {
					x1: ({ row, examples }) => row.examples.low ?? examples,
					x2: ({ row, examples }) => row.examples.high ?? examples,
					y: "seconds",
					stroke: (size: Priced) => color(size.batchSize),
					strokeWidth: 1.5,
				}),
				link(sizes, {
					x: "examples",
					y1: ({ row, seconds }) => row.seconds.low ?? seconds,
					y2: ({ row, seconds }) => row.seconds.high ?? seconds,
					stroke: (size: Priced) => color(size.batchSize),
					strokeWidth: 1.5,
				}),
				dot(sizes, {
					x: "examples",
					y: "seconds",
					r: narrow ? 3.5 : 4.5,
					fill: (size: Priced) => color(size.batchSize),
					stroke: theme.paper,
				}),
				dot(chosen, { x: "examples", y: "seconds", r: narrow ? 7 : 8.5, stroke: theme.accent, strokeWidth: 2 }),
				axisX(powersOfTen(x[0], x[1], ticksThatFit(canvas.width - 76, tickNumber(x[1]).length, fontSizeOf(canvas))), {
					text: tickNumber,
					label: "examples-to-target",
					labelAnchor: "right",
					labelArrow: "none",
					tickSize: 0,
				}),
				axisY(powersOfTen(y[0], y[1], 10), { text: tickSeconds, label: null, tickSize: 0 }),
			],
		},
	);
	label(canvas, drawing, findings, sizes, height);
	return drawing.svg;
}

/** Whether any size has both costs. */
export const hasSeconds = (findings: Findings): boolean => priced(findings.tradeoff).length > 0;

const namesOf = ({ recommendations }: Findings, batchSize: number): readonly Objective[] =>
	objectiveNames.filter((objective) => recommendations[objective].batchSize === batchSize);

function label(canvas: Canvas, { svg, x, y }: Drawing, findings: Findings, sizes: readonly Priced[], height: number): void {
	const size = fontSizeOf(canvas);
	const frame: Box = { left: margin.left, right: canvas.width, top: margin.top, bottom: height - margin.bottom };
	write(canvas, svg, { text: "seconds-to-target", x: 0, y: 9 });
	const points = sizes.map((point) => ({ x: x(point.examples), y: y(point.seconds), point }));
	const taken: Box[] = points.map((p) => ({ left: p.x - 5, right: p.x + 5, top: p.y - 5, bottom: p.y + 5 }));
	for (const [i, { point, ...at }] of points.entries()) {
		const { examples, seconds } = point.row;
		taken.push(...alongLine(x(examples.low ?? point.examples), at.y, x(examples.high ?? point.examples), at.y, 2));
		taken.push(...alongLine(at.x, y(seconds.low ?? point.seconds), at.x, y(seconds.high ?? point.seconds), 2));
		if (i > 0) taken.push(...alongLine(points[i - 1].x, points[i - 1].y, at.x, at.y, 2));
	}
	const labels = points.map(({ point, ...at }) => {
		const names = namesOf(findings, point.batchSize);
		const text = names.length > 0 ? `${tickNumber(point.batchSize)} ${names.join(", ")}` : tickNumber(point.batchSize);
		return { ...at, text, distance: names.length > 0 ? 12 : 8, weight: names.length > 0 ? 600 : 400 };
	});
	// The objectives' choices first: they are the longest, and what a reader looks for.
	labels.sort((a, b) => b.weight - a.weight);
	for (const placed of placeAround(labels, taken, frame, size)) {
		write(canvas, svg, { ...placed, fill: placed.weight === 600 ? theme.accent : theme.ink });
	}
	const text = isNarrow(canvas) ? "shaded: worse in both" : "shaded: worse than another size in both";
	const right = frame.right - margin.right - 6;
	const notes = [0.03, 0.1, 0.2, 0.3, 0.4].flatMap((down): Label[] => {
		const line = frame.top + 7 + (frame.bottom - frame.top) * down;
		return [right, (right + frame.left) / 2].map((at) => ({ text, x: at, y: line, anchor: at === right ? "end" : "middle" }));
	});
	write(canvas, svg, leastCovered(notes, taken, frame, size));
}
