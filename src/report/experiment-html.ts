import { stringify } from "yaml";
import { claims } from "../experiments/claims/table.js";
import type { Chart, Table } from "../experiments/experiment.js";
import { formatEstimate, formatSeconds } from "../words/numbers.js";
import type { ExperimentInput } from "./experiment-input.js";
import { figure } from "./figures.js";
import { html, type Markup } from "./markup.js";
import { page } from "./page.js";
import { prose } from "./prose.js";

/** An experiment's page, as one HTML file: the result in words, the charts, the tables, the claims, the method. */
export function renderExperiment(input: ExperimentInput): string {
	const { experiment, run } = input;
	return page(
		{ title: experiment.id, version: run.version },
		html`<header><h1>${experiment.question}</h1><p>Experiment ${experiment.id} · Sweetspot ${run.version} · ${run.created.slice(0, 10)}</p></header>
${experimentSections(input)}`,
	);
}

/** All of it but the heading. */
export function experimentSections({ experiment, run, conclusion, command }: ExperimentInput): Markup {
	const [headline, ...rest] = conclusion.words;
	return html`<section id="answer"><p class="answer">${prose(headline)}</p>${rest.map((sentence) => html`<p>${prose(sentence)}</p>`)}</section>
${conclusion.charts.map(chartSection)}
${conclusion.tables.map(tableSection)}
<section id="claims"><h2>The claims it bears on</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Claims"><table>
<thead><tr><th scope="col">claim</th><th scope="col">verdict</th><th scope="col">what was measured</th></tr></thead>
<tbody>${conclusion.claims.map(
		({ id, verdict, effect, interval, evidence }) =>
			html`<tr><td class="wrap">${id}. ${claims[id].statement}</td><td>${verdict}</td><td class="wrap">${effect}${
				interval.estimate === null ? null : html`: ${formatEstimate(interval)}`
			}. ${evidence}.</td></tr>`,
	)}</tbody></table></div></section>
<section id="method"><h2>How it was measured</h2><p>${prose(experiment.method)}</p>
<p>To repeat it:</p><pre tabindex="0">${command}</pre>
<dl><dt>seconds</dt><dd>${formatSeconds(run.seconds)}</dd><dt>digest</dt><dd>${run.digest ?? "not finished"}</dd></dl>
<pre tabindex="0">${stringify(run.settings, { collectionStyle: "flow", lineWidth: 88 })}</pre></section>`;
}

const chartSection = ({ id, title, caption, draw }: Chart): Markup =>
	html`<section id="${id}"><h2>${title}</h2>${figure(draw, prose(caption))}</section>`;

const tableSection = ({ title, columns, rows }: Table): Markup => html`<section><h2>${title}</h2>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${column.numeric ? "n" : ""}">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class="${columns[i].numeric ? "n" : "wrap"}">${prose(cell)}</td>`)}</tr>`)}</tbody>
</table></div></section>`;
