import { parseHTML } from "linkedom";
import type { Canvas } from "../charts/draw.js";
import { type Content, html, Markup } from "./markup.js";

const widths = { wide: 720, narrow: 328 } as const;

/** One chart drawn twice, for a page and for a phone (the style sheet shows one of them), with the caption that explains its signs. */
export function figure(chart: (canvas: Canvas) => SVGSVGElement, caption: Content, name = ""): Markup {
	const drawn = (form: keyof typeof widths) => {
		const { document } = parseHTML("<!doctype html><html></html>");
		return html`<div class="${form}">${new Markup(chart({ document, width: widths[form] }).outerHTML)}</div>`;
	};
	return html`<figure class="${name}">${drawn("wide")}${drawn("narrow")}<figcaption>${caption}</figcaption></figure>`;
}
