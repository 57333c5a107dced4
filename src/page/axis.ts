import { html, type Markup } from "../report/markup.js";

export const axisUnits = ["steps", "examples", "epochs", "seconds"] as const;
export type AxisUnit = (typeof axisUnits)[number];
export const axisScales = ["log", "linear"] as const;

/** The axis along which the reader wants curves drawn, and which part of it. It is kept in the address, so updates don't change it. */
export interface AxisChoice {
	readonly x: AxisUnit;
	readonly scale: (typeof axisScales)[number];
	/** Ends of the axis in its unit; null: the end of the curves. */
	readonly from: number | null;
	readonly to: number | null;
}

export const usualAxis: AxisChoice = { x: "steps", scale: "log", from: null, to: null };

/** What turns steps into other units. */
export interface AxisFacts {
	/** N; 0 where it is not known. */
	readonly examples: number;
	/** Seconds of a step of this run; null where they are not known. */
	readonly secondsPerStep: number | null;
}

/** Where a look lies on the axis; null if that is not known, or if it lies outside the part that the reader asked for. */
export function placeOn(
	{ x, from, to }: AxisChoice,
	look: { readonly step: number; readonly examples: number },
	facts: AxisFacts,
): number | null {
	const place = inUnit(x, look, facts);
	if (place === null || place <= 0 || (from !== null && place < from) || (to !== null && place > to)) return null;
	return place;
}

function inUnit(unit: AxisUnit, { step, examples }: { readonly step: number; readonly examples: number }, facts: AxisFacts): number | null {
	if (unit === "steps") return step;
	if (unit === "examples") return examples;
	if (unit === "epochs") return facts.examples > 0 ? examples / facts.examples : null;
	return facts.secondsPerStep === null ? null : step * facts.secondsPerStep;
}

/** The axis of a chart of these positions. Its ends are those that the reader gave, if the range between them is not empty. */
export function axisOf({ x, scale, from, to }: AxisChoice, places: readonly number[]) {
	const [low, high] = [from ?? Math.min(...places), to ?? Math.max(...places)];
	const isChosen = (from !== null || to !== null) && high > low && low > 0;
	// A single look has no axis of its own: it is at the beginning of the decade that the curve will grow into.
	const domain = isChosen ? ([low, high] as const) : low === high && scale === "log" ? ([low, 10 * low] as const) : null;
	return { title: x, scale, ...(domain && { domain }) };
}

/** What the axis is, for a caption. */
export const axisWords = ({ x, from, to }: AxisChoice): string =>
	`${x === "seconds" ? " Seconds are steps times the time of a step of that batch size." : ""}${from !== null || to !== null ? " Only a part of the axis is shown." : ""}`;

/** The fields of a form with which the reader chooses. */
export const axisFields = ({
	x,
	scale,
	from,
	to,
}: AxisChoice): Markup => html`<label>along<select name="x">${options(axisUnits, x)}</select></label>
<label>axis<select name="scale">${options(axisScales, scale)}</select></label>
<label>from<input type="number" name="from" min="0" step="any" value="${from ?? ""}" placeholder="the first"></label>
<label>to<input type="number" name="to" min="0" step="any" value="${to ?? ""}" placeholder="the last"></label>${zoomHelp}`;

/** For a page with script: how to choose a part with the mouse, and a button that undoes it. */
export const zoomHelp = html`<button type="button" class="action whole" data-whole-axis>Whole axis</button><p class="note action drag">Drag across a chart to see a part of it.</p>`;

const options = (values: readonly string[], chosen: string) =>
	values.map((value) => html`<option${value === chosen ? html` selected` : null}>${value}</option>`);
