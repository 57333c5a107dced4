import { type Series, seriesChart, seriesColors } from "../charts/series-chart.js";
import { figure } from "../report/figures.js";
import { type Content, html, type Markup } from "../report/markup.js";
import { prose } from "../report/prose.js";
import type { StoredStudy } from "../study/contracts.js";
import { formatCount, formatNumber } from "../words/numbers.js";
import type { Page } from "./layout.js";
import { part } from "./part.js";
import { mostCompared } from "./studies-page.js";
import { addressOf } from "./study-head.js";
import type { Summary } from "./summary.js";
import { unlikeNames } from "./unlike-names.js";

export const measures = ["steps", "examples", "seconds"] as const;
export type Measure = (typeof measures)[number];

interface Compared {
	readonly stored: StoredStudy;
	/** Null: not computed yet. */
	readonly summary: Summary | null;
}

/** The tradeoff curves of several studies on one chart. No figure of one study depends on which others are shown. */
export function comparePage(studies: readonly Compared[], measure: Measure, unknown: readonly string[]): Page {
	return {
		title: "Compare",
		study: null,
		parts: [part("comparison", comparison(studies, measure, unknown))],
		content: (at) => html`<h1>Compare studies</h1>
<form class="filters" method="get" action="/compare" data-filters>${studies.map(({ stored }) => html`<input type="hidden" name="study" value="${stored.id}">`)}
<label>to the goal<select name="measure">${measures.map((one) => html`<option${one === measure ? html` selected` : null}>${one}</option>`)}</select></label>
<button>Show</button></form>
${at("comparison")}`,
	};
}

function comparison(studies: readonly Compared[], measure: Measure, unknown: readonly string[]): Content {
	const missing = unknown.length === 0 ? null : html`<p>Not in this store: ${unknown.join(", ")}.</p>`;
	if (studies.length < 2) {
		return html`${missing}<p>Choose two to ${mostCompared} studies <a href="/studies">in the list</a>, then compare them.</p>`;
	}
	return html`${missing}<div class="trial">${chart(studies, measure)}</div>${table(studies)}`;
}

function chart(studies: readonly Compared[], measure: Measure): Content {
	const names = unlikeNames(
		studies,
		({ stored }) => stored.study.name,
		({ stored }) => stored.id,
	);
	const series = studies.map(({ summary }, i): Series => {
		const points = (summary?.sizes ?? []).flatMap((row) => {
			const { median, low, high } = row[measure];
			return median === null ? [] : [{ x: row.batchSize, y: median, low, high }];
		});
		return { name: names[i], color: seriesColors[i % seriesColors.length], points, kind: "measured" };
	});
	const shown = series.filter(({ points }) => points.length > 0);
	if (shown.length === 0) return html`<p>None of these studies has ${measure} to its goal yet.</p>`;
	const goals = new Set(studies.flatMap(({ summary }) => summary?.goal ?? []));
	const differ = goals.size > 1 ? " Their goals differ: compare shapes, not heights." : "";
	return figure(
		(canvas) =>
			seriesChart(canvas, {
				title: `${measure} to the goal against batch size`,
				series: shown,
				x: { title: "batch size", scale: "batch" },
				y: { title: `${measure} to the goal`, scale: "log" },
			}),
		`Medians over each study’s reporting runs with their 95 % intervals, each batch size at its own tuned rate.${differ}`,
	);
}

const table = (
	studies: readonly Compared[],
): Markup => html`<div class="scroll stacked" tabindex="0" role="region" aria-label="The studies"><table>
<thead><tr><th scope="col">study</th><th scope="col">goal</th><th scope="col">answer</th><th scope="col" class="n">trials</th><th scope="col" class="n">price, trainings</th></tr></thead>
<tbody>${studies.map(
	({
		stored,
		summary,
	}) => html`<tr><td><a href="${addressOf(stored.id)}">${stored.study.name}</a><br><span class="interval">${stored.id}</span></td>
<td>${summary?.goal ?? "—"}</td><td class="answered">${summary === null ? "being computed" : prose(summary.answer)}</td>
<td class="n">${formatCount(stored.trials)}<span class="unit"> trials</span></td><td class="n">${formatNumber(summary?.trainings ?? null)}<span class="unit"> trainings</span></td></tr>`,
)}</tbody></table></div>`;
