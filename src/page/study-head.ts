import { html, type Markup } from "../report/markup.js";
import type { StoredStudy } from "../study/contracts.js";
import type { Progress } from "../study/progress.js";
import { amounts } from "./amounts.js";
import { priceText } from "./price-text.js";
import type { Summary } from "./summary.js";

const tabs = [
	["", "Answer"],
	["/trials", "Trials"],
	["/report", "Report"],
] as const;

/** A study's address. */
export const addressOf = (id: string): string => `/studies/${encodeURIComponent(id)}`;

/** What an answer cost so far, and what it will have cost. */
type Price = Pick<Summary, "trainings" | "expectedTrainings">;

const priceSoFar = (price: Price | null): string => (price?.expectedTrainings == null ? "" : `; price ${priceText(price)} trainings`);

/** Name, state and progress of a study, with links to its other pages. */
export function studyHead(
	stored: StoredStudy,
	progress: Pick<Progress, "done" | "expected" | "secondsLeft"> | null,
	price: Price | null,
	current: string,
): Markup {
	const address = addressOf(stored.id);
	const done = Math.max(stored.trials, progress?.done ?? 0);
	const bar =
		stored.state !== "complete" && progress && progress.expected > 0
			? html`<progress max="${progress.expected}" value="${Math.min(done, progress.expected)}" aria-label="Trials that are done"></progress>`
			: null;
	return html`<h1>${stored.study.name}</h1>
<p class="under"><span class="state ${stored.state}">${stored.state}</span> ${amounts(stored, progress)}${priceSoFar(price)} · ${stored.id}</p>
${bar}<ul class="tabs">${tabs.map(
		([path, name]) => html`<li><a href="${address}${path}"${name === current ? html` aria-current="page"` : null}>${name}</a></li>`,
	)}<li><a href="${address}.json">JSON</a></li></ul>`;
}
