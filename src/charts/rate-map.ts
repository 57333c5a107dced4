import { axisX, axisY, cell, type Markish, text } from "@observablehq/plot";
import type { Findings, RateFinding, TradeoffRow } from "../analysis/findings.js";
import { halfOctaveBelow, rateAt } from "../core/rates.js";
import { isSameRate, settingKey } from "../core/setting.js";
import { type Canvas, draw, element, fontSizeOf, isNarrow } from "./draw.js";
import { type KeyItem, keyHeight, signWidth, writeKey } from "./key.js";
import { textWidth, write } from "./labels.js";
import { theme } from "./theme.js";
import { tickNumber, ticksThatFit } from "./ticks.js";

/** One learning rate at one batch size. */
export interface MapCell {
	readonly batchSize: number;
	readonly learningRate: number;
	readonly halfOctave: number;
	readonly state: "best" | RateFinding["state"];
	/** Median steps over the best measured rate's median at this batch size; null where the rate has none. */
	readonly ratio: number | null;
	/** The best rate where it lies at an end of the search. */
	readonly atEdge: boolean;
	readonly finding: RateFinding;
}

/**
 * Every rate tried at every batch size, by its tuning runs: those are paired over rates, and every rate has them. A size that has none (its
 * runs were made elsewhere) by its reporting runs. Where settings are searched, the rates of the one that is reported. One rate for each
 * half octave: of several the faster one. A rate that is reported without having been tuned, as it lies between two that were, has a cell
 * by its reporting runs.
 */
export function mapCells(tradeoff: readonly TradeoffRow[]): readonly MapCell[] {
	return tradeoff.flatMap((row) => {
		const tuned = row.rates.filter(
			(rate) => rate.phase === "tuning" && (row.learningRate === null || settingKey(rate) === settingKey(row)),
		);
		const tried = onePerHalfOctave(tuned.length > 0 ? tuned : row.rates.filter((rate) => rate.phase === "reporting"));
		const best = Math.min(...tried.map((rate) => rate.medianSteps ?? Number.POSITIVE_INFINITY));
		const reported = row.rates.find((rate) => rate.phase === "reporting" && isSameRate(rate, row));
		const isCell = ({ learningRate }: RateFinding) =>
			row.learningRate !== null && halfOctaveBelow(learningRate) === halfOctaveBelow(row.learningRate);
		const between = reported && !tried.some(isCell) ? [reported] : [];
		return [...tried, ...between].map((finding) => {
			const chosen = finding.learningRate === row.learningRate;
			return {
				batchSize: row.batchSize,
				learningRate: finding.learningRate,
				halfOctave: halfOctaveBelow(finding.learningRate),
				state: chosen ? "best" : finding.state,
				// Runs on other seeds are not held against those of the others.
				ratio: finding.medianSteps === null || between.includes(finding) ? null : finding.medianSteps / best,
				atEdge: chosen && row.atEdge,
				finding,
			} satisfies MapCell;
		});
	});
}

function onePerHalfOctave(rates: readonly RateFinding[]): readonly RateFinding[] {
	const places = new Map<number, RateFinding>();
	for (const rate of rates) {
		const place = halfOctaveBelow(rate.learningRate);
		const steps = places.get(place)?.medianSteps ?? Number.POSITIVE_INFINITY;
		if (!places.has(place) || (rate.medianSteps ?? Number.POSITIVE_INFINITY) < steps) places.set(place, rate);
	}
	return [...places.values()];
}

/** What stands in a cell: a ratio is written out, the states have a sign each that needs no colour. */
const signs = { best: "★", diverged: "×", dropped: "–", missed: "○", measured: "" } as const;

const inCell = ({ state, ratio }: MapCell): string => (state === "measured" && ratio !== null ? written(ratio) : signs[state]);
const written = (ratio: number): string => (ratio < 9.95 ? ratio.toFixed(1) : ratio.toFixed(0));

/** Opacity of the accent: full at the best, halved at each doubling of the steps. */
const weightOf = (ratio: number): number => 0.5 / ratio;

/**
 * Learning rate × batch size: one cell for each rate tried at a batch size, on the lattice of half octaves. The best rate is starred,
 * others say how many times its steps they took; dropped, diverged and missed rates have signs of their own. Colour follows the ratio.
 */
export function rateMap(canvas: Canvas, findings: Findings): SVGSVGElement {
	const cells = mapCells(findings.tradeoff);
	const narrow = isNarrow(canvas);
	const size = fontSizeOf(canvas);
	const octaves = cells.map((one) => one.halfOctave);
	const [lowest, highest] = [Math.min(...octaves), Math.max(...octaves)];
	const rows = Array.from({ length: highest - lowest + 1 }, (_, i) => highest - i);
	const sizes = findings.tradeoff.map((row) => row.batchSize);
	const items = key(canvas, cells);
	const top = keyHeight(canvas, items) + 24;
	const everyRate = rows.length > 24 ? 4 : 2;
	const rateTicks = rows.filter((k) => k % everyRate === 0);
	const marginLeft = Math.max(...rateTicks.map((k) => textWidth(tickNumber(rateAt(k)), size))) + 12;
	const cellWidth = (canvas.width - marginLeft) / sizes.length;
	const every = Math.ceil(
		sizes.length / ticksThatFit(canvas.width - marginLeft, Math.max(...sizes.map((b) => tickNumber(b).length)), size),
	);
	const { svg } = draw(
		canvas,
		{
			title: "Learning rate × batch size",
			description: `Steps-to-target of every learning rate tried, relative to the best at its batch size. ${findings.tradeoff
				.filter((row) => row.learningRate !== null)
				.map((row) => `Batch size ${tickNumber(row.batchSize)}: best at ${tickNumber(row.learningRate ?? 0)}.`)
				.join(" ")}`,
		},
		{
			height: top + 38 + rows.length * (narrow ? 17 : 20),
			marginLeft,
			marginRight: 0,
			marginTop: top,
			marginBottom: 38,
			x: { type: "band", domain: sizes, paddingInner: 0.08, paddingOuter: 0 },
			y: { type: "band", domain: rows, paddingInner: 0.1, paddingOuter: 0 },
			marks: [
				cell(
					cells.filter((one) => isColored(one)),
					{
						...place,
						fill: theme.accent,
						fillOpacity: (one: MapCell) => (one.state === "best" ? 1 : weightOf(one.ratio ?? 1)),
						title: describe,
					},
				),
				cell(
					cells.filter((one) => !isColored(one)),
					{ ...place, fill: theme.grid, fillOpacity: 0.55, title: describe },
				),
				signed(
					cells.filter((one) => one.state === "best"),
					theme.paper,
					Math.min(14, cellWidth * 0.6),
				),
				signed(
					cells.filter((one) => one.state !== "best"),
					theme.ink,
					Math.min(size, cellWidth / 2.1),
				),
				edges(cells, narrow),
				axisX(
					sizes.filter((_, i) => i % every === 0),
					{ text: tickNumber, label: "batch size (examples per step)", labelAnchor: "right", labelArrow: "none", tickSize: 0 },
				),
				axisY(rateTicks, { text: (k: number) => tickNumber(rateAt(k)), label: null, tickSize: 0 }),
			],
		},
	);
	writeKey(canvas, svg, items);
	write(canvas, svg, { text: "learning rate", x: 0, y: top - 12 });
	return svg;
}

const place = { x: "batchSize", y: "halfOctave" } as const;

const isColored = (one: MapCell): boolean => one.ratio !== null || one.state === "best";

const signed = (cells: readonly MapCell[], fill: string, fontSize: number): Markish =>
	text(cells, { ...place, text: inCell, fill, fontSize, lineAnchor: "middle", pointerEvents: "none" });

/** A flag over or under the best cell of a column whose optimum may lie beyond the range. */
function edges(cells: readonly MapCell[], narrow: boolean): Markish {
	const flagged = cells.filter((one) => one.atEdge);
	return cell(flagged, { ...place, stroke: theme.ink, strokeWidth: 2, strokeDasharray: narrow ? "2,2" : "3,2", inset: -1 });
}

function describe({ batchSize, learningRate, state, finding }: MapCell): string {
	const runs = `${finding.runs} ${finding.runs === 1 ? "run" : "runs"}`;
	const result =
		finding.medianSteps === null
			? `${state}, after ${tickNumber(finding.longest)} steps`
			: `median ${tickNumber(finding.medianSteps)} steps${state === "best" ? ", the best" : ""}`;
	return `batch size ${tickNumber(batchSize)}, learning rate ${tickNumber(learningRate)}: ${result} (${runs})`;
}

function key(canvas: Canvas, cells: readonly MapCell[]): readonly KeyItem[] {
	const box = (attributes: Readonly<Record<string, string | number>>) =>
		element(canvas, "rect", { x: 1, y: -7, width: signWidth - 2, height: 14, ...attributes });
	const glyph = (sign: string, fill: string, fontSize = 12) =>
		element(canvas, "text", { x: signWidth / 2, dy: "0.35em", "text-anchor": "middle", fill, "font-size": fontSize }, sign);
	const seen = new Set(cells.map((one) => one.state));
	const items: (KeyItem | null)[] = [
		seen.has("best") ? { text: "best rate", sign: [box({ fill: theme.accent }), glyph("★", theme.paper)] } : null,
		seen.has("measured")
			? {
					text: "times the best's steps",
					sign: [box({ fill: theme.accent, "fill-opacity": weightOf(1.3) }), glyph("1.3", theme.ink, 10)],
				}
			: null,
		seen.has("dropped")
			? { text: "dropped: can't win", sign: [box({ fill: theme.grid, "fill-opacity": 0.55 }), glyph("–", theme.ink)] }
			: null,
		seen.has("diverged") ? { text: "diverged", sign: [box({ fill: theme.grid, "fill-opacity": 0.55 }), glyph("×", theme.ink)] } : null,
		seen.has("missed") ? { text: "missed the goal", sign: [box({ fill: theme.grid, "fill-opacity": 0.55 }), glyph("○", theme.ink)] } : null,
		cells.some((one) => one.atEdge)
			? {
					text: "at the edge of the range",
					sign: [box({ fill: "none", stroke: theme.ink, "stroke-width": 2, "stroke-dasharray": "3,2" })],
				}
			: null,
	];
	return items.filter((item) => item !== null);
}
