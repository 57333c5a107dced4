import { type Series, seriesChart, seriesColors } from "../charts/series-chart.js";
import { figure } from "../report/figures.js";
import { type Content, html, type Markup } from "../report/markup.js";
import { prose } from "../report/prose.js";
import { formatCount, formatNumber } from "../words/numbers.js";
import { zoomHelp } from "./axis.js";
import type { Page } from "./layout.js";
import { notComputed } from "./not-computed.js";
import { part } from "./part.js";
import { priceText } from "./price-text.js";
import { type ListedStudy, mostCompared } from "./studies-page.js";
import { addressOf } from "./study-head.js";
import { unlikeNames } from "./unlike-names.js";

export const measures = ["steps", "examples", "seconds"] as const;
export type Measure = (typeof measures)[number];

/** What the reader asked for. */
export interface CompareQuery {
	readonly measure: Measure;
	/** Batch sizes between which the curves are drawn; null: all. */
	readonly from: number | null;
	readonly to: number | null;
}

type Compared = Pick<ListedStudy, "stored" | "summary" | "isWaiting">;

/** The tradeoff curves of several studies on one chart. No figure of one study depends on which others are shown. */
export function comparePage(studies: readonly Compared[], query: CompareQuery, unknown: readonly string[]): Page {
	return {
		title: "Compare",
		study: null,
		parts: [part("comparison", comparison(studies, query, unknown))],
		content: (at) => html`<h1>Compare studies</h1>
<form class="filters" method="get" action="/compare" data-filters>${studies.map(({ stored }) => html`<input type="hidden" name="study" value="${stored.id}">`)}
<label>to the goal<select name="measure">${measures.map((one) => html`<option${one === query.measure ? html` selected` : null}>${one}</option>`)}</select></label>
<label>batch sizes from${endField("from", query.from, "the smallest")}</label>
<label>to${endField("to", query.to, "the largest")}</label>${zoomHelp}
<button>Show</button></form>
${at("comparison")}`,
	};
}

const endField = (name: string, value: number | null, placeholder: string): Markup =>
	html`<input type="number" name="${name}" min="0" step="any" value="${value ?? ""}" placeholder="${placeholder}">`;

function comparison(studies: readonly Compared[], query: CompareQuery, unknown: readonly string[]): Content {
	const missing = unknown.length === 0 ? null : html`<p>Not in this store: ${unknown.join(", ")}.</p>`;
	if (studies.length < 2) {
		return html`${missing}<p>Choose two to ${mostCompared} studies <a href="/studies">in the list</a>, then compare them.</p>`;
	}
	return html`${missing}<div class="trial">${chart(studies, query)}</div>${table(studies)}`;
}

function chart(studies: readonly Compared[], { measure, from, to }: CompareQuery): Content {
	const names = unlikeNames(
		studies,
		({ stored }) => stored.study.name,
		({ stored }) => stored.id,
	);
	const series = studies.map(({ summary }, i): Series => {
		const points = (summary?.sizes ?? []).flatMap((row) => {
			const { median, low, high } = row[measure];
			return median === null || row.batchSize < (from ?? 0) || row.batchSize > (to ?? Number.POSITIVE_INFINITY)
				? []
				: [{ x: row.batchSize, y: median, low, high }];
		});
		return { name: names[i], color: seriesColors[i % seriesColors.length], points, kind: "measured" };
	});
	const shown = series.filter(({ points }) => points.length > 0);
	const isPart = from !== null || to !== null;
	if (shown.length === 0) return html`<p>None of these studies has ${measure} to its goal ${isPart ? "at these batch sizes" : "yet"}.</p>`;
	const goals = new Set(studies.flatMap(({ summary }) => summary?.goal ?? []));
	const left = series.filter(({ points }) => points.length === 0).map(({ name }) => name);
	const isWithout =
		left.length > 0 ? ` Not drawn, with nothing to show ${isPart ? "at these batch sizes" : "yet"}: ${left.join(", ")}.` : "";
	const differ = goals.size > 1 ? " Their goals differ: compare shapes, not heights." : "";
	return figure(
		(canvas) =>
			seriesChart(canvas, {
				title: `${measure} to the goal against batch size`,
				isZoomable: true,
				series: shown,
				x: { title: "batch size", scale: "batch", ...partOf({ from, to }, shown) },
				y: { title: `${measure} to the goal`, scale: "log" },
			}),
		`Medians over each study’s reporting runs with their 95 % intervals, each batch size at its own tuned rate.${differ}${isWithout}${isPart ? " Only a part of the batch sizes is shown." : ""}`,
	);
}

/** The part of the axis that the reader asked for, where something lies between its ends. */
function partOf({ from, to }: Pick<CompareQuery, "from" | "to">, shown: readonly Series[]) {
	const sizes = shown.flatMap(({ points }) => points.map(({ x }) => x));
	const [low, high] = [from ?? Math.min(...sizes), to ?? Math.max(...sizes)];
	return (from !== null || to !== null) && low > 0 && high > low ? { domain: [low, high] as const } : {};
}

const table = (
	studies: readonly Compared[],
): Markup => html`<div class="scroll stacked" tabindex="0" role="region" aria-label="The studies"><table>
<thead><tr><th scope="col">study</th><th scope="col">goal</th><th scope="col">answer</th><th scope="col" class="n">trials</th><th scope="col" class="n">price, trainings</th></tr></thead>
<tbody>${studies.map(
	({
		stored,
		summary,
		isWaiting,
	}) => html`<tr><td><a href="${addressOf(stored.id)}">${stored.study.name}</a><br><span class="interval">${stored.id}</span></td>
<td${summary === null ? html` class="none"` : null}>${summary?.goal ?? "—"}</td><td class="answered">${summary === null ? notComputed(isWaiting) : prose(summary.answer)}</td>
<td class="n">${formatCount(stored.trials)}<span class="unit"> trials</span></td><td class="n${summary?.trainings == null ? " none" : ""}">${summary ? priceText(summary) : formatNumber(null)}<span class="unit"> trainings</span></td></tr>`,
)}</tbody></table></div>`;
