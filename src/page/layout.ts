import { type Content, html, Markup } from "../report/markup.js";
import { head } from "./head.js";
import type { Part } from "./part.js";

/** What a page is made of. */
export interface Page {
	readonly title: string;
	/** Every piece that may change while the page is looked at. */
	readonly parts: readonly Part[];
	/** The parts in their places, within the content that never changes. `at`: the part with this name. */
	readonly content: (at: (name: string) => Markup) => Content;
	/** The study that it shows and whose changes it follows; null: it follows all studies. */
	readonly study: string | null;
	/** Whether the page's script keeps it up to date; true by default. */
	readonly isLive?: boolean;
}

/** To every part of the site. */
export const siteLinks = html`<a class="brand" href="/">Sweetspot</a><ul><li><a href="/studies">Studies</a></li><li><a href="/experiments">Experiments</a></li><li><a href="/playground">Playground</a></li><li><a href="/new">New study</a></li></ul>`;

const held = ({ name, version, html: inner }: Part): Markup =>
	html`<div data-part="${name}" data-version="${version}">${new Markup(inner)}</div>`;

/** A whole document. It is readable without script; the script keeps it up to date. */
export function render({ title, parts, content, study, isLive = true }: Page, version: string): string {
	const at = (name: string): Markup => {
		const found = parts.find((one) => one.name === name);
		return found ? held(found) : html``;
	};
	return html`<!doctype html>
<html lang="en">
${head({ title, styles: "/assets/page.css", script: isLive ? "/assets/page.js" : null, version })}
<body data-study="${study ?? ""}">
<a class="skip" href="#main">Skip to the content</a>
<nav class="bar" aria-label="Sweetspot">${siteLinks}
<p class="connection" id="connection" role="status"></p><p class="connection" id="action" role="status"></p></nav>
<main id="main">${content(at)}</main>
</body>
</html>
`.text;
}
