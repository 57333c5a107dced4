import type { FinishedTrial, Outcome } from "../core/trial.js";
import { html, type Markup } from "../report/markup.js";
import type { StoredStudy } from "../study/contracts.js";
import { formatCount, formatRate, formatSeconds } from "../words/numbers.js";
import { settingText } from "../words/setting.js";
import type { Page } from "./layout.js";
import { mostRuns } from "./most-runs.js";
import { part } from "./part.js";
import type { Running } from "./running.js";
import { addressOf, studyHead } from "./study-head.js";
import type { Summary } from "./summary.js";

export const outcomes = [
	"reached",
	"missed",
	"diverged",
	"stopped",
	"timed out",
	"out of memory",
	"failed",
] as const satisfies readonly Outcome[];

/** What the reader asked for; an empty text matches everything. */
export interface TrialsQuery {
	readonly phase: string;
	readonly batch: number | null;
	readonly rate: number | null;
	readonly outcome: (typeof outcomes)[number] | "";
	/** Chosen to be shown together. */
	readonly trial: readonly number[];
	/** From which trial on, of those that match. */
	readonly from: number;
}

/** Trials on one page. */
const perPage = 200;

/** A finished trial with its number: the order in which the store was given them, from 1. */
export interface NumberedTrial extends FinishedTrial {
	readonly number: number;
}

/** A study's trials as a table, the newest first. */
export function trialsPage(
	stored: StoredStudy,
	trials: readonly NumberedTrial[],
	query: TrialsQuery,
	{ running, summary }: { readonly running: Running; readonly summary: Summary | null },
): Page {
	const matching = trials
		.filter(({ spec, result }) => {
			const { phase, batch, rate, outcome } = query;
			return (
				(phase === "" || spec.phase === phase) &&
				(batch === null || spec.batchSize === batch) &&
				(rate === null || spec.learningRate === rate) &&
				(outcome === "" || result.outcome === outcome)
			);
		})
		.reverse();
	const phases = [...new Set(trials.map(({ spec }) => spec.phase))];
	const batches = [...new Set(trials.map(({ spec }) => spec.batchSize))].sort((a, b) => a - b);
	const rates = [...new Set(trials.map(({ spec }) => spec.learningRate))].sort((a, b) => a - b);
	const options = (values: readonly (string | number)[], chosen: string | number | null, name: (value: number) => string = formatCount) =>
		html`<option value="">any</option>${values.map(
			(value) =>
				html`<option value="${value}"${value === chosen ? html` selected` : null}>${typeof value === "number" ? name(value) : value}</option>`,
		)}`;
	return {
		title: `Trials of ${stored.study.name}`,
		study: stored.id,
		parts: [
			part("head", studyHead(stored, running.progress ?? summary?.progress ?? null, summary, "Trials")),
			part("trials", table(stored, matching, trials.length, query)),
		],
		content: (at) => html`${at("head")}
<form class="filters" method="get" action="${addressOf(stored.id)}/trials" data-filters>
<label>phase<select name="phase">${options(phases, query.phase)}</select></label>
<label>batch size<select name="batch">${options(batches, query.batch)}</select></label>
<label>rate<select name="rate">${options(rates, query.rate, formatRate)}</select></label>
<label>outcome<select name="outcome">${options(outcomes, query.outcome)}</select></label>
<button>Show</button></form>
${at("trials")}
<form id="runs" class="compare" method="get" action="${addressOf(stored.id)}/runs"><button>Show the chosen runs together</button>
<p class="note">Choose up to ${mostRuns} runs in the table.</p></form>
<p class="actions"><a class="button" href="${addressOf(stored.id)}/trials.csv" download>Download the trials as CSV</a></p>
<p class="note">With every look: <code>sweetspot export ${stored.id}</code></p>`,
	};
}

function table({ id, study }: StoredStudy, matching: readonly NumberedTrial[], all: number, query: TrialsQuery): Markup {
	const shown = matching.slice(query.from, query.from + perPage);
	const searchesMore = study.tune.momentum !== undefined || study.tune.weightDecay !== undefined || study.tune.flags !== undefined;
	const count = matching.length === all ? `${formatCount(all)} trials` : `${formatCount(matching.length)} of ${formatCount(all)} trials`;
	const range =
		shown.length < matching.length ? `, shown: ${formatCount(query.from + 1)} to ${formatCount(query.from + shown.length)}` : "";
	return html`<p class="note">${count}${range}, the newest first. Trials that still run are on <a href="${addressOf(id)}">the study’s page</a>.</p>
<div class="scroll trials" tabindex="0" role="region" aria-label="Trials"><table>
<thead><tr><th scope="col">show</th><th scope="col" class="n">trial</th><th scope="col">phase</th><th scope="col" class="n">batch size</th><th scope="col" class="n">rate</th>${searchesMore ? html`<th scope="col">setting</th>` : null}<th scope="col" class="n">seed</th><th scope="col">outcome</th><th scope="col" class="n">steps to target</th><th scope="col" class="n">steps</th><th scope="col" class="n">examples</th><th scope="col" class="n">time</th><th scope="col">where</th></tr></thead>
<tbody>${shown.map(
		({ number, spec, result }) =>
			html`<tr><td><input type="checkbox" form="runs" name="trial" value="${number}" aria-label="Show trial ${formatCount(number)}"${query.trial.includes(number) ? html` checked` : null}></td><td class="n"><a href="${addressOf(id)}/trials/${number}">${formatCount(number)}</a></td><td>${spec.phase}</td><td class="n" data-label="batch size">${formatCount(spec.batchSize)}</td><td class="n" data-label="rate">${formatRate(spec.learningRate)}</td>${searchesMore ? html`<td data-label="setting">${settingText(spec).slice(2)}</td>` : null}<td class="n" data-label="seed">${spec.seedIndex + 1}</td><td>${result.outcome}</td><td class="n" data-label="to target">${formatCount(result.reached?.step ?? null)}</td><td class="n" data-label="steps">${formatCount(result.steps)}</td><td class="n" data-label="examples">${formatCount(result.examples)}</td><td class="n" data-label="time">${formatSeconds(result.seconds)}</td><td data-label="where">${result.machine ?? "here"}</td></tr>`,
	)}</tbody></table></div>
${pager(id, matching.length, query)}`;
}

function pager(id: string, matching: number, query: TrialsQuery): Markup {
	const at = (from: number) => {
		const parameters = new URLSearchParams({
			...(query.phase && { phase: query.phase }),
			...(query.batch !== null && { batch: String(query.batch) }),
			...(query.rate !== null && { rate: String(query.rate) }),
			...(query.outcome && { outcome: query.outcome }),
			...(from > 0 && { from: String(from) }),
		});
		for (const number of query.trial) parameters.append("trial", String(number));
		return `${addressOf(id)}/trials?${parameters}`;
	};
	const before = query.from > 0 ? html`<a href="${at(Math.max(0, query.from - perPage))}">Newer trials</a> ` : null;
	const after = query.from + perPage < matching ? html`<a href="${at(query.from + perPage)}">Older trials</a>` : null;
	return html`<p>${before}${after}</p>`;
}
