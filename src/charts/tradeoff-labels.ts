import type { Estimate, Findings, TradeoffRow } from "../analysis/findings.js";
import { isVague } from "../analysis/vague.js";
import { formatInterval } from "../words/numbers.js";
import { type Canvas, type Drawing, fontSizeOf, isNarrow } from "./draw.js";
import { alongLine, alongside, type Box, boxOf, type Label, leastCovered, placeAround, textWidth, write } from "./labels.js";
import { theme } from "./theme.js";
import { tickNumber } from "./ticks.js";

/** Around the frame, in pixels. */
export const margin = { left: 50, right: 16, bottom: 38 } as const;

const titleRow = 9;
/**
 * Lines of text above the frame, by their middle: the title of y, and the names of the two vertical lines. A narrow chart needs all three.
 */
export const header = { wide: { critical: titleRow, predicted: 26, top: 38 }, narrow: { critical: 26, predicted: 42, top: 54 } } as const;

const yTitle = "steps-to-target";

/** The ends of a size's interval; its median where it has none. */
export const low = (row: TradeoffRow): number => row.steps.low ?? row.steps.median ?? Number.NaN;
export const high = (row: TradeoffRow): number => row.steps.high ?? row.steps.median ?? Number.NaN;

export interface Point {
	readonly batchSize: number;
	readonly steps: number;
}

/** The ends of the line S = E_min/B within the frame. */
export function perfectLine(perfect: number, x: readonly [number, number], y: readonly [number, number]): readonly [Point, Point] {
	const at = (batchSize: number): Point => ({ batchSize, steps: perfect / batchSize });
	return [at(Math.max(x[0], perfect / y[1])), at(Math.min(x[1], perfect / y[0]))];
}

/** What the labels have to keep clear of, in data coordinates; `height` in pixels. */
interface Laid {
	readonly x: readonly [number, number];
	readonly y: readonly [number, number];
	readonly height: number;
	readonly reached: readonly TradeoffRow[];
	readonly missed: readonly Point[];
	readonly predicted: Estimate | undefined;
}

/** Names on the lines themselves: the two critical batch sizes above the frame, the straight lines and the fit along them. */
export function writeTradeoffLabels(canvas: Canvas, { svg, x, y }: Drawing, findings: Findings, laid: Laid): void {
	const { fit, recommendation } = findings;
	const size = fontSizeOf(canvas);
	const narrow = isNarrow(canvas);
	const head = header[narrow ? "narrow" : "wide"];
	const frame: Box = { left: margin.left, right: canvas.width - margin.right, top: head.top, bottom: laid.height - margin.bottom };
	write(canvas, svg, { text: yTitle, x: 0, y: titleRow });

	const taken: Box[] = [];
	const above = (text: string, at: number, row: number, fill: string) => {
		const width = textWidth(text, size, 600);
		const left = Math.max(
			row === titleRow ? textWidth(yTitle, size) + 12 : narrow ? 0 : frame.left,
			Math.min(x(at) - width / 2, canvas.width - width),
		);
		write(canvas, svg, { text, x: left + width / 2, y: row, anchor: "middle", fill, weight: 600 });
	};
	const critical = fit.criticalBatchSize;
	const end = critical.estimate ?? critical.low;
	if (end !== null)
		above(
			`critical batch size ${isVague(critical) ? "roughly " : ""}${formatInterval(critical)}`,
			Math.min(end, laid.x[1]),
			head.critical,
			theme.accent,
		);
	if (laid.predicted?.estimate) {
		above(`noise scale ${formatInterval(laid.predicted)}`, laid.predicted.estimate, head.predicted, theme.muted);
	}

	for (const row of laid.reached) {
		const [px, py] = [x(row.batchSize), y(row.steps.median ?? 1)];
		taken.push({ left: px - 6, right: px + 6, top: Math.min(py - 6, y(high(row))), bottom: Math.max(py + 6, y(low(row))) });
	}
	const curve = fit.curve.map((point) => [x(point.batchSize), y(point.steps)] as const);
	for (let i = 1; i < curve.length; i++) taken.push(...alongLine(...curve[i - 1], ...curve[i]));

	const chosen = laid.reached.find((row) => row.batchSize === recommendation.batchSize);
	if (chosen) {
		const text =
			recommendation.verdict === "found" ? `recommended: ${tickNumber(chosen.batchSize)}` : `best guess: ${tickNumber(chosen.batchSize)}`;
		const at = { text, x: x(chosen.batchSize), y: y(chosen.steps.median ?? 1), anchor: "start" } as const;
		const isAtTop = at.y - 18 - size / 2 < frame.top;
		const toTheRight: Label = { ...at, x: at.x + 10, y: at.y + (isAtTop ? 18 : -18), fill: theme.accent, weight: 600 };
		const fits = boxOf(toTheRight, size).right <= canvas.width;
		const placed: Label = fits ? toTheRight : { ...toTheRight, x: at.x - 10, anchor: "end" };
		write(canvas, svg, placed);
		taken.push(boxOf(placed, size));
	}
	for (const at of [critical.estimate, laid.predicted?.estimate])
		if (at) taken.push(...alongLine(x(at), frame.top, x(at), frame.bottom, 1));
	const { estimate: floor } = fit.minSteps;
	const { estimate: perfect } = fit.minExamples;
	if (floor !== null && perfect !== null) {
		const ends = perfectLine(perfect, laid.x, laid.y).map((point) => ({ x: x(point.batchSize), y: y(point.steps) }));
		for (const name of ["perfect scaling: twice the batch, half the steps", "perfect scaling"]) {
			const placed = alongside(name, ends[0], ends[1], taken, size);
			if (placed === null) continue;
			write(canvas, svg, placed);
			break;
		}
		taken.push(...alongLine(ends[0].x, ends[0].y, ends[1].x, ends[1].y), ...alongLine(frame.left, y(floor), frame.right, y(floor), 1));
		const text = `fewest steps ${formatInterval(fit.minSteps)}`;
		const floors = [size * 0.85, -size * 0.85].flatMap((dy): Label[] => [
			{ text, x: frame.left + 4, y: y(floor) + dy },
			{ text, x: frame.right - 4, y: y(floor) + dy, anchor: "end" },
			...[0.35, 0.5, 0.65].map((share) => ({ text, x: frame.left + share * (frame.right - frame.left), y: y(floor) + dy })),
		]);
		write(canvas, svg, leastCovered(floors, taken, frame, size));
	}
	const name: Label[] = curve.slice(Math.floor(curve.length / 12)).map(([px, py]) => ({
		text: narrow ? "fit, 95 % band" : "fitted curve with its 95 % band",
		x: px + 10,
		y: py - 12,
		fill: theme.ink,
	}));
	if (name.length > 0) write(canvas, svg, leastCovered(name, taken, frame, size));
	const missing = laid.missed.map((point) => ({ x: x(point.batchSize), y: y(point.steps), text: "not reached", distance: 9 }));
	for (const placed of placeAround(missing, taken, frame, size)) write(canvas, svg, placed);
}
