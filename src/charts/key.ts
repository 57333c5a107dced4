import { type Canvas, element, fontSizeOf } from "./draw.js";
import { textWidth } from "./labels.js";
import { theme } from "./theme.js";

/** One sign of a chart and what it means. */
export interface KeyItem {
	readonly text: string;
	/** Draws the sign into a space of `signWidth` by 12 pixels, centred on y = 0. */
	readonly sign: readonly SVGElement[];
}

export const signWidth = 18;
const lineHeight = 18;

interface Placed {
	readonly item: KeyItem;
	readonly x: number;
	readonly line: number;
}

function layOut(canvas: Canvas, items: readonly KeyItem[]): readonly Placed[] {
	let x = 0;
	let line = 0;
	return items.map((item) => {
		const width = signWidth + 5 + textWidth(item.text, fontSizeOf(canvas));
		if (x > 0 && x + width > canvas.width) {
			x = 0;
			line++;
		}
		const placed = { item, x, line };
		x += width + 14;
		return placed;
	});
}

/** Pixels that a key takes, at the top of a chart. */
export const keyHeight = (canvas: Canvas, items: readonly KeyItem[]): number =>
	(Math.max(0, ...layOut(canvas, items).map(({ line }) => line)) + 1) * lineHeight;

/** Writes what the signs mean along the top of a chart, in as many lines as it takes. Leave `keyHeight` of margin for it. */
export function writeKey(canvas: Canvas, svg: SVGElement, items: readonly KeyItem[]): void {
	for (const { item, x, line } of layOut(canvas, items)) {
		const group = element(canvas, "g", { transform: `translate(${x.toFixed(1)},${9 + line * lineHeight})` });
		group.append(
			...item.sign,
			element(canvas, "text", { x: signWidth + 5, dy: "0.35em", fill: theme.muted, "text-anchor": "start" }, item.text),
		);
		svg.append(group);
	}
}
