import { type RecordedRow, recordedRows } from "../analysis/recorded.js";
import { recordedChart } from "../charts/recorded-chart.js";
import type { Recordable } from "../core/recorded.js";
import type { ReportInput } from "../words/input.js";
import { formatCount, formatInterval, plain } from "../words/numbers.js";
import { figure } from "./figures.js";
import { html, type Markup } from "./markup.js";

const titles: Readonly<Record<Recordable, string>> = {
	distance: "distance from the initial weights",
	update: "length of an update",
	"gradient-norm": "gradient norm",
	sharpness: "sharpness",
};

/** What was recorded at the goal, as titles and rows of a table; null where the study records nothing. */
export function recordedTable({ stored: { study }, findings, trials }: ReportInput): RecordedTable | null {
	const { record } = study;
	if (!record) return null;
	const rows = recordedRows(findings.tradeoff, trials);
	return {
		record,
		rows,
		titles: ["batch size", ...record.map((name) => titles[name])],
		cells: rows.map(({ batchSize, atGoal }) => [formatCount(batchSize), ...record.map((name) => formatInterval(atGoal[name], plain))]),
	};
}

interface RecordedTable {
	readonly record: readonly Recordable[];
	readonly rows: readonly RecordedRow[];
	readonly titles: readonly string[];
	readonly cells: readonly (readonly string[])[];
}

export const recordedMeaning =
	"At the look that first met the goal: geometric means over the reporting runs with 95 % intervals. Distances and updates are Euclidean lengths over all " +
	"weights; the gradient is that of the last mini-batch; sharpness is the largest eigenvalue of the Hessian of the training loss.";

/** What is recorded at every look, and drawn. */
const along = ["distance", "update", "gradient-norm"] as const satisfies readonly Recordable[];

/** What the study recorded beside its metrics; nothing where it records nothing. */
export function recordedSection(input: ReportInput): Markup | null {
	const recorded = recordedTable(input);
	if (!recorded || recorded.rows.length === 0) return null;
	const { record, rows, titles: heads, cells } = recorded;
	const drawn = along.filter(
		(name) => record.includes(name) && rows.some((row) => row.along[name].some(({ mean }) => mean.estimate !== null)),
	);
	return html`<section id="recorded"><div class="explained"><h2>Weights, gradients, curvature</h2><p>${recordedMeaning}</p></div>
<div class="scroll" tabindex="0" role="region" aria-label="Recorded at the goal"><table>
<thead><tr>${heads.map((head) => html`<th scope="col" class="n">${head}</th>`)}</tr></thead>
<tbody>${cells.map((row) => html`<tr>${row.map((cell) => html`<td class="n">${cell}</td>`)}</tr>`)}</tbody></table></div>
${drawn.map((name) => figure((canvas) => recordedChart(canvas, rows, name, titles[name]), captions[name]))}</section>`;
}

const captions = {
	distance: "How far the weights have moved, step by step, as far as all runs of a size went.",
	update: "How far one step moved them.",
	"gradient-norm": "Of the mini-batch’s gradient as it is reduced (mean or sum), before it is clipped.",
} as const;
