/** The x axis of a chart, as the page's script needs it for choosing a part of it by a drag. */
export interface ZoomableAxis {
	readonly scale: "log" | "linear";
	readonly domain: readonly [number, number];
	/** Its ends in pixels of the chart, for each frame that has it. */
	readonly frames: readonly { readonly left: number; readonly right: number }[];
	/** What the names of the page's two fields begin with: `curves-` for `curves-from` and `curves-to`. */
	readonly fields?: string;
}

/** Notes the axis on the chart. */
export function makeZoomable(svg: SVGSVGElement, { scale, domain: [low, high], frames, fields }: ZoomableAxis): void {
	const noted = {
		...{ scale, low, high },
		left: frames.map(({ left }) => Number(left.toFixed(1))).join(" "),
		right: frames.map(({ right }) => Number(right.toFixed(1))).join(" "),
		...(fields !== undefined && { fields }),
	};
	for (const [name, value] of Object.entries(noted)) svg.setAttribute(`data-zoom-${name}`, String(value));
}
