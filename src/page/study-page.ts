import type { ChartsChoice } from "../report/charts-choice.js";
import { html, type Markup } from "../report/markup.js";
import type { StoredStudy } from "../study/contracts.js";
import { formatCount } from "../words/numbers.js";
import type { PlannedTrial } from "../words/view.js";
import { axisFields } from "./axis.js";
import { chartFields, viewForm } from "./charts-fields.js";
import type { Page } from "./layout.js";
import { nowPart, type WithRunning } from "./now-part.js";
import { type Part, part } from "./part.js";
import type { Running } from "./running.js";
import { addressOf, studyHead } from "./study-head.js";
import { emptyParts, sectionTitles, wideSections } from "./study-parts.js";
import type { Summary } from "./summary.js";

/** What was computed of a study. */
export interface Computed {
	readonly summary: Summary;
	/** Its sections: see `studyParts`. */
	readonly parts: readonly Part[];
	/** What its design asks for next. */
	readonly next: readonly PlannedTrial[];
}

/** A study while it runs and afterwards. `computed`: null while its findings are being computed for the first time. */
export function studyPage(
	stored: StoredStudy,
	computed: Computed | null,
	running: Running,
	{
		charts,
		isWaiting,
		...withRunning
	}: WithRunning & { readonly charts: ChartsChoice /** For steps to be timed. */; readonly isWaiting: boolean },
): Page {
	const progress = running.progress ?? computed?.summary.progress ?? null;
	const sections = computed?.parts ?? emptyParts;
	const [wide, narrow] = [true, false].map((is) => sections.filter(({ name }) => wideSections.includes(name) === is));
	const sectionAt = (at: (name: string) => Markup, name: string) => html`${at(name)}${chartFields(name, charts)}`;
	const parts = [
		part("head", studyHead(stored, progress, computed?.summary ?? null, "Answer")),
		freshness(stored, computed, isWaiting),
		...sections,
		contents(sections),
	];
	return {
		title: stored.study.name,
		study: stored.id,
		parts: [...parts, nowPart(stored, running, computed?.next ?? [], withRunning)],
		content: (at) => html`${at("head")}
${at("freshness")}
<div class="columns"><div class="argument">${narrow.map(({ name }) => sectionAt(at, name))}</div>
<aside class="now" aria-label="Right now">${at("now")}${zoom(stored, withRunning.axis)}${at("contents")}</aside></div>
<div class="closing">${wide.map(({ name }) => at(name))}</div>`,
	};
}

/**
 * The form of what is chosen of the page's charts, with the fields of the running trials' axis; those of other charts stand next to them.
 * They are outside the parts, so that no update removes a field while it is being filled in.
 */
function zoom({ id, state }: StoredStudy, axis: WithRunning["axis"]): Markup {
	const form = html`id="${viewForm}" method="get" action="${addressOf(id)}" data-filters`;
	if (state === "complete") return html`<form ${form}></form>`;
	const isChosen = axis.from !== null || axis.to !== null || axis.x !== "steps";
	return html`<details class="zoom"${isChosen ? html` open` : null}><summary>Axis of the running trials</summary><form class="filters" ${form}>${axisFields(axis)}<button>Show</button></form></details>`;
}

/** Links to the sections that have something to show. */
function contents(sections: readonly Part[]): Part {
	const shown = Object.entries(sectionTitles).filter(([name]) => sections.some((one) => one.name === name && one.html !== ""));
	if (shown.length === 0) return part("contents", null);
	return part(
		"contents",
		html`<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${shown.map(
			([name, title]) => html`<li><a href="#${name}">${title}</a></li>`,
		)}</ul></nav>`,
	);
}

/** How many of the trials the findings include, if not all. */
function freshness(stored: StoredStudy, computed: Computed | null, isWaiting: boolean): Part {
	if (computed === null) {
		const why =
			stored.state === "running" && stored.trials === 0
				? "No trial has ended yet. The answer appears here as soon as there is one."
				: isWaiting
					? "The findings are computed when the steps of a study have been timed, which needs the machine to itself."
					: "The findings are being computed. They appear here in a few seconds; without script, reload the page.";
		return part("freshness", html`<p class="note">${why}</p>`);
	}
	const { trials } = computed.summary;
	if (trials === stored.trials) return part("freshness", null);
	return part("freshness", html`<p class="note">From ${formatCount(trials)} of ${formatCount(stored.trials)} trials.</p>`);
}
