import { batchColors } from "../charts/batch-colors.js";
import { isImported } from "../study/study.js";
import type { ReportInput } from "../words/input.js";
import { identity, methodSteps } from "../words/method.js";
import { shownRows, sizesColumns, untriedSentence } from "../words/sizes.js";
import { studyYaml } from "../words/study-yaml.js";
import { answerSection } from "./answer-section.js";
import { budgetsSection } from "./budgets-section.js";
import { chartSections } from "./chart-sections.js";
import { html, type Markup } from "./markup.js";
import { page } from "./page.js";
import { prose } from "./prose.js";
import { recordedSection } from "./recorded-section.js";

/** The report as one HTML file: the answer, the charts that prove it, the table, the method and the settings. */
export function renderReport(input: ReportInput): string {
	const { study } = input.stored;
	return page(
		{ title: study.name, version: input.stored.version },
		html`<header><h1>${study.name}</h1><p>Which batch size and learning rate to train with · Sweetspot ${input.stored.version} · ${input.generated.slice(0, 10)}</p></header>
${answerSection(input)}
${chartSections(input)}
${budgetsSection(input)}
${recordedSection(input)}
${sizesSection(input)}
${methodSection(input)}
${settingsSection(input)}`,
	);
}

function sizesSection({ findings }: ReportInput): Markup {
	const columns = sizesColumns(findings);
	const untried = untriedSentence(findings);
	const color = batchColors(findings.tradeoff.map((row) => row.batchSize));
	const kind = (column: (typeof columns)[number]) => (column.numeric ? "n" : column.title === "notes" ? "wrap" : "");
	return html`<section id="sizes"><div class="explained"><h2>Every batch size</h2>
<p>A batch of one is stochastic gradient descent, one of all training examples batch gradient descent, those between are mini-batches.
Figures are medians over the reporting runs with 95 % intervals; a dash is a figure that does not exist.</p></div>
<div class="scroll sizes" tabindex="0" role="region" aria-label="Every batch size"><table>
<thead><tr>${columns.map((column) => html`<th scope="col" class="${kind(column)}">${column.title}</th>`)}</tr></thead>
<tbody>${shownRows(findings).map(
		(row, i) =>
			html`<tr class="${row.batchSize === findings.recommendation.batchSize ? "chosen" : ""}">${columns.map(
				(column, j) =>
					html`<td class="${kind(column)}">${j === 0 ? html`<span class="swatch" style="background:${color(row.batchSize)}"></span>` : null}${prose(column.cells[i])}</td>`,
			)}</tr>`,
	)}</tbody></table></div>${untried === null ? null : html`<p>${untried}</p>`}</section>`;
}

const methodSection = (input: ReportInput): Markup => html`<section id="method"><h2>How it was measured</h2>
${methodSteps(input).map(({ title, text }) => html`<div class="method"><h3>${title}</h3><p>${prose(text)}</p></div>`)}</section>`;

const settingsSection = (input: ReportInput): Markup => html`<section id="settings"><div class="explained"><h2>Settings</h2>
<p>This is the study with every default written out:</p></div>
<pre tabindex="0">${studyYaml(input.stored.study)}</pre>
<p>${isImported(input.stored.study) ? "To import the same runs again:" : "To repeat it, save the above as the file that this command names:"}</p>
<pre tabindex="0">${input.command}</pre>
<dl>${identity(input).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`;
