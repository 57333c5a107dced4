import type { LedgerEntry } from "../experiments/claims/ledger.js";
import { type Content, html, type Markup } from "../report/markup.js";
import { prose } from "../report/prose.js";
import { formatCount, formatEstimate, formatSeconds } from "../words/numbers.js";
import { actionButton } from "./controls.js";
import type { Page } from "./layout.js";
import { type Part, part } from "./part.js";

/** An experiment, and the newest of its runs that are at its usual settings or complete. */
export interface ListedExperiment {
	readonly id: string;
	readonly question: string;
	readonly run: ExperimentState | null;
}

/** How far a run of an experiment is. */
export interface ExperimentState {
	readonly key: number;
	readonly state: "running" | "interrupted" | "complete";
	/** Tasks. */
	readonly done: number;
	readonly expected: number;
	readonly seconds: number;
	readonly created: string;
}

export const experimentAddress = (id: string): string => `/experiments/${id}`;

/** Every experiment with its state, and the ledger of claims. `ledger`: null while it is being computed. */
export const experimentsPage = (listed: readonly ListedExperiment[], ledger: readonly LedgerEntry[] | null): Page => ({
	title: "Experiments",
	study: null,
	parts: [part("experiments", experimentsTable(listed)), part("ledger", ledgerTable(ledger))],
	content: (at) => html`<h1>Experiments</h1>
<p class="note">The textbook experiments on batch size. Each runs here at its quick size, for some minutes; <code>sweetspot experiment run ID --full</code> runs it at the published size.</p>
${at("experiments")}
<h2 id="claims">The ledger of claims</h2>
<p class="note">What is said about batch size, with the verdict of the newest complete run of the experiment that bears on it.</p>
${at("ledger")}`,
});

const experimentsTable = (
	listed: readonly ListedExperiment[],
): Markup => html`<div class="scroll stacked" tabindex="0" role="region" aria-label="Experiments"><table>
<thead><tr><th scope="col">experiment</th><th scope="col">question</th><th scope="col">state</th><th scope="col" class="n">time</th></tr></thead>
<tbody>${listed.map(
	({ id, question, run }) =>
		html`<tr><td><a href="${experimentAddress(id)}">${id}</a></td><td class="answered">${question}</td><td>${stateOf(run)}</td><td class="n${run === null ? " none" : ""}">${run === null ? "—" : formatSeconds(run.seconds)}</td></tr>`,
)}</tbody></table></div>`;

function stateOf(run: ExperimentState | null): Content {
	if (run === null) return html`<span class="state">not run</span>`;
	const bar =
		run.state === "complete"
			? null
			: html`<progress max="${run.expected}" value="${run.done}" aria-label="Tasks that are done"></progress>`;
	return html`<span class="state ${run.state}">${run.state}</span>${bar}`;
}

function ledgerTable(ledger: readonly LedgerEntry[] | null): Content {
	if (ledger === null) return html`<p>The verdicts are being put together. They appear here in a few seconds.</p>`;
	return html`<div class="scroll stacked" tabindex="0" role="region" aria-label="Claims"><table>
<thead><tr><th scope="col">claim</th><th scope="col">verdict</th><th scope="col">what was measured</th></tr></thead>
<tbody>${ledger.map(
		({ id, statement, verdictInWords, holdsOn, effect, interval, evidence, experiment }) =>
			html`<tr><td class="answered">${id}. ${statement} <span class="interval"><a href="${experimentAddress(experiment)}">${experiment}</a></span></td><td><span class="verdict">${verdictInWords}</span></td><td class="answered">${
				effect === null
					? html`<span class="interval">the experiment has not run</span>`
					: html`${effect}${interval === null || interval.estimate === null ? null : html`: ${formatEstimate(interval)}`}.${holdsOn === "" ? null : html`<p>Holds on: ${holdsOn}.</p>`}<details><summary>Evidence</summary>${evidence ?? ""}</details>`
			}</td></tr>`,
	)}</tbody></table></div>`;
}

/** One experiment: what it asks, how far it is, what it found. `found`: null if no run is complete, or while it is being computed. */
export function experimentPage(
	{ id, question, run }: ListedExperiment,
	method: string,
	found: Part | null,
	failure: { readonly error: string; readonly fix: string } | null,
): Page {
	return {
		title: id,
		study: null,
		parts: [
			part("progress", progressOf(id, run, failure)),
			found ??
				part(
					"found",
					run?.state === "complete"
						? html`<p>What it found is being put together. It appears here in a few seconds.</p>`
						: html`<h2>What it does</h2><p>${prose(method)}</p>`,
				),
		],
		content: (at) => html`<h1>${question}</h1>
<p class="under">Experiment ${id} · <a href="/experiments">all experiments</a></p>
${at("progress")}
<div class="trial">${at("found")}</div>`,
	};
}

function progressOf(id: string, run: ExperimentState | null, failure: { readonly error: string; readonly fix: string } | null): Content {
	const address = experimentAddress(id);
	const failed =
		failure && html`<div class="aside"><h3>The last run ended early</h3><p>${failure.error}</p><p>${prose(`${failure.fix}.`)}</p></div>`;
	if (run?.state === "complete") return failed;
	const far =
		run === null
			? html`<p>It has not run in this store.</p>`
			: html`<p><span class="state ${run.state}">${run.state}</span> ${formatCount(run.done)} of ${formatCount(run.expected)} tasks, ${formatSeconds(run.seconds)} so far</p>
<progress max="${run.expected}" value="${run.done}" aria-label="Tasks that are done"></progress>`;
	const button =
		run?.state === "running" ? actionButton("Stop", `${address}/stop`) : actionButton(run === null ? "Run it" : "Go on", `${address}/run`);
	return html`${failed}${far}<p class="actions">${button}</p><p class="note">From a terminal: <code class="command" tabindex="0">sweetspot experiment run ${id}</code></p>`;
}
