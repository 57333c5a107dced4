import { type Canvas, element, fontSizeOf } from "./draw.js";
import { theme } from "./theme.js";

/** A rectangle in pixels. */
export interface Box {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

export interface Label {
	readonly text: string;
	readonly x: number;
	/** Of the text's middle. */
	readonly y: number;
	readonly anchor?: "start" | "middle" | "end";
	readonly fill?: string;
	readonly weight?: number;
	readonly size?: number;
	/** Degrees, about (x, y). */
	readonly rotate?: number;
}

/** Width of a text in pixels, estimated from above: the wider of the system fonts take about 0.6 em a character, 0.67 em in bold. */
export const textWidth = (text: string, size: number, weight = 400): number => text.length * size * (weight >= 600 ? 0.67 : 0.6);

/** Writes a label with a halo of the paper's colour, so that it stays legible where it crosses a line. */
export function write(canvas: Canvas, svg: SVGElement, label: Label): void {
	const place = `translate(${label.x.toFixed(1)},${label.y.toFixed(1)})${label.rotate === undefined ? "" : ` rotate(${label.rotate.toFixed(1)})`}`;
	const attributes = {
		transform: place,
		dy: "0.35em",
		fill: label.fill ?? theme.muted,
		stroke: theme.paper,
		"stroke-width": 3,
		"stroke-linejoin": "round",
		"paint-order": "stroke",
		"text-anchor": label.anchor ?? "start",
		"font-size": label.size ?? fontSizeOf(canvas),
		"font-weight": label.weight ?? 400,
	};
	svg.append(element(canvas, "text", attributes, label.text));
}

/** The rectangle a label covers, unless it is rotated. */
export function boxOf(label: Label, size: number): Box {
	const width = textWidth(label.text, label.size ?? size, label.weight);
	const height = (label.size ?? size) * 1.15;
	const left = label.x - (label.anchor === "end" ? width : label.anchor === "middle" ? width / 2 : 0);
	return { left, right: left + width, top: label.y - height / 2, bottom: label.y + height / 2 };
}

const overlap = (a: Box, b: Box): number =>
	Math.max(0, Math.min(a.right, b.right) - Math.max(a.left, b.left)) * Math.max(0, Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top));

const outside = (a: Box, frame: Box): number =>
	Math.max(0, frame.left - a.left) +
	Math.max(0, a.right - frame.right) +
	Math.max(0, frame.top - a.top) +
	Math.max(0, a.bottom - frame.bottom);

/**
 * The candidate that covers least of what is already there (`taken`, which it extends) and stays within the frame; the first among equals.
 */
export function leastCovered(candidates: readonly Label[], taken: Box[], frame: Box, size: number): Label {
	const cost = (label: Label) => {
		const box = boxOf(label, size);
		return taken.reduce((sum, other) => sum + overlap(box, other), 0) + 40 * outside(box, frame);
	};
	const best = candidates.reduce((a, b) => (cost(b) < cost(a) ? b : a));
	taken.push(boxOf(best, size));
	return best;
}

/** Places one label after the other around its point; among equals the first of: right, left, above, below, and the four corners. */
export function placeAround(
	points: readonly { readonly x: number; readonly y: number; readonly text: string; readonly distance: number; readonly weight?: number }[],
	taken: Box[],
	frame: Box,
	size: number,
): Label[] {
	return points.map(({ x, y, distance: d, ...label }) => {
		const corner = d * 0.75;
		const line = size * 0.45;
		const candidates: readonly Label[] = [
			{ ...label, x: x + d, y, anchor: "start" },
			{ ...label, x: x - d, y, anchor: "end" },
			{ ...label, x, y: y - d - line, anchor: "middle" },
			{ ...label, x, y: y + d + line, anchor: "middle" },
			...[corner, 2 * corner].flatMap((c): Label[] => [
				{ ...label, x: x + corner, y: y - c - 2, anchor: "start" },
				{ ...label, x: x - corner, y: y + c + 2, anchor: "end" },
				{ ...label, x: x + corner, y: y + c + 2, anchor: "start" },
				{ ...label, x: x - corner, y: y - c - 2, anchor: "end" },
			]),
		];
		return leastCovered(candidates, taken, frame, size);
	});
}

/** Small boxes along the straight line between two points: obstacles for labels. */
export function alongLine(x1: number, y1: number, x2: number, y2: number, thickness = 3): Box[] {
	const count = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 6));
	return Array.from({ length: count + 1 }, (_, i) => {
		const x = x1 + ((x2 - x1) * i) / count;
		const y = y1 + ((y2 - y1) * i) / count;
		return { left: x - thickness, right: x + thickness, top: y - thickness, bottom: y + thickness };
	});
}

interface Pixel {
	readonly x: number;
	readonly y: number;
}

/**
 * A label that runs along the straight line from `a` to `b` (left to right), below it, where it covers least; extends `taken`. Null where
 * the line is too short for it.
 */
export function alongside(text: string, a: Pixel, b: Pixel, taken: Box[], size: number): Label | null {
	const length = Math.hypot(b.x - a.x, b.y - a.y);
	const half = textWidth(text, size) / 2 / length;
	if (half > 0.48) return null;
	const [dx, dy] = [(b.x - a.x) / length, (b.y - a.y) / length];
	const shares = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].filter((share) => share - half >= 0.02 && share + half <= 0.98);
	const middle = (share: number): Pixel => ({ x: a.x + dx * share * length - dy * size, y: a.y + dy * share * length + dx * size });
	const boxes = (share: number) => {
		const { x, y } = middle(share);
		const reach = half * length;
		return alongLine(x - dx * reach, y - dy * reach, x + dx * reach, y + dy * reach, size * 0.45);
	};
	const cost = (share: number) => boxes(share).reduce((sum, box) => sum + taken.reduce((all, other) => all + overlap(box, other), 0), 0);
	const best = shares.reduce((one, other) => (cost(other) < cost(one) ? other : one));
	taken.push(...boxes(best));
	return { text, ...middle(best), anchor: "middle", rotate: (Math.atan2(dy, dx) * 180) / Math.PI };
}
