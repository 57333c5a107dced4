import { type Series, seriesChart, seriesColors } from "../charts/series-chart.js";
import { describeGoal, goalMetric } from "../core/goal.js";
import type { Evaluation } from "../core/trial.js";
import { figure } from "../report/figures.js";
import { html, type Markup } from "../report/markup.js";
import type { StoredStudy } from "../study/contracts.js";
import { formatCount, formatRate, formatSeconds } from "../words/numbers.js";
import { settingText } from "../words/setting.js";
import type { Page } from "./layout.js";
import { part } from "./part.js";
import { withinReach } from "./scale-of.js";
import { spikesKept } from "./spikes-kept.js";
import { addressOf, studyHead } from "./study-head.js";
import type { NumberedTrial } from "./trials-page.js";

/** Points of one curve on the page. */
const mostPoints = 600;

/** One finished trial: what it was, what came of it, its metrics at every look. */
export function trialPage(stored: StoredStudy, { number, spec, result }: NumberedTrial): Page {
	const { evaluations } = result;
	const facts: readonly (readonly [string, string])[] = [
		["outcome", result.outcome],
		["batch size", formatCount(spec.batchSize)],
		["learning rate", `${formatRate(spec.learningRate)}${settingText(spec)}`],
		["phase", spec.phase],
		["seed", `${spec.seedIndex + 1} of the phase (${spec.seed})`],
		[
			"goal",
			result.reached
				? `reached between step ${formatCount(result.reached.after)} and step ${formatCount(result.reached.step)}`
				: "not reached",
		],
		["steps", `${formatCount(result.steps)} of at most ${formatCount(spec.cap)}`],
		["examples", formatCount(result.examples)],
		["time", formatSeconds(result.seconds)],
		["where", result.machine ?? "on this machine"],
		["looks", formatCount(evaluations.length)],
	];
	return {
		title: `Trial ${number} of ${stored.study.name}`,
		study: stored.id,
		parts: [
			part("head", studyHead(stored, null, "")),
			part(
				"trial",
				html`<div class="trial"><p class="note"><a href="${addressOf(stored.id)}/trials">All trials</a></p>
<h2>Trial ${formatCount(number)}</h2>
${result.message === null ? null : html`<div class="aside"><h3>What went wrong</h3><pre tabindex="0">${result.message}</pre></div>`}
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
${curves(stored, evaluations)}</div>`,
			),
		],
		content: (at) => html`${at("head")}${at("trial")}`,
	};
}

/** Metrics of single batches are noise around the others: they come last, in a quieter colour. */
const smoothFirst = (a: string, b: string): number => Number(a.startsWith("batch.")) - Number(b.startsWith("batch.")) || (a < b ? -1 : 1);

/** A chart for each kind of metric: losses together, accuracies together, each other metric on its own. */
function curves({ study: { goal } }: StoredStudy, evaluations: readonly Evaluation[]): Markup {
	const names = [...new Set(evaluations.flatMap(({ metrics }) => Object.keys(metrics)))].sort(smoothFirst);
	const kinds = new Map<string, string[]>();
	for (const name of names) {
		const kind = /\.(loss|accuracy)$/.exec(name)?.[1] ?? name;
		kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
	}
	if (names.length === 0) return html`<p>Nothing was measured in this run.</p>`;
	return html`${[...kinds].map(([kind, members]) => chartOf(kind, members, evaluations, goal))}`;
}

function chartOf(kind: string, members: readonly string[], evaluations: readonly Evaluation[], goal: StoredStudy["study"]["goal"]): Markup {
	const series = members.map((name, i): Series => {
		const points = evaluations.flatMap(({ step, metrics }) => {
			const y = metrics[name];
			return y === undefined || step < 1 ? [] : [{ x: step, y, low: null, high: null }];
		});
		return { name, color: seriesColors[i % seriesColors.length], points: spikesKept(points, mostPoints), kind: "measured" };
	});
	const values = series.flatMap(({ points }) => points.map(({ y }) => y));
	if (values.length === 0) return html``;
	const scale = kind === "loss" && values.every((value) => value > 0) ? "log" : "linear";
	const ofGoal = members.includes(goalMetric(goal)) && goalMetric(goal) === goal.metric;
	const level = ofGoal ? (goal.atLeast ?? goal.atMost) : undefined;
	const domain = withinReach([...values, ...(level === undefined ? [] : [level])], scale);
	const thinned =
		evaluations.length > mostPoints ? ` Of ${formatCount(evaluations.length)} looks, those are drawn that show every spike.` : "";
	return figure(
		(canvas) =>
			seriesChart(canvas, {
				title: `${kind} of this trial`,
				series,
				x: { title: "steps", scale: "log" },
				y: { title: kind, scale, ...(domain && { domain }) },
				...(level !== undefined && { levels: [{ y: level, name: "goal" }] }),
			}),
		`${ofGoal ? `The goal is ${describeGoal(goal)}.` : `The trial’s ${kind} at every look.`}${domain ? " A few values lie beyond the axis." : ""}${thinned}`,
	);
}
