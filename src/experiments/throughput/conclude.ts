import { medianInterval } from "../../analysis/bootstrap.js";
import type { Estimate } from "../../analysis/findings.js";
import { seriesChart, seriesColors } from "../../charts/series-chart.js";
import { Rng } from "../../core/rng.js";
import { formatCount, formatEstimate } from "../../words/numbers.js";
import { allOf, verdictAbove } from "../claims/claim.js";
import type { Conclusion } from "../experiment.js";
import { describeWorkload } from "../lab/workloads.js";
import type { Result, Settings } from "./runs.js";

/** Fixed before the data: doubling pays where it raises the examples per second by at least a tenth; they "rise" where 32 gives half as much again as 1. */
const margin = { pays: 1.1, rises: 1.5 };

/** One batch size. */
export interface Size {
	readonly batchSize: number;
	readonly secondsPerStep: Estimate;
	readonly examplesPerSecond: Estimate;
	/** Examples per second over those at half the size (or the size before), pass by pass; null at the first. */
	readonly gain: Estimate | null;
}

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const { batchSizes, passes } = settings;
	const timed = batchSizes.map((_, i) =>
		Array.from({ length: passes }, (_, pass) => results[(pass + 1) * batchSizes.length + i].secondsPerStep),
	);
	const rate = timed.map((all, i) => all.map((seconds) => batchSizes[i] / seconds));
	const gains = rate.slice(1).map((all, i) => all.map((x, pass) => x / rate[i][pass]));
	const sizes = batchSizes.map(
		(batchSize, i): Size => ({
			batchSize,
			secondsPerStep: typical(timed[i]),
			examplesPerSecond: typical(rate[i]),
			gain: i === 0 ? null : typical(gains[i - 1]),
		}),
	);
	const stop = sizes.find(({ gain }) => gain !== null && gain.high !== null && gain.high < margin.pays) ?? null;
	const best = sizes.reduce((a, b) => ((b.examplesPerSecond.estimate ?? 0) > (a.examplesPerSecond.estimate ?? 0) ? b : a));
	const at32 = rate[batchSizes.indexOf(32)] ?? rate[rate.length - 1];
	const rise = typical(at32.map((x, pass) => x / rate[0][pass]));
	const last = typical(gains[gains.length - 1]);
	const levelsOff = {
		estimate: -(last.estimate ?? 0),
		low: last.high === null ? null : -last.high,
		high: last.low === null ? null : -last.low,
	};
	const [first] = sizes;
	return {
		results: { sizes, doublingStopsPayingAt: stop?.batchSize ?? null } as unknown as Conclusion["results"],
		words: [
			stop === null
				? `There is no size at which these passes can tell that doubling gives less than a tenth more examples per second; the most was seen at ${formatCount(best.batchSize)}.`
				: `Doubling the batch stops paying at ${formatCount(stop.batchSize)}: it gives ${formatEstimate(stop.gain ?? first.examplesPerSecond)} times the examples per second of the size before.`,
			`A batch of one trains on ${formatCount(Math.round(first.examplesPerSecond.estimate ?? 0))} examples a second on one thread, ${formatCount(best.batchSize)}, the fastest, on ${formatCount(Math.round(best.examplesPerSecond.estimate ?? 0))}.`,
			"What a larger batch saves beyond that is steps, not seconds per example: on one thread there is no parallel hardware left to fill.",
		],
		tables: [
			{
				title: "Time per step and examples per second",
				columns: ["batch size", "µs per step", "examples per second", "over the size before"].map((title) => ({ title, numeric: true })),
				rows: sizes.map(({ batchSize, secondsPerStep, examplesPerSecond, gain }) => [
					formatCount(batchSize),
					formatEstimate(scaled(secondsPerStep, 1e6)),
					formatEstimate(examplesPerSecond),
					gain === null ? "" : formatEstimate(gain),
				]),
			},
		],
		charts: [
			{
				id: "throughput",
				title: "Examples per second",
				caption: `On one thread, with 95 % intervals over ${passes} passes. Along the dashed line, twice the batch would take no longer than one: what is below it is work, not overhead.`,
				draw: (canvas) =>
					seriesChart(canvas, {
						title: "Examples per second against batch size",
						series: [
							{
								name: "examples per second",
								color: seriesColors[1],
								kind: "measured",
								points: sizes.map(({ batchSize, examplesPerSecond: { estimate, low, high } }) => ({
									x: batchSize,
									y: estimate ?? Number.NaN,
									low,
									high,
								})),
							},
							{
								name: "if a step took no longer than that of one",
								color: seriesColors[0],
								kind: "theory",
								points: sizes
									.map(({ batchSize }) => ({ x: batchSize, y: batchSize * (first.examplesPerSecond.estimate ?? 0), low: null, high: null }))
									.filter(({ y }) => y <= 1.5 * (best.examplesPerSecond.estimate ?? 0)),
							},
						],
						places: stop === null ? [] : [{ x: stop.batchSize, name: `doubling stops paying at ${formatCount(stop.batchSize)}` }],
						x: { title: "batch size", scale: "batch" },
						y: { title: "examples per second", scale: "log" },
					}),
			},
		],
		claims: [
			{
				id: "C10",
				verdict: allOf(verdictAbove(rise, margin.rises), verdictAbove(levelsOff, -margin.pays)),
				effect: `examples per second at 32 over those at 1, above ${margin.rises}; and at the largest size over the one before, below ${margin.pays}: ${formatEstimate(last)}`,
				interval: rise,
				evidence: `${describeWorkload(settings.workload)}, one thread, ${passes} interleaved passes`,
			},
		],
	};
}

/** The median over passes: a pass that another process interrupts is no part of the machine's speed, and a mean would count it. */
function typical(passes: readonly number[]): Estimate {
	const { median, low, high } = medianInterval(passes, "log", Rng.fromSeed(0));
	return { estimate: median, low, high };
}

const scaled = ({ estimate, low, high }: Estimate, by: number): Estimate => ({
	estimate: estimate === null ? null : estimate * by,
	low: low === null ? null : low * by,
	high: high === null ? null : high * by,
});
