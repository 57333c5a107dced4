import { areaY, axisX, axisY, dot, gridX, gridY, line, type Markish, rect, ruleY, text } from "@observablehq/plot";
import type { Estimate, Findings } from "../analysis/findings.js";
import { formatInterval } from "../words/numbers.js";
import { batchColors } from "./batch-colors.js";
import { type Canvas, draw, element, fontSizeOf, isNarrow } from "./draw.js";
import { type KeyItem, keyHeight, signWidth, writeKey } from "./key.js";
import { write } from "./labels.js";
import { panels } from "./panels.js";
import { theme } from "./theme.js";
import { logDomain, powersOfTwo, tickNumber, ticksThatFit } from "./ticks.js";

/** Where step 0, the initial weights, stands on a logarithmic axis. */
const start = 0.5;

/** A probe of a run; its members are NaN where the signal is lost in the noise, which breaks the line there. */
interface Place {
	readonly batchSize: number;
	readonly step: number;
	readonly value: number;
	readonly low: number;
	readonly high: number;
}

/**
 * The local gradient noise scale along one reporting run of each batch size, against the step, both logarithmic, with its 95 % band: one
 * panel a size, under its title the run's mean. Across every panel runs the measured critical batch size, which the noise scale is meant to
 * predict.
 */
export function noiseScaleChart(canvas: Canvas, findings: Findings): SVGSVGElement {
	const { noiseScales, fit, recommendation } = findings;
	const narrow = isNarrow(canvas);
	const size = fontSizeOf(canvas);
	const color = batchColors(findings.tradeoff.map((row) => row.batchSize));
	const critical = fit.criticalBatchSize;
	const estimates = noiseScales.flatMap(({ local }) => local.map((place) => place.noiseScale));
	const x = logDomain(
		noiseScales.flatMap(({ local }) => local.map(({ step }) => Math.max(start, step))),
		1.15,
	);
	const y = logDomain(
		[...estimates.map(({ estimate }) => estimate), ...estimates.flatMap(endsOf), ...endsOf(critical), critical.estimate],
		1.3,
	);
	const places: Place[] = noiseScales.flatMap(({ batchSize, local }) =>
		local.map(({ step, noiseScale: { estimate, low, high } }) => ({
			batchSize,
			step: Math.max(start, step),
			value: estimate ?? Number.NaN,
			low: estimate === null ? Number.NaN : Math.max(low ?? y[0], y[0]),
			high: estimate === null ? Number.NaN : Math.min(high ?? y[1], y[1]),
		})),
	);
	const lost = places.filter((place) => Number.isNaN(place.value));
	const small = panels(
		canvas,
		noiseScales.map((run) => run.batchSize),
		50,
		recommendation.batchSize,
		true,
	);
	const items = key(canvas, lost.length > 0, critical);
	const top = keyHeight(canvas, items) + 56;
	// On a narrow chart a 1 would stand right next to the 0.
	const xTicks = [start, ...powersOfTwo(narrow ? 2 : 1, x[1], ticksThatFit(small.width, 5, size))];
	const yTicks = powersOfTwo(y[0], y[1], 5);
	const colored = (place: Place) => color(place.batchSize);
	const position = { ...small.facet, x: "step" } as const;
	const { svg } = draw(
		canvas,
		{
			title: "Gradient noise scale along the run",
			description: noiseScales.map(({ batchSize, mean }) => `Batch size ${tickNumber(batchSize)}: ${meanOf(canvas, mean)}.`).join(" "),
		},
		{
			height: top + 38 + small.rows * (narrow ? 136 : 150),
			marginLeft: 46,
			marginRight: 4,
			marginTop: top,
			marginBottom: 38,
			fx: small.fx,
			fy: { ...small.fy, padding: 0.36 },
			x: { type: "log", base: 2, domain: x },
			y: { type: "log", base: 2, domain: y },
			marks: [
				gridX(xTicks, { stroke: theme.grid, strokeOpacity: 1 }),
				gridY(yTicks, { stroke: theme.grid, strokeOpacity: 1 }),
				criticalSpan(critical, y),
				critical.estimate === null ? null : ruleY([critical.estimate], { stroke: theme.accent }),
				areaY(places, { ...position, y1: "low", y2: "high", z: "batchSize", fill: colored, fillOpacity: 0.22 }),
				line(places, { ...position, y: "value", z: "batchSize", stroke: colored, strokeWidth: 2 }),
				dot(places, { ...position, y: "value", r: 2.5, fill: colored }),
				dot(lost, { ...position, frameAnchor: "top", symbol: "times", r: 3.5, stroke: theme.ink, strokeWidth: 1.5, dy: 7 }),
				small.titles,
				text(noiseScales, {
					...small.facet,
					frameAnchor: "top-left",
					dy: -size - 3,
					text: ({ mean }) => meanOf(canvas, mean),
					fill: theme.muted,
				}),
				axisX(xTicks, { text: (step: number) => (step === start ? "0" : tickNumber(step)), label: null, tickSize: 0 }),
				axisY(yTicks, { text: tickNumber, label: null, tickSize: 0 }),
			],
		},
	);
	writeKey(canvas, svg, items);
	write(canvas, svg, { text: "noise scale (examples)", x: 0, y: top - 44 });
	write(canvas, svg, { text: "step", x: canvas.width - 4, y: Number(svg.getAttribute("height")) - 8, anchor: "end" });
	return svg;
}

const endsOf = ({ low, high }: Estimate) => [low, high];

const meanOf = (_canvas: Canvas, mean: Estimate): string => (mean.estimate === null ? "mean: cannot tell" : `mean ${formatInterval(mean)}`);

function criticalSpan({ low, high }: Estimate, y: readonly [number, number]): Markish {
	if (low === null && high === null) return null;
	return rect([0], { y1: [low ?? y[0]], y2: [high ?? y[1]], fill: theme.accent, fillOpacity: 0.13 });
}

function key(canvas: Canvas, lost: boolean, critical: Estimate): readonly KeyItem[] {
	const path = (attributes: Readonly<Record<string, string | number>>) => element(canvas, "path", { fill: "none", ...attributes });
	const box = (fill: string, opacity: number) =>
		element(canvas, "rect", { y: -6, width: signWidth, height: 12, fill, "fill-opacity": opacity });
	const rule = `M0,0H${signWidth}`;
	const middle = signWidth / 2;
	const items: (KeyItem | null)[] = [
		{ text: "noise scale, 95 % band", sign: [box(theme.muted, 0.22), path({ d: rule, stroke: theme.muted, "stroke-width": 2 })] },
		critical.estimate === null && critical.low === null
			? null
			: {
					text: `measured critical batch size ${formatInterval(critical)}`,
					sign: [box(theme.accent, 0.13), path({ d: rule, stroke: theme.accent })],
				},
		lost
			? {
					text: "cannot tell: signal lost in noise",
					sign: [path({ d: `M${middle - 4},-4l8,8m-8,0l8,-8`, stroke: theme.ink, "stroke-width": 1.5 })],
				}
			: null,
	];
	return items.filter((item) => item !== null);
}
