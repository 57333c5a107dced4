import { type Series, seriesChart, seriesColors } from "../charts/series-chart.js";
import { withinReach } from "../charts/within-reach.js";
import { describeGoal, goalMetric } from "../core/goal.js";
import type { Evaluation } from "../core/trial.js";
import { figure } from "../report/figures.js";
import { type Content, html, type Markup } from "../report/markup.js";
import type { StoredStudy } from "../study/contracts.js";
import { formatCount, formatRate, formatSeconds } from "../words/numbers.js";
import { settingText } from "../words/setting.js";
import { type AxisChoice, type AxisFacts, axisFields, axisOf, axisWords, placeOn } from "./axis.js";
import type { Page } from "./layout.js";
import { part } from "./part.js";
import { spikesKept } from "./spikes-kept.js";
import { addressOf, studyHead } from "./study-head.js";
import type { NumberedTrial } from "./trials-page.js";

/** Points of one curve on the page. */
const mostPoints = 600;

/** What a trial's page shows besides what is stored of it. */
export interface TrialDetails {
	readonly axis: AxisChoice;
	/** Null where it is not known. */
	readonly secondsPerStep: number | null;
	/** The end of what its script printed. */
	readonly log: { readonly text: string; readonly omitted: number } | null;
}

/** One finished trial: its settings, its outcome, and its metrics at every look. */
export function trialPage(stored: StoredStudy, { number, spec, result }: NumberedTrial, { axis, secondsPerStep, log }: TrialDetails): Page {
	const { evaluations } = result;
	const facts = { examples: stored.study.data.train, secondsPerStep };
	const rows: readonly (readonly [string, string])[] = [
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
			part("head", studyHead(stored, null, null, "")),
			part(
				"trial",
				html`<div class="trial"><p class="note"><a href="${addressOf(stored.id)}/trials">All trials</a></p>
<h2>Trial ${formatCount(number)}</h2>
${result.message === null ? null : html`<div class="aside"><h3>What went wrong</h3><pre tabindex="0">${result.message}</pre></div>`}
<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
</div>`,
			),
			part("curves", html`<div class="trial">${curves(stored, evaluations, axis, facts)}${norms(result, axis, facts)}</div>`),
			part("log", log && logSection(log)),
		],
		content: (at) => html`${at("head")}${at("trial")}
<form class="filters" method="get" action="${addressOf(stored.id)}/trials/${number}" data-filters>${axisFields(axis)}<button>Show</button></form>
${at("curves")}${at("log")}`,
	};
}

/** Metrics of single batches are noise around the others: they come last, in a quieter colour. */
const smoothFirst = (a: string, b: string): number => Number(a.startsWith("batch.")) - Number(b.startsWith("batch.")) || (a < b ? -1 : 1);

/** A chart for each kind of metric: losses together, accuracies together, each other metric on its own. */
function curves({ study: { goal } }: StoredStudy, evaluations: readonly Evaluation[], axis: AxisChoice, facts: AxisFacts): Markup {
	const names = [...new Set(evaluations.flatMap(({ metrics }) => Object.keys(metrics)))].sort(smoothFirst);
	const kinds = new Map<string, string[]>();
	for (const name of names) {
		const kind = /\.(loss|accuracy)$/.exec(name)?.[1] ?? name;
		kinds.set(kind, [...(kinds.get(kind) ?? []), name]);
	}
	if (names.length === 0) return html`<p>Nothing was measured in this run.</p>`;
	return html`${[...kinds].map(([kind, members]) => chartOf(kind, members, { evaluations, goal, axis, facts }))}`;
}

interface Measured {
	readonly evaluations: readonly Evaluation[];
	readonly goal: StoredStudy["study"]["goal"];
	readonly axis: AxisChoice;
	readonly facts: AxisFacts;
}

function chartOf(kind: string, members: readonly string[], { evaluations, goal, axis, facts }: Measured): Markup {
	const series = members.map((name, i): Series => {
		const points = evaluations.flatMap((look) => {
			const [x, y] = [placeOn(axis, look, facts), look.metrics[name]];
			return y === undefined || x === null ? [] : [{ x, y, low: null, high: null }];
		});
		return { name, color: seriesColors[i % seriesColors.length], points: spikesKept(points, mostPoints), kind: "measured" };
	});
	const values = series.flatMap(({ points }) => points.map(({ y }) => y));
	if (values.length === 0)
		return axis.from === null && axis.to === null ? html`` : html`<p>No look at ${kind} lies on this part of the axis.</p>`;
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
				isZoomable: true,
				series,
				x: axisOf(
					axis,
					series.flatMap(({ points }) => points.map(({ x }) => x)),
				),
				y: { title: kind, scale, ...(domain && { domain }) },
				...(level !== undefined && { levels: [{ y: level, name: "goal" }] }),
			}),
		`${ofGoal ? `The goal is ${describeGoal(goal)}.` : `The trial’s ${kind} at every look.`}${domain ? " A few values lie beyond the axis." : ""}${thinned}${axisWords(axis)}`,
	);
}

/** Squared gradient norms as the trainer reported them: of a small batch, and of one of more examples. */
function norms({ gradientNorms = [], steps, examples }: NumberedTrial["result"], axis: AxisChoice, facts: AxisFacts): Content {
	const perStep = steps > 0 ? examples / steps : 0;
	const of = (side: "small" | "big") =>
		gradientNorms.flatMap((norm) => {
			const x = placeOn(axis, { step: norm.step, examples: norm.step * perStep }, facts);
			return x === null ? [] : [{ x, y: norm[side].squaredNorm, low: null, high: null }];
		});
	const series = (["small", "big"] as const).map(
		(side, i): Series => ({
			name: side === "small" ? "of a small batch" : "of a large batch",
			color: seriesColors[i],
			points: of(side),
			kind: "measured",
		}),
	);
	if (series.every(({ points }) => points.every(({ y }) => !(y > 0)))) return null;
	const places = series.flatMap(({ points }) => points.map(({ x }) => x));
	return figure(
		(canvas) =>
			seriesChart(canvas, {
				title: "squared gradient norms of this trial",
				isZoomable: true,
				series: series.map((one) => ({ ...one, points: spikesKept(one.points, mostPoints) })),
				x: axisOf(axis, places),
				y: { title: "squared gradient norm", scale: "log" },
			}),
		`Squared norms of the mean gradient, as the trainer reported them.${axisWords(axis)}`,
	);
}

const logSection = ({ text, omitted }: NonNullable<TrialDetails["log"]>): Markup =>
	html`<section class="trial" id="log"><h2>What it printed</h2>${omitted > 0 ? html`<p class="note">The last part; ${formatCount(omitted)} bytes before it are left out.</p>` : null}<pre class="file" tabindex="0">${text}</pre></section>`;
