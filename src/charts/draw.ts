import { type PlotOptions, plot } from "@observablehq/plot";
import { internal } from "../core/errors.js";
import { fontFamily, theme } from "./theme.js";

/** Where a chart is drawn. */
export interface Canvas {
	/** The browser's, or linkedom's in Node. */
	readonly document: Document;
	/** Pixels; below 480 the chart takes its narrow form. Text keeps its size: draw at about the width at which it is shown. */
	readonly width: number;
}

export interface Drawing {
	readonly svg: SVGSVGElement;
	/** From a value to its pixel. */
	readonly x: (value: number) => number;
	readonly y: (value: number) => number;
	/** Pixels by which each column of panels is shifted, from left to right; one without panels. */
	readonly columns: readonly number[];
}

export const isNarrow = (canvas: Canvas): boolean => canvas.width < 480;
export const fontSizeOf = (canvas: Canvas): number => (isNarrow(canvas) ? 11 : 12);

/** Draws marks in the manner all charts share: our fonts and colours, quiet axes, a name and a description for those who can't see it. */
export function draw(canvas: Canvas, about: { readonly title: string; readonly description: string }, options: PlotOptions): Drawing {
	const drawn = plot({
		document: canvas.document,
		width: canvas.width,
		className: "chart",
		style: { fontFamily, fontSize: `${fontSizeOf(canvas)}px`, color: theme.muted, background: "none", overflow: "visible" },
		...options,
	});
	const svg = drawn as unknown as SVGSVGElement;
	if (svg.tagName.toLowerCase() !== "svg") throw internal("a chart is one svg: no titles, captions or legends among its options");
	svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
	svg.setAttribute("role", "img");
	svg.setAttribute("aria-label", about.title);
	svg.prepend(element(canvas, "title", {}, about.title), element(canvas, "desc", {}, about.description));
	for (const path of svg.querySelectorAll("path")) {
		// A tenth of a pixel is all that can be seen; the rest would be half the file.
		path.setAttribute("d", (path.getAttribute("d") ?? "").replace(/(\.\d)\d+/g, "$1"));
	}
	const scale = (name: "x" | "y") => (value: number) => {
		const pixel: unknown = drawn.scale(name)?.apply(value);
		if (typeof pixel !== "number") throw internal(`the chart has no ${name} scale`);
		return pixel;
	};
	const fx = drawn.scale("fx");
	const places = (fx?.domain ? [...fx.domain] : []).map((column) => Number(fx?.apply(column)));
	return { svg, x: scale("x"), y: scale("y"), columns: places.length === 0 ? [0] : places.map((place) => place - Math.min(...places)) };
}

/** A new SVG element with attributes and, escaped, its text. */
export function element(canvas: Canvas, name: string, attributes: Readonly<Record<string, string | number>>, text?: string): SVGElement {
	const made = canvas.document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
	if (text !== undefined) made.textContent = text;
	return made;
}
