import { batchColors } from "../charts/batch-colors.js";
import { endingsChart } from "../charts/endings-chart.js";
import { traitsOf } from "../study/workloads/table.js";
import type { TextTable } from "../words/text-table.js";
import type { StudyView } from "../words/view.js";
import { answerSection } from "./answer-section.js";
import { chartSections } from "./chart-sections.js";
import { comparisonsSection } from "./comparisons-section.js";
import { figure } from "./figures.js";
import { html, type Markup } from "./markup.js";
import { page } from "./page.js";
import { prose } from "./prose.js";
import { recordedSection } from "./recorded-section.js";
import { tableOf } from "./table.js";

/** The report as one HTML file: the answer, the charts that prove it, the table, the method and the settings. */
export function renderReport(view: StudyView): string {
	const {
		stored: { study, version },
		provenance: { generated },
	} = view;
	return page(
		{ title: study.name, version },
		html`<header><h1>${study.name}</h1><p>Which batch size and learning rate to train with · Sweetspot ${version} · ${generated.slice(0, 10)}</p></header>
${answerSection(view)}
${chartSections(view)}
${comparisonsSection(view)}
${recordedSection(view)}
${view.words.horizon === null ? sizesSection(view) : horizonSection(view, view.words.horizon)}
${methodSection(view)}
${settingsSection(view)}`,
	);
}

function sizesSection({ findings, words: { sizes, notTried } }: StudyView): Markup {
	const color = batchColors(findings.tradeoff.map((row) => row.batchSize));
	return html`<section id="sizes"><div class="explained"><h2>Every batch size</h2>
<p>A batch of one is stochastic gradient descent, one of all training examples batch gradient descent, those between are mini-batches.
Figures are medians over the reporting runs with 95 % intervals; a dash is a figure that does not exist.</p></div>
${tableOf(sizes, { label: "Every batch size", className: "sizes", color })}${notTried === null ? null : html`<p>${notTried}</p>`}</section>`;
}

function horizonSection({ findings: { ending, horizon }, stored: { study } }: StudyView, table: TextTable): Markup {
	const runs = ending?.runs ?? horizon?.runs ?? [];
	const fresh = [horizon?.best ?? [], horizon?.larger ?? []].flat();
	const hasEnds = runs.some(({ end }) => end.kind === "value");
	return html`<section id="horizon"><div class="explained"><h2>How trainings ended</h2>
<p>${ending ? lengthMeaning : endMeaning}</p></div>
${hasEnds ? figure((canvas) => endingsChart(canvas, study.goal, { runs, fresh }), endingsCaption) : null}
${tableOf(table, { label: "How trainings ended", className: "sizes" })}</section>`;
}

const endingsCaption =
	"One line for each batch size: at every length the best end among the learning rates that were tried, and the mean over fresh seeds, with its 95 % interval, where they ran.";

const endMeaning =
	"Each figure is the goal’s metric at the end of a training with its whole schedule, one run, at the best learning rate that was tried at that length. The last column is of fresh seeds at the whole length: only those are reported.";
const lengthMeaning =
	"The least length of a training whose end meets the goal, by fresh seeds at lengths around it. Brackets hold 95 % intervals.";

const methodSection = ({ words }: StudyView): Markup => html`<section id="method"><h2>How it was measured</h2>
${words.method.map(({ title, text }) => html`<div class="method"><h3>${title}</h3><p>${prose(text)}</p></div>`)}</section>`;

const settingsSection = ({
	stored: { study },
	words,
}: StudyView): Markup => html`<section id="settings"><div class="explained"><h2>Settings</h2>
<p>This is the study with every default written out:</p></div>
<pre tabindex="0">${words.yaml}</pre>
<p>${traitsOf(study.workload).isTrainable ? "To repeat it, save the above as the file that this command names:" : "To import the same runs again:"}</p>
<pre tabindex="0">${words.command}</pre>
<dl>${words.identity.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`;
