import { type AxisPart, isWhole } from "../charts/axis-part.js";
import { type CurveRuns, type CurveUnit, curveRuns } from "../charts/learning-curves.js";
import { type ChartsChoice, usualCharts } from "../report/charts-choice.js";
import { type Content, html, type Markup } from "../report/markup.js";
import { zoomHelp } from "./axis.js";

/** The name of the study page's one form: fields stand next to their charts, and belong to it. */
export const viewForm = "view";

const runsNames: Readonly<Record<CurveRuns, string>> = { folded: "median and band", single: "single runs" };
export const curveUnits = ["steps", "epochs", "examples", "seconds"] as const satisfies readonly CurveUnit[];

/** The fields with which the reader chooses what a section's charts show; null: it has none. */
export function chartFields(section: string, { batch, runs, unit, curves }: ChartsChoice): Content {
	if (section === "tradeoff") return folded("Part of the chart", !isWhole(batch), ends("batch", "batch sizes from", batch));
	if (section !== "curves") return null;
	return folded(
		"Single runs, part of the chart",
		!isWhole(curves) || runs !== usualCharts.runs,
		html`<label>runs<select name="runs" form="${viewForm}">${options(curveRuns, runs, (one) => runsNames[one])}</select></label>
<label class="unscripted">along<select name="unit" form="${viewForm}">${options(curveUnits, unit)}</select></label>
${ends("curves", "from", curves)}`,
	);
}

const folded = (title: string, isOpen: boolean, fields: Markup): Markup =>
	html`<details class="zoom"${isOpen ? html` open` : null}><summary>${title}</summary><div class="filters">${fields}<button form="${viewForm}">Show</button></div></details>`;

const ends = (name: string, first: string, { from, to }: AxisPart): Markup =>
	html`<label>${first}${end(`${name}-from`, from, "the first")}</label><label>to${end(`${name}-to`, to, "the last")}</label>${zoomHelp}`;

const end = (name: string, value: number | null, placeholder: string): Markup =>
	html`<input type="number" name="${name}" form="${viewForm}" min="0" step="any" value="${value ?? ""}" placeholder="${placeholder}">`;

const options = <Value extends string>(values: readonly Value[], chosen: Value, nameOf: (value: Value) => string = (value) => value) =>
	values.map((value) => html`<option value="${value}"${value === chosen ? html` selected` : null}>${nameOf(value)}</option>`);
