import { html, type Markup } from "../report/markup.js";
import { prose } from "../report/prose.js";
import type { StoredStudy } from "../study/contracts.js";
import { formatCount, formatNumber, formatSeconds } from "../words/numbers.js";
import type { Page } from "./layout.js";
import { notComputed } from "./not-computed.js";
import { part } from "./part.js";
import { priceText } from "./price-text.js";
import { addressOf } from "./study-head.js";
import type { Summary } from "./summary.js";

export const studyOrders = ["newest", "name", "state", "trials", "time", "price"] as const;
export type StudyOrder = (typeof studyOrders)[number];

/** A study of the list. */
export interface ListedStudy {
	readonly stored: StoredStudy;
	/** Null: not computed yet. */
	readonly summary: Summary | null;
	readonly progress: Summary["progress"] | null;
	/** Whether findings wait because steps may be timed. */
	readonly isWaiting: boolean;
}

/** What the reader asked for. */
export interface StudiesQuery {
	readonly search: string;
	readonly sort: StudyOrder;
	/** Chosen to be compared. */
	readonly study: readonly string[];
}

/** Studies that one chart can show. */
export const mostCompared = 6;

/** The list of studies: state, progress, answer, price. */
export function studiesPage(listed: readonly ListedStudy[], query: StudiesQuery, store: string): Page {
	const wanted = query.search.toLowerCase();
	const shown = listed
		.filter(({ stored }) => `${stored.study.name} ${stored.id} ${stored.state}`.toLowerCase().includes(wanted))
		.sort(orders[query.sort]);
	return {
		title: "Studies",
		study: null,
		parts: [part("studies", listed.length === 0 ? noStudies(store) : table(shown, listed.length, query))],
		content: (at) => html`<h1>Studies</h1>
<form class="filters" method="get" action="/studies" data-filters>
<label>search<input type="search" name="search" value="${query.search}" maxlength="100"></label>
<label>sort by<select name="sort">${studyOrders.map((order) => html`<option${order === query.sort ? html` selected` : null}>${order}</option>`)}</select></label>
<button>Show</button></form>
${at("studies")}
<form id="compare" class="compare" method="get" action="/compare"><button>Compare the chosen studies</button>
<p class="note">Choose two to ${mostCompared} studies in the list.</p></form>`,
	};
}

const noStudies = (store: string): Markup =>
	html`<p class="empty">No studies in ${store} yet. <code>sweetspot tune</code> makes the first; it appears here while it runs.</p>`;

function table(shown: readonly ListedStudy[], all: number, { study: chosen }: StudiesQuery): Markup {
	const studies = `${formatCount(all)} ${all === 1 ? "study" : "studies"}`;
	return html`<p class="note">${shown.length === all ? studies : `${formatCount(shown.length)} of ${studies}`}</p>
<div class="scroll cards" tabindex="0" role="region" aria-label="Studies"><table>
<thead><tr><th scope="col">compare</th><th scope="col">study</th><th scope="col">state</th><th scope="col" class="n">trials</th><th scope="col">answer</th><th scope="col" class="n">price, trainings</th><th scope="col" class="n">time</th><th scope="col">created (UTC)</th></tr></thead>
<tbody>${shown.map((one) => row(one, chosen.includes(one.stored.id)))}</tbody></table></div>`;
}

function row({ stored, summary, progress, isWaiting }: ListedStudy, chosen: boolean): Markup {
	const expected = progress && progress.expected > stored.trials ? progress.expected : null;
	const bar =
		stored.state !== "complete" && expected !== null
			? html`<progress max="${expected}" value="${stored.trials}" aria-label="Trials that are done"></progress>`
			: null;
	return html`<tr><td><input type="checkbox" form="compare" name="study" value="${stored.id}" aria-label="Compare ${stored.study.name}, ${stored.id}"${chosen ? html` checked` : null}></td>
<td><a href="${addressOf(stored.id)}">${stored.study.name}</a><br><span class="interval">${stored.id}</span></td>
<td><span class="state ${stored.state}">${stored.state}</span></td>
<td class="n">${formatCount(stored.trials)}${expected !== null && stored.state !== "complete" ? ` of about ${formatCount(expected)}` : null}<span class="unit"> trials</span>${bar}</td>
<td class="answered">${answer(stored, summary, isWaiting)}</td>
<td class="n${summary?.trainings == null ? " none" : ""}">${summary ? priceText(summary) : formatNumber(null)}<span class="unit"> trainings</span></td>
<td class="n">${formatSeconds(stored.seconds)}</td>
<td>${stored.created.slice(0, 16).replace("T", " ")}</td></tr>`;
}

function answer(stored: StoredStudy, summary: Summary | null, isWaiting: boolean): Markup {
	if (stored.trials === 0) return html`—`;
	if (summary === null) return html`<span class="interval">${notComputed(isWaiting)}</span>`;
	const from = summary.trials < stored.trials ? ` (from ${formatCount(summary.trials)} trials)` : "";
	return html`${prose(summary.answer)}${summary.verdict === "found" ? null : html` <span class="interval">${summary.verdict}</span>`}<span class="interval">${from}</span>`;
}

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const states: readonly StoredStudy["state"][] = ["running", "interrupted", "complete"];

/** Studies that are equal in one order stay in the order of the list: newest first. */
const orders: Readonly<Record<StudyOrder, (a: ListedStudy, b: ListedStudy) => number>> = {
	newest: () => 0,
	name: (a, b) => ascending(a.stored.study.name.toLowerCase(), b.stored.study.name.toLowerCase()),
	state: (a, b) => states.indexOf(a.stored.state) - states.indexOf(b.stored.state),
	trials: (a, b) => b.stored.trials - a.stored.trials,
	time: (a, b) => b.stored.seconds - a.stored.seconds,
	price: (a, b) => (a.summary?.trainings ?? Number.MAX_VALUE) - (b.summary?.trainings ?? Number.MAX_VALUE),
};
