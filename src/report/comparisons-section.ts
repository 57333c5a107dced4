import type { ComparisonFinding } from "../analysis/findings.js";
import { comparisonsChart } from "../charts/comparisons-chart.js";
import { comparisonAmount, comparisonRow, comparisonSentences, comparisonTitles } from "../words/comparisons.js";
import type { ReportInput } from "../words/input.js";
import { figure } from "./figures.js";
import { html, type Markup } from "./markup.js";
import { prose } from "./prose.js";

/** The comparisons at equal budgets; nothing where the study has none. */
export const comparisonsSection = ({ findings: { comparisons } }: ReportInput): Markup | null =>
	comparisons.length === 0
		? null
		: html`<section id="comparisons"><div class="explained"><h2>At equal epochs, equal steps, equal time</h2>
<p>Larger batches take fewer steps per epoch. So after equal epochs they may look worse at generalizing (at doing well on examples that were not
trained on) when they were only undertrained; after equal steps they have seen more examples. Each comparison has its own tuned learning rate
and its own runs. ${prose(comparisonSentences(comparisons).join(" "))}</p></div>
${comparisons.some(({ rows }) => rows.some(({ standing }) => standing !== null)) ? figure((canvas) => comparisonsChart(canvas, comparisons), caption) : null}
${comparisons.map(comparisonTable)}</section>`;

const caption =
	"The held-out metric at the end of the budget, not the best on the way: the best of many looks is biased, and more so for runs that are looked at more often. " +
	"All panels share their axes.";

function comparisonTable(finding: ComparisonFinding): Markup {
	const numeric = (i: number) => (i < comparisonTitles.length - 1 ? "n" : "");
	const name = `After ${comparisonAmount(finding)} each`;
	return html`<h3>${name}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table>
<thead><tr>${comparisonTitles.map((title, i) => html`<th scope="col" class="${numeric(i)}">${title}</th>`)}</tr></thead>
<tbody>${finding.rows.map(
		(row) =>
			html`<tr class="${row.standing === "best" ? "chosen" : ""}">${comparisonRow(row).map((cell, i) => html`<td class="${numeric(i)}">${prose(cell)}</td>`)}</tr>`,
	)}</tbody></table></div>`;
}
