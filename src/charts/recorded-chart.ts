import type { RecordedRow } from "../analysis/recorded.js";
import type { Recordable } from "../core/recorded.js";
import { formatCount } from "../words/numbers.js";
import { batchColors } from "./batch-colors.js";
import type { Canvas } from "./draw.js";
import { seriesChart } from "./series-chart.js";

/** What was recorded along the reporting runs against steps, one line a batch size. */
export function recordedChart(canvas: Canvas, rows: readonly RecordedRow[], name: Recordable, title: string): SVGSVGElement {
	const color = batchColors(rows.map(({ batchSize }) => batchSize));
	return seriesChart(canvas, {
		title,
		series: rows.map(({ batchSize, along }) => ({
			name: `batch size ${formatCount(batchSize)}`,
			color: color(batchSize),
			kind: "measured",
			points: along[name].map(({ step, mean: { estimate, low, high } }) => ({ x: step, y: estimate ?? Number.NaN, low, high })),
		})),
		x: { title: "steps", scale: "log" },
		y: { title, scale: "log" },
	});
}
