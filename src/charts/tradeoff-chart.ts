import { areaY, axisX, axisY, dot, gridX, gridY, line, type Markish, rect, ruleX } from "@observablehq/plot";
import { type Estimate, type Findings, noEstimate, type TradeoffRow } from "../analysis/findings.js";
import { isVague } from "../analysis/vague.js";
import { formatInterval } from "../words/numbers.js";
import { type AxisPart, isWhole, partOfAxis, wholeAxis } from "./axis-part.js";
import { batchColors } from "./batch-colors.js";
import { type Canvas, draw, fontSizeOf, isNarrow } from "./draw.js";
import { theme } from "./theme.js";
import { evenTicks, logDomain, powersOfTwo, tickNumber, ticksThatFit } from "./ticks.js";
import { header, high, low, margin, type Point, perfectLine, writeTradeoffLabels } from "./tradeoff-labels.js";
import { makeZoomable } from "./zoomable.js";

/**
 * Steps-to-target against batch size, both logarithmic: the median of each size with its interval over its single runs, the fit with its
 * band, the two straight lines it bends between (perfect scaling, of slope −1, and the fewest steps), and the critical batch size as
 * measured next to the one the gradient noise predicts (`predicted`: along the run of the recommended size, unless another is given). A
 * size that missed the goal is a hollow triangle at the steps it was given: its S lies above. A critical batch size that is poorly known
 * has a line, but no shaded interval.
 */
export function tradeoffChart(
	canvas: Canvas,
	all: Findings,
	noise = predictedBy(all),
	{ part = wholeAxis, isZoomable = false }: { readonly part?: AxisPart; readonly isZoomable?: boolean } = {},
): SVGSVGElement {
	const { findings, predicted } = isWhole(part) ? { findings: all, predicted: noise } : within(all, noise, part);
	const { tradeoff, fit } = findings;
	const narrow = isNarrow(canvas);
	const head = header[narrow ? "narrow" : "wide"];
	const size = fontSizeOf(canvas);
	const color = batchColors(all.tradeoff.map((row) => row.batchSize));
	const reached = tradeoff.filter((row) => row.steps.median !== null);
	const runs = reached.flatMap((row) =>
		row.runs.map((run) => ({ batchSize: row.batchSize, steps: run.step ?? run.after, censored: run.step === null })),
	);
	const missed = missedSizes(findings);

	const sizes = tradeoff.map((row) => row.batchSize);
	const critical = fit.criticalBatchSize;
	const x = partOfAxis(logDomain([...sizes, critical.estimate, predicted?.estimate], 1.35), part);
	const floor = fit.minSteps.estimate;
	const intervals = reached.flatMap((row) => [row.steps.low, row.steps.high]);
	const y = logDomain([...intervals, ...runs.map((run) => run.steps), ...missed.map((size) => size.steps), floor && floor / 2], 1.3);

	const lines: Markish[] = [];
	const perfect = fit.minExamples.estimate;
	if (perfect !== null && floor !== null) {
		lines.push(
			line(perfectLine(perfect, x, y), { ...position, stroke: theme.faint, strokeDasharray: "2,4" }),
			line(
				[x[0], x[1]].map((batchSize) => ({ batchSize, steps: floor })),
				{ ...position, stroke: theme.faint, strokeDasharray: "2,4" },
			),
		);
	}
	const powers = powersOfTwo(y[0], y[1], 9);
	const yTicks = powers.length > 1 ? powers : evenTicks(y[0], y[1]);
	const height = narrow ? 330 : 430;
	const drawing = draw(
		canvas,
		{
			title: "Steps-to-target against batch size",
			description: `Both axes logarithmic. ${describe(reached)} The same figures are in the table of this report.`,
		},
		{
			height,
			marginLeft: margin.left,
			marginRight: margin.right,
			marginTop: head.top,
			marginBottom: margin.bottom,
			x: { type: "log", base: 2, domain: x },
			y: { type: "log", base: 2, domain: y },
			marks: [
				gridX(powersOfTwo(x[0], x[1], 24), { stroke: theme.grid, strokeOpacity: 1 }),
				gridY(yTicks, { stroke: theme.grid, strokeOpacity: 1 }),
				span(predicted, x, theme.ink, 0.07),
				isVague(critical) ? null : span(critical, x, theme.accent, 0.13),
				predicted?.estimate ? ruleX([predicted.estimate], { stroke: theme.muted, strokeDasharray: "5,3" }) : null,
				critical.estimate ? ruleX([critical.estimate], { stroke: theme.accent }) : null,
				lines,
				areaY(bandWithin(fit.curve, y), { x: "batchSize", y1: "low", y2: "high", fill: theme.ink, fillOpacity: 0.12 }),
				line(fit.curve, { ...position, stroke: theme.ink, strokeWidth: 1.5 }),
				dot(
					runs.filter((run) => !run.censored),
					{ ...position, r: narrow ? 1.6 : 2, fill: (run) => color(run.batchSize), fillOpacity: 0.45 },
				),
				dot([...runs.filter((run) => run.censored), ...missed], {
					...position,
					symbol: "triangle",
					r: 4,
					stroke: (run) => color(run.batchSize),
					strokeWidth: 1.5,
				}),
				ruleX(reached, { x: "batchSize", y1: low, y2: high, stroke: (row) => color(row.batchSize), strokeWidth: 2 }),
				dot(reached, {
					...position,
					y: (row: TradeoffRow) => row.steps.median,
					r: narrow ? 3.5 : 4.5,
					fill: (row) => color(row.batchSize),
					stroke: theme.paper,
					title: (row) => `batch size ${tickNumber(row.batchSize)}: ${formatInterval(asEstimate(row))} steps`,
				}),
				ringed(findings, narrow ? 7 : 8.5),
				axisX(powersOfTwo(x[0], x[1], ticksThatFit(canvas.width - 66, 5, size)), {
					text: tickNumber,
					label: "batch size (examples per step)",
					labelAnchor: "right",
					labelArrow: "none",
					tickSize: 0,
				}),
				axisY(yTicks, { text: tickNumber, label: null, tickSize: 0 }),
			],
		},
	);
	writeTradeoffLabels(canvas, drawing, findings, { x, y, height, reached, missed, predicted });
	if (isZoomable) {
		const frames = [{ left: margin.left, right: canvas.width - margin.right }];
		makeZoomable(drawing.svg, { scale: "log", domain: x, frames, fields: "batch-" });
	}
	return drawing.svg;
}

/** What lies on a part of the axis. The straight lines are left out there: their names need the whole chart. */
function within(findings: Findings, predicted: Estimate | undefined, { from, to }: AxisPart) {
	const isIn = (batchSize: number) => (from === null || batchSize >= from) && (to === null || batchSize <= to);
	const { fit } = findings;
	const seen = (estimate: Estimate) => (estimate.estimate !== null && isIn(estimate.estimate) ? estimate : noEstimate);
	return {
		findings: {
			...findings,
			tradeoff: findings.tradeoff.filter(({ batchSize }) => isIn(batchSize)),
			fit: {
				...fit,
				curve: fit.curve.filter(({ batchSize }) => isIn(batchSize)),
				criticalBatchSize: seen(fit.criticalBatchSize),
				minSteps: noEstimate,
				minExamples: noEstimate,
			},
		},
		predicted: predicted && seen(predicted),
	};
}

const missedSizes = ({ tradeoff }: Findings): readonly Point[] =>
	tradeoff
		.filter((row) => row.outcome === "not reached" && row.rates.length > 0)
		.map((row) => ({ batchSize: row.batchSize, steps: Math.max(1, ...row.rates.map((rate) => rate.longest)) }));

/** Which of its signs the chart has, so that no caption explains others. */
export const tradeoffSigns = (findings: Findings) => ({
	triangles:
		missedSizes(findings).length > 0 ||
		findings.tradeoff.some(({ steps, runs }) => steps.median !== null && runs.some(({ step }) => step === null)),
	straightLines: findings.fit.minExamples.estimate !== null && findings.fit.minSteps.estimate !== null,
	critical: findings.fit.criticalBatchSize.estimate !== null,
	predicted: predictedBy(findings)?.estimate != null,
});

/** The noise scale along the run of the recommended size. */
const predictedBy = ({ noiseScales, recommendation }: Findings): Estimate | undefined =>
	noiseScales.find((run) => run.batchSize === recommendation.batchSize && !run.isEuclideanOnly)?.mean;

const position = { x: "batchSize", y: "steps" } as const;
const asEstimate = ({ steps }: TradeoffRow): Estimate => ({ estimate: steps.median, low: steps.low, high: steps.high });

const describe = (reached: readonly TradeoffRow[]): string =>
	reached.map((row) => `Batch size ${tickNumber(row.batchSize)}: ${formatInterval(asEstimate(row))} steps.`).join(" ");

/** An interval of batch sizes as a shaded span over the whole height; an open side runs to the edge. */
function span(interval: Estimate | undefined, domain: readonly [number, number], fill: string, fillOpacity: number): Markish {
	if (!interval || (interval.low === null && interval.high === null)) return null;
	const within = (value: number) => Math.min(domain[1], Math.max(domain[0], value));
	return rect([0], { x1: [within(interval.low ?? domain[0])], x2: [within(interval.high ?? domain[1])], fill, fillOpacity });
}

/** Rings around the sizes that the answer names: the recommended one, or all that can't be told apart while it is undecided. */
function ringed({ tradeoff, recommendation }: Findings, r: number): Markish {
	const sizes = recommendation.verdict === "undecided" ? recommendation.indistinguishable : [recommendation.batchSize];
	return dot(
		tradeoff.filter((row) => sizes.includes(row.batchSize)),
		{ x: "batchSize", y: (row: TradeoffRow) => row.steps.median, r, stroke: theme.accent, strokeWidth: 2 },
	);
}

/** The curve's band as far as it lies on the chart: where little is known it is wider than that, and would lie on the text around it. */
const bandWithin = (curve: Findings["fit"]["curve"], [lowest, highest]: readonly [number, number]) =>
	curve.map(({ batchSize, low, high }) => ({
		batchSize,
		low: Math.min(highest, Math.max(lowest, low)),
		high: Math.min(highest, Math.max(lowest, high)),
	}));
