interface Tick {
	readonly value: number;
	readonly pixel: number;
}

/** The pixel of a value, by the axis' first and last tick; the others decide whether it is a linear axis or a logarithmic one. */
function pixelOf(value: number, ticks: readonly Tick[]): number {
	const [first, last] = [ticks[0], ticks[ticks.length - 1]];
	const linear = (x: number) => (x - first.value) / (last.value - first.value);
	const log = (x: number) => Math.log(x / first.value) / Math.log(last.value / first.value);
	const place = (share: (x: number) => number) => (x: number) => first.pixel + share(x) * (last.pixel - first.pixel);
	const off = (share: (x: number) => number) => Math.max(...ticks.map((tick) => Math.abs(place(share)(tick.value) - tick.pixel)));
	return place(off(log) < off(linear) ? log : linear)(value);
}

/** What a tick's label says: `1,024`, `0.5`, `1 M`. */
const numberOf = (label: string): number => Number(label.replace(" M", "").replaceAll(",", "")) * (label.endsWith(" M") ? 1e6 : 1);

/** How many pixels a chart's last dot is away from where its axes, which have three ticks or more, put a point. */
export function lastDotOff(svg: SVGSVGElement, [x, y]: readonly [x: number, y: number]): number {
	const ticks = (axis: "x" | "y"): readonly Tick[] =>
		[...svg.querySelectorAll(`[aria-label="${axis}-axis tick label"] text`)].map((label) => {
			const [, across, down] = /translate\(([-\d.]+),([-\d.]+)/.exec(label.getAttribute("transform") ?? "") ?? [];
			return { value: numberOf(label.textContent ?? ""), pixel: Number(axis === "x" ? across : down) };
		});
	const dot = [...svg.querySelectorAll('[aria-label="dot"] circle')].at(-1);
	return Math.hypot(Number(dot?.getAttribute("cx")) - pixelOf(x, ticks("x")), Number(dot?.getAttribute("cy")) - pixelOf(y, ticks("y")));
}
