import { comparisonsChart } from "../charts/comparisons-chart.js";
import type { StudyView } from "../words/view.js";
import { figure } from "./figures.js";
import { html, type Markup } from "./markup.js";
import { prose } from "./prose.js";
import { tableOf } from "./table.js";

/** The comparisons at equal epochs, steps and seconds; nothing where the study has none. */
export function comparisonsSection({ findings: { comparisons }, words }: StudyView): Markup | null {
	const { sentences, tables } = words.comparisons;
	if (tables.length === 0) return null;
	const known = comparisons.some(({ rows }) => rows.some(({ standing }) => standing !== null));
	return html`<section id="comparisons"><div class="explained"><h2>At equal epochs, equal steps, equal time</h2>
<p>Larger batches take fewer steps per epoch. So after equal epochs they may seem to generalize worse (do worse on examples that were not
trained on) when they were only trained too little. After equal steps they have seen more examples. Each comparison has its own tuned learning rate
and its own runs. ${prose(sentences.join(" "))}</p></div>
${known ? figure((canvas) => comparisonsChart(canvas, comparisons), caption) : null}
${tables.map(
	(table) => html`<h3>${table.title}</h3>
${tableOf(table, { label: table.title })}`,
)}</section>`;
}

const caption =
	"The metric at the end of the budget, not the best on the way: the best of many looks is biased, more so for runs with more looks. " +
	"All panels share their axes.";
