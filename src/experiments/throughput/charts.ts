import { seriesColors } from "../../charts/series-chart.js";
import { formatCount } from "../../words/numbers.js";
import type { Chart } from "../experiment.js";
import { bySize, chartOfSeries, sizeAxis, theory } from "../lab/series.js";
import type { Figures } from "./figures.js";
import type { Settings } from "./settings.js";

export function charts({ sizes, stop, best }: Figures, { passes }: Settings): readonly Chart[] {
	const [first] = sizes;
	/** Examples per second if a step took no longer than that of one. */
	const proportional = ({ batchSize }: { readonly batchSize: number }) => batchSize * (first.examplesPerSecond.estimate ?? 0);
	const within = sizes.filter((size) => proportional(size) <= 1.5 * (best.examplesPerSecond.estimate ?? 0));
	return [
		chartOfSeries({
			id: "throughput",
			title: "Examples per second",
			caption: `On one thread, with 95 % intervals over ${passes} passes. Along the dashed line, twice the batch would take no longer than one: what is below it is work, not overhead.`,
			series: [
				bySize("examples per second", seriesColors[1], sizes, ({ examplesPerSecond }) => examplesPerSecond),
				theory("if a step took no longer than that of one", seriesColors[0], within, proportional),
			],
			places: stop === null ? [] : [{ x: stop.batchSize, name: `doubling stops paying at ${formatCount(stop.batchSize)}` }],
			x: sizeAxis,
			y: { title: "examples per second", scale: "log" },
		}),
	];
}
