import { type Markish, text } from "@observablehq/plot";
import { type Canvas, fontSizeOf, isNarrow } from "./draw.js";
import { theme } from "./theme.js";
import { tickNumber } from "./ticks.js";

/** Small multiples: one panel for each batch size, row by row, all on the same axes. */
export interface Panels {
	/** Facet channels for data with a batch size. */
	readonly facet: {
		readonly fx: (at: { readonly batchSize: number }) => number;
		readonly fy: (at: { readonly batchSize: number }) => number;
	};
	readonly rows: number;
	/** Pixels of one panel's frame, about. */
	readonly width: number;
	/** The batch size over each panel. */
	readonly titles: Markish;
	readonly fx: object;
	readonly fy: object;
}

/**
 * `side`: pixels of the margins left and right together. `emphasized`: the size whose title takes the accent. `subtitled`: leave a line
 * free.
 */
export function panels(canvas: Canvas, sizes: readonly number[], side: number, emphasized: number | null, subtitled: boolean): Panels {
	const rows = Math.ceil(sizes.length / (isNarrow(canvas) ? 2 : 4));
	const columns = Math.ceil(sizes.length / rows);
	const size = fontSizeOf(canvas);
	// Half of an axis's last label, half of the next one's first, and a space between: "1,000" and "1", about.
	const gap = 2.2 * size;
	const step = (canvas.width - side) / columns;
	const placeOf = new Map(sizes.map((size, i) => [size, i]));
	const facet = {
		fx: ({ batchSize }: { readonly batchSize: number }) => (placeOf.get(batchSize) ?? 0) % columns,
		fy: ({ batchSize }: { readonly batchSize: number }) => Math.floor((placeOf.get(batchSize) ?? 0) / columns),
	};
	return {
		facet,
		rows,
		width: step - gap,
		titles: text(
			sizes.map((batchSize) => ({ batchSize })),
			{
				...facet,
				frameAnchor: "top-left",
				dy: -size * (subtitled ? 2.2 : 1) - 3,
				text: ({ batchSize }) => `batch size ${tickNumber(batchSize)}`,
				fill: ({ batchSize }) => (batchSize === emphasized ? theme.accent : theme.ink),
				fontWeight: 600,
			},
		),
		fx: { axis: null, paddingInner: gap / step, paddingOuter: gap / step / 2 },
		fy: { axis: null },
	};
}
