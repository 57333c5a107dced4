import { type Content, html } from "../report/markup.js";
import { prose } from "../report/prose.js";
import { render } from "./layout.js";
import { part } from "./part.js";

/** A page with a message only: what happened, and what to do. */
export const messagePage = (title: string, fix: string, version: string, more: Content = null): string =>
	render(
		{
			...{ title: begun(title), study: null, isLive: false },
			parts: [part("message", html`<h1>${begun(title)}</h1><p>${prose(ended(begun(fix)))}</p>${more}`)],
			content: (at) => at("message"),
		},
		version,
	);

/** Errors begin with a small letter, since elsewhere they follow the word "error". */
const begun = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
