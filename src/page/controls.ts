import { type Content, html } from "../report/markup.js";
import { prose } from "../report/prose.js";
import type { StoredStudy } from "../study/contracts.js";
import { addressOf } from "./study-head.js";

/** What the page can do with a study. */
export interface Controls {
	/** Why the page may not run this study; null where it may. */
	readonly refusal: string | null;
	/** Why the last run that the page started ended, where it failed. */
	readonly failure: { readonly error: string; readonly fix: string } | null;
}

/** A button that the page's script acts on: it sends JSON to an address. Without script it is not shown. */
export const actionButton = (label: string, address: string, more: Content = null): Content =>
	html`<button type="button" class="action" data-post="${address}"${more}>${label}</button>`;

/** Stops a study that runs, and resumes one that doesn't, where the page may. */
export function studyControls({ id, state }: StoredStudy, { refusal, failure }: Controls): Content {
	const failed =
		failure && html`<div class="aside"><h3>The last run ended early</h3><p>${failure.error}</p><p>${prose(`${failure.fix}.`)}</p></div>`;
	if (state === "complete") return failed;
	if (state === "running") {
		return html`${failed}<p class="actions">${actionButton("Stop", `${addressOf(id)}/stop`)}</p>
<p class="note">Finished trials are kept. From a terminal: <code class="command" tabindex="0">sweetspot stop ${id}</code></p>`;
	}
	const command = html`<code class="command" tabindex="0">sweetspot resume ${id}</code>`;
	return refusal === null
		? html`${failed}<p class="actions">${actionButton("Resume", `${addressOf(id)}/resume`)}</p><p class="note">From a terminal: ${command}</p>`
		: html`${failed}<p>To continue it from a terminal: ${command}</p><p class="note">The page doesn’t continue it: ${refusal}.</p>`;
}
