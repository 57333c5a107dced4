/** The charts of a race, in a file of their own: it is loaded once they are wanted. */
import type { Findings } from "../../analysis/findings.js";
import { seriesChart, seriesColors } from "../../charts/series-chart.js";
import { tradeoffChart } from "../../charts/tradeoff-chart.js";

/** Steps and examples to the goal against the batch size, each so many pixels wide. */
export const raceCharts = (findings: Findings, width: number): readonly SVGSVGElement[] => {
	const canvas = { document, width };
	return [tradeoffChart(canvas, findings), examplesChart(canvas, findings)].map(forThisPage);
};

const examplesChart = (canvas: { readonly document: Document; readonly width: number }, { tradeoff }: Findings): SVGSVGElement =>
	seriesChart(canvas, {
		title: "Examples-to-target against batch size",
		series: [
			{
				name: "examples to the goal: median, with its 95 % interval",
				color: seriesColors[1],
				kind: "measured",
				points: tradeoff.flatMap(({ batchSize, examples: { median, low, high } }) =>
					median === null ? [] : [{ x: batchSize, y: median, low, high }],
				),
			},
		],
		x: { title: "batch size (examples per step)", scale: "batch" },
		y: { title: "examples", scale: "log" },
	});

/**
 * The page's policy allows no inline style sheet; its own sheet has the rules. Groups of marks have no names of their own: a screen reader
 * would read them out instead of the chart's name and description.
 */
function forThisPage(svg: SVGSVGElement): SVGSVGElement {
	for (const sheet of svg.querySelectorAll("style")) sheet.remove();
	for (const group of svg.querySelectorAll("g[aria-label]")) group.removeAttribute("aria-label");
	return svg;
}
