import type { Findings, Recommendation } from "../../analysis/findings.js";
import { formatCount } from "../../words/numbers.js";
import { DotCanvas } from "./braille.js";
import type { Colors } from "./terminal.js";
import { filled, padStart, widthOf } from "./text.js";

/** Both axes run in the logarithm to base 2. */
interface Axis {
	readonly from: number;
	readonly to: number;
}

const rowCount = 14;
const widest = 72;
const narrowest = 40;

/**
 * Steps-to-target against batch size, both logarithmic: the reported sizes with their intervals, the fitted curve, and the line of perfect
 * scaling (E_min/B) where there is a fit. No lines where fewer than two sizes reached the goal, or on less than 40 columns:
 * there is nothing to see.
 */
export function chartLines({ tradeoff, fit, recommendation }: Findings, width: number, colors: Colors): string[] {
	const points = tradeoff.flatMap(({ batchSize, steps: { median, low, high } }) =>
		median === null ? [] : [{ batchSize, median, low: low ?? median, high: high ?? median }],
	);
	if (points.length < 2 || width < narrowest) return [];
	const sizes = tradeoff.map(({ batchSize }) => Math.log2(batchSize));
	const x: Axis = { from: Math.min(...sizes) - 0.3, to: Math.max(...sizes) + 0.3 };
	const y: Axis = {
		from: Math.log2(Math.min(...points.map(({ low }) => low))) - 0.5,
		to: Math.log2(Math.max(...points.map(({ high }) => high))) + 0.3,
	};
	const ticks = new Map(tickValues(y).map((value) => [rowOf(value, y), formatCount(value)]));
	const margin = Math.max(...[...ticks.values()].map(widthOf), 0);
	const canvas = new DotCanvas(Math.min(width, widest) - margin - 2, rowCount);

	drawCurves(canvas, fit, x, y);
	for (const { batchSize, median, low, high } of points) {
		const column = columnOf(batchSize, x, canvas.columns);
		const chosen = batchSize === recommendation.batchSize;
		const paint = chosen ? (glyph: string) => colors.bold(colors.cyan(glyph)) : (glyph: string) => glyph;
		for (let row = rowOf(high, y); row <= rowOf(low, y); row++) canvas.put(column, row, paint(barGlyph(row, high, low, y)));
		canvas.put(column, rowOf(median, y), paint(chosen ? "◆" : "●"));
	}
	const body = canvas.lines(colors.dim).map((line, row) => {
		const label = ticks.get(row);
		return `${padStart(label ?? "", margin)} ${label === undefined ? "│" : "┤"}${line}`.trimEnd();
	});
	const legend = ["● median", "│ 95 % interval", ...(recommendation.batchSize === null ? [] : [`◆ ${choiceName(recommendation)}`])];
	const dots = fit.curve.length === 0 ? [] : ["⠒ fit", ...(fit.minExamples.estimate === null ? [] : ["⠂⠐ perfect scaling"])];
	return ["steps-to-target", ...body, ...sizeAxis(tradeoff, x, canvas.columns, margin), ...filled([...legend, ...dots], width, "   ")];
}

/** What the recommended size is called where it is marked. */
export const choiceName = ({ verdict }: Recommendation): string => (verdict === "found" ? "recommended" : "best guess");

/** The fitted curve as a line of dots, perfect scaling as every fourth dot of one. */
function drawCurves(canvas: DotCanvas, { curve, minExamples }: Findings["fit"], x: Axis, y: Axis): void {
	for (let column = 0; column < 2 * canvas.columns; column++) {
		const size = x.from + ((x.to - x.from) * (column + 0.5)) / (2 * canvas.columns);
		const steps = logStepsAt(curve, size);
		if (steps !== null) canvas.dot(column, dotRow(steps, y));
		if (curve.length > 0 && minExamples.estimate !== null && column % 4 === 0)
			canvas.dot(column, dotRow(Math.log2(minExamples.estimate) - size, y));
	}
}

/** log₂ of the curve's steps at log₂ batch size `size`, between its points along the straight line; null beyond its ends. */
function logStepsAt(curve: Findings["fit"]["curve"], size: number): number | null {
	for (let i = 1; i < curve.length; i++) {
		const [left, right] = [Math.log2(curve[i - 1].batchSize), Math.log2(curve[i].batchSize)];
		if (size < left || size > right) continue;
		const share = (size - left) / (right - left);
		return (1 - share) * Math.log2(curve[i - 1].steps) + share * Math.log2(curve[i].steps);
	}
	return null;
}

/** Dots from the top; out of the canvas where the value is out of the axis. */
const dotRow = (logValue: number, { from, to }: Axis): number => Math.floor((4 * rowCount * (to - logValue)) / (to - from));
const rowOf = (value: number, axis: Axis): number => Math.floor(dotRow(Math.log2(value), axis) / 4);

/** The part of the bar from `high` to `low` that lies in this row, to half a row. */
function barGlyph(row: number, high: number, low: number, axis: Axis): string {
	const [top, bottom] = [dotRow(Math.log2(high), axis) - 4 * row, dotRow(Math.log2(low), axis) - 4 * row];
	return top >= 2 ? "╷" : bottom < 2 ? "╵" : "│";
}

const columnOf = (batchSize: number, { from, to }: Axis, columns: number): number =>
	Math.floor((columns * (Math.log2(batchSize) - from)) / (to - from));

/** Powers of ten within the axis; of two where there are fewer than two of those. */
function tickValues({ from, to }: Axis): number[] {
	const within = (values: number[]) => values.filter((value) => Math.log2(value) >= from && Math.log2(value) <= to);
	const tens = within(Array.from({ length: 16 }, (_, k) => 10 ** k));
	return tens.length >= 2 ? tens : within(Array.from({ length: 50 }, (_, k) => 2 ** k));
}

/** The axis with a tick at every batch size, and numbers under as many of them as there is room for, the ends first. */
function sizeAxis(tradeoff: Findings["tradeoff"], x: Axis, columns: number, margin: number): string[] {
	const line = Array.from({ length: columns }, () => "─");
	const labels = Array.from({ length: columns + 1 }, () => " ");
	const sizes = tradeoff.map(({ batchSize }) => batchSize);
	for (const size of [sizes[0], sizes[sizes.length - 1], ...sizes]) {
		const column = columnOf(size, x, columns);
		line[column] = "┴";
		const text = formatCount(size);
		const start = Math.min(Math.max(0, column - Math.floor((text.length - 1) / 2)), columns - text.length);
		const free = labels.slice(Math.max(0, start - 1), start + text.length + 1).every((letter) => letter === " ");
		if (free) for (const [i, letter] of [...text].entries()) labels[start + i] = letter;
	}
	const indent = " ".repeat(margin + 2);
	return [`${" ".repeat(margin + 1)}└${line.join("")}`, `${indent}${labels.join("").trimEnd()}  `.trimEnd(), `${indent}batch size`];
}
