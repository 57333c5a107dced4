import { recordedChart } from "../charts/recorded-chart.js";
import type { Recordable } from "../core/recorded.js";
import { recordedMeaning, recordedTitles } from "../words/recorded.js";
import type { StudyView } from "../words/view.js";
import { figure } from "./figures.js";
import { html, type Markup } from "./markup.js";
import { tableOf } from "./table.js";

/** What is recorded at every look, and drawn. */
const along = ["distance", "update", "gradient-norm"] as const satisfies readonly Recordable[];

/** What the study recorded apart from its metrics; empty where it records nothing. */
export function recordedSection({ stored: { study }, words: { recorded: table }, recorded: rows }: StudyView): Markup | null {
	const { record } = study;
	if (!record || table === null) return null;
	const drawn = along.filter(
		(name) => record.includes(name) && rows.some((row) => row.along[name].some(({ mean }) => mean.estimate !== null)),
	);
	return html`<section id="recorded"><div class="explained"><h2>Weights, gradients, curvature</h2><p>${recordedMeaning}</p></div>
${tableOf(table, { label: "Recorded at the goal" })}
${drawn.map((name) => figure((canvas) => recordedChart(canvas, rows, name, recordedTitles[name]), captions[name]))}</section>`;
}

const captions = {
	distance: "How far the weights have moved by each step, up to the step that all runs of a size reached.",
	update: "How far one step moved them.",
	"gradient-norm": "The norm of the mini-batch’s gradient after its reduction (mean or sum) and before clipping.",
} as const;
