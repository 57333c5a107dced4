import { type Series, seriesChart, seriesColors } from "../charts/series-chart.js";
import { withinReach } from "../charts/within-reach.js";
import { describeGoal, goalMetric } from "../core/goal.js";
import { figure } from "../report/figures.js";
import { type Content, html } from "../report/markup.js";
import type { StoredStudy } from "../study/contracts.js";
import { formatCount, formatRate } from "../words/numbers.js";
import { type AxisChoice, axisFields, axisOf, axisWords, placeOn } from "./axis.js";
import type { Page } from "./layout.js";
import { mostRuns } from "./most-runs.js";
import { part } from "./part.js";
import { scaleOf } from "./scale-of.js";
import { spikesKept } from "./spikes-kept.js";
import { addressOf, studyHead } from "./study-head.js";
import type { NumberedTrial } from "./trials-page.js";

/** Points of one curve. */
const mostPoints = 400;

/** What the reader asked for. */
export interface RunsQuery extends AxisChoice {
	readonly trial: readonly number[];
	/** Empty: the goal's. */
	readonly metric: string;
}

/** Single runs on one chart, without averaging; no run depends on which others are shown. `secondsPerStep`: of a trial. */
export function runsPage(
	stored: StoredStudy,
	trials: readonly NumberedTrial[],
	query: RunsQuery,
	secondsPerStep: (trial: NumberedTrial) => number | null,
): Page {
	const chosen = trials.filter(({ number }) => query.trial.includes(number));
	const metrics = [...new Set(chosen.flatMap(({ result }) => result.evaluations.flatMap((look) => Object.keys(look.metrics))))].sort();
	const metric = query.metric === "" ? goalMetric(stored.study.goal) : query.metric;
	return {
		title: `Runs of ${stored.study.name}`,
		study: stored.id,
		parts: [part("head", studyHead(stored, null, null, "")), part("runs", chart(stored, chosen, { ...query, metric }, secondsPerStep))],
		content: (at) => html`${at("head")}
<form class="filters" method="get" action="${addressOf(stored.id)}/runs" data-filters>${query.trial.map((number) => html`<input type="hidden" name="trial" value="${number}">`)}
<label>metric<select name="metric">${metrics.map((one) => html`<option${one === metric ? html` selected` : null}>${one}</option>`)}</select></label>
${axisFields(query)}
<button>Show</button></form>
<div class="trial">${at("runs")}</div>`,
	};
}

function chart(
	{ id, study }: StoredStudy,
	chosen: readonly NumberedTrial[],
	query: RunsQuery,
	secondsPerStep: (trial: NumberedTrial) => number | null,
): Content {
	if (chosen.length === 0)
		return html`<p>Choose up to ${mostRuns} runs <a href="${addressOf(id)}/trials">in the table of trials</a>, then show them together.</p>`;
	const { metric } = query;
	const series = chosen.map((trial, i): Series => {
		const facts = { examples: study.data.train, secondsPerStep: secondsPerStep(trial) };
		const points = trial.result.evaluations.flatMap((look) => {
			const [x, y] = [placeOn(query, look, facts), look.metrics[metric]];
			return x === null || y === undefined ? [] : [{ x, y, low: null, high: null }];
		});
		return { name: nameOf(trial), color: seriesColors[i], points: spikesKept(points, mostPoints), kind: "measured" };
	});
	const shown = series.filter(({ points }) => points.length > 0);
	const list = html`<ul>${chosen.map((trial) => html`<li><a href="${addressOf(id)}/trials/${trial.number}">${nameOf(trial)}</a>, ${trial.spec.phase}, seed ${trial.spec.seedIndex + 1}: ${trial.result.outcome}</li>`)}</ul>`;
	if (shown.length === 0) return html`<p>None of these runs has ${metric} on this part of the axis.</p>${list}`;
	const places = shown.flatMap(({ points }) => points.map(({ x }) => x));
	const values = shown.flatMap(({ points }) => points.map(({ y }) => y));
	const ofGoal = metric === goalMetric(study.goal) && metric === study.goal.metric;
	const level = ofGoal ? (study.goal.atLeast ?? study.goal.atMost) : undefined;
	const scale = scaleOf({ metric }, values);
	const domain = withinReach([...values, ...(level === undefined ? [] : [level])], scale);
	return html`${figure(
		(canvas) =>
			seriesChart(canvas, {
				title: `${metric} of single runs`,
				isZoomable: true,
				series: shown,
				x: axisOf(query, places),
				y: { title: metric, scale, ...(domain && { domain }) },
				...(level !== undefined && { levels: [{ y: level, name: "goal" }] }),
			}),
		`${ofGoal ? `The goal is ${describeGoal(study.goal)}. ` : ""}Each run as it was.${domain ? " A few values lie beyond the axis." : ""}${axisWords(query)}`,
	)}${list}`;
}

const nameOf = ({ number, spec }: NumberedTrial): string =>
	`trial ${formatCount(number)}: ${formatCount(spec.batchSize)} at ${formatRate(spec.learningRate)}`;
