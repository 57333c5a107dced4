import type { HorizonEnd } from "../analysis/findings.js";
import { describeMetric, type Goal, isHigherBetter } from "../core/goal.js";
import { bestEnding, type HorizonRun } from "../core/horizon.js";
import { batchColors } from "./batch-colors.js";
import type { Canvas } from "./draw.js";
import { type Series, seriesChart } from "./series-chart.js";
import { tickNumber } from "./ticks.js";

/** How trainings of several lengths ended. */
export interface Endings {
	/** One run each. */
	readonly runs: readonly HorizonRun[];
	/** Means over fresh seeds, with their intervals; empty where lengths were the question. */
	readonly fresh: readonly Pick<HorizonEnd, "batchSize" | "steps" | "end">[];
}

/**
 * The goal's metric at the end of trainings against their length in examples, by batch size: at every length the best end that was seen,
 * and where fresh seeds ran their mean. A training that broke down ends nowhere.
 */
export function endingsChart(canvas: Canvas, goal: Goal, { runs, fresh }: Endings): SVGSVGElement {
	const sizes = [...new Set(runs.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
	const color = batchColors(sizes);
	const series = sizes.map((batchSize): Series => {
		const ends = bestEnds(goal, runs, batchSize);
		const means = fresh.flatMap(({ batchSize: size, steps, end: { estimate, low, high } }) =>
			size === batchSize && estimate !== null ? [{ x: steps * batchSize, y: estimate, low, high }] : [],
		);
		const points = [...ends.filter(({ x }) => means.every((mean) => mean.x !== x)), ...means];
		return { name: tickNumber(batchSize), color: color(batchSize), kind: "measured", points: points.sort((a, b) => a.x - b.x) };
	});
	const values = series.flatMap(({ points }) => points.map(({ y }) => y));
	const bound = goal.atMost ?? goal.atLeast;
	return seriesChart(canvas, {
		title: "How trainings ended",
		series,
		x: { title: "length of the training (examples)", scale: "log" },
		y: { title: `${describeMetric(goal)} at the end`, scale: !isHigherBetter(goal) && values.every((y) => y > 0) ? "log" : "linear" },
		...(bound !== undefined && { levels: [{ y: bound, name: "goal" }] }),
	});
}

/** The best end of a size at each length in steps, against the length in examples. */
function bestEnds(goal: Goal, runs: readonly HorizonRun[], batchSize: number): readonly Series["points"][number][] {
	const own = runs.filter((run) => run.batchSize === batchSize);
	return [...new Set(own.map(({ steps }) => steps))].flatMap((steps) => {
		const best = bestEnding(
			goal,
			own.filter((run) => run.steps === steps),
		);
		return best === null ? [] : [{ x: steps * batchSize, y: best.value, low: null, high: null }];
	});
}
