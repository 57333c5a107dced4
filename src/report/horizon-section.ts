import { endingsChart } from "../charts/endings-chart.js";
import type { TextTable } from "../words/text-table.js";
import type { StudyView } from "../words/view.js";
import { figure } from "./figures.js";
import { html, type Markup } from "./markup.js";
import { tableOf } from "./table.js";

/** How trainings of a planned length ended, in the place of the table of batch sizes. */
export function horizonSection({ findings: { ending, horizon }, stored: { study } }: StudyView, table: TextTable): Markup {
	const runs = ending?.runs ?? horizon?.runs ?? [];
	const fresh = [horizon?.best ?? [], horizon?.larger ?? []].flat();
	const hasEnds = runs.some(({ end }) => end.kind === "value");
	return html`<section id="horizon"><div class="explained"><h2>How trainings ended</h2>
<p>${ending ? lengthMeaning : endMeaning}</p></div>
${hasEnds ? figure((canvas) => endingsChart(canvas, study.goal, { runs, fresh }), endingsCaption) : null}
${tableOf(table, { label: "How trainings ended", className: "sizes" })}</section>`;
}

const endingsCaption =
	"One line for each batch size. A point is the best end among the learning rates that were tried at that length. Where fresh seeds ran, their mean is shown with its 95 % interval.";

const endMeaning =
	"Each figure is the goal’s metric at the end of one training with its whole schedule, at the best learning rate that was tried at that length. The last column shows fresh seeds at the whole length; only those are reported.";
const lengthMeaning =
	"The least length of a training whose end meets the goal, by fresh seeds at lengths around it. Brackets hold 95 % intervals.";
