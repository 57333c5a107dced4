import { type Content, html } from "../report/markup.js";
import { prose } from "../report/prose.js";
import { render } from "./layout.js";
import { part } from "./part.js";

/** A page that says why there is nothing else, and what to do. */
export const messagePage = (title: string, fix: string, version: string, more: Content = null): string =>
	render(
		{ title, study: null, parts: [part("message", html`<h1>${title}</h1><p>${prose(fix)}</p>${more}`)], content: (at) => at("message") },
		version,
	);
