import { type Series, seriesChart, seriesColors } from "../charts/series-chart.js";
import { withinReach } from "../charts/within-reach.js";
import { describeGoal, goalValueOf } from "../core/goal.js";
import { figure } from "../report/figures.js";
import { type Content, html } from "../report/markup.js";
import type { Study } from "../study/study.js";
import { formatCount, formatRate } from "../words/numbers.js";
import { type AxisChoice, axisOf, axisWords, placeOn } from "./axis.js";
import type { RunningTrial } from "./running.js";
import { scaleOf } from "./scale-of.js";
import { unlikeNames } from "./unlike-names.js";

/** The goal's metric of the running trials, along the axis that the reader chose; nothing until the first look. */
export function liveChart(
	study: Pick<Study, "goal" | "data">,
	trials: readonly RunningTrial[],
	axis: AxisChoice,
	secondsPerStep: (batchSize: number) => number | null,
): Content {
	const { goal } = study;
	const drawn = trials.slice(0, seriesColors.length);
	const names = unlikeNames(
		drawn,
		({ spec }) => `${formatCount(spec.batchSize)} at ${formatRate(spec.learningRate)}`,
		({ spec }) => `${spec.phase} ${spec.seedIndex + 1}`,
	);
	const series = drawn.map(({ spec, looks }, i): Series => {
		const facts = { examples: study.data.train, secondsPerStep: secondsPerStep(spec.batchSize) };
		const points = looks.flatMap((look) => {
			const [x, y] = [placeOn(axis, look, facts), goalValueOf(goal, look)];
			return y === undefined || x === null ? [] : [{ x, y, low: null, high: null }];
		});
		return {
			name: names[i],
			color: seriesColors[i],
			points,
			kind: "measured",
		};
	});
	const level = goal.atLeast ?? goal.atMost;
	const shown = series.filter(({ points }) => points.length > 0);
	if (shown.length === 0) {
		const isPart = (axis.from !== null || axis.to !== null) && trials.length > 0;
		return isPart ? html`<p class="note">Nothing of the running trials lies on this part of the axis.</p>` : null;
	}
	const places = shown.flatMap(({ points }) => points.map(({ x }) => x));
	const values = shown.flatMap(({ points }) => points.map(({ y }) => y));
	const scale = scaleOf(goal, values);
	const domain = withinReach([...values, ...(level === undefined ? [] : [level])], scale);
	const omitted = trials.length - drawn.length;
	return figure(
		(canvas) =>
			seriesChart(canvas, {
				title: `${goal.metric} of the trials that run now`,
				isZoomable: true,
				series: shown,
				x: axisOf(axis, places),
				y: { title: goal.metric, scale, ...(domain && { domain }) },
				...(level !== undefined && { levels: [{ y: level, name: "goal" }] }),
			}),
		`The goal is ${describeGoal(goal)}.${omitted > 0 ? ` ${omitted} more trials run and are not drawn.` : ""}${axisWords(axis)}`,
	);
}
