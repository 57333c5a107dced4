/**
 * Dragging across a chart chooses a part of its axis. The part goes into the fields "from" and "to" of the page's form, and with them into
 * the address: so it stays when the chart is drawn anew, after a reload, and can be typed instead. A double click shows the whole axis.
 */

/** Pixels below which a drag is a click. */
const leastPixels = 8;

/** A chart's x axis. Its place is that of the moment at which the drag began: an update may replace the chart meanwhile. */
interface Axis {
	readonly scale: "log" | "linear";
	readonly low: number;
	readonly high: number;
	/** What the names of its two fields begin with. */
	readonly fields: string;
	/** In pixels of the window. */
	readonly box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

interface Drag {
	readonly axis: Axis;
	readonly from: number;
	readonly shade: HTMLElement;
}

let drag: Drag | null = null;

const chartAt = (target: EventTarget | null): SVGSVGElement | null =>
	target instanceof Element ? target.closest<SVGSVGElement>("svg[data-zoom-scale]") : null;

/** The axis of the chart, or of that of its panels that has this place; null between them. */
function axisAt(svg: SVGSVGElement, x: number): Axis | null {
	const { zoomScale, zoomLow, zoomHigh, zoomLeft = "", zoomRight = "", zoomFields = "" } = svg.dataset;
	const { left, width, top, bottom } = svg.getBoundingClientRect();
	const pixels = width / svg.viewBox.baseVal.width;
	const ends = (places: string) => places.split(" ").map((place) => left + Number(place) * pixels);
	const [starts, stops] = [ends(zoomLeft), ends(zoomRight)];
	const frame = starts.findIndex((start, i) => x >= start && x <= stops[i]);
	if (frame < 0) return null; // a label next to the plot: its text can be marked
	return {
		...{ scale: zoomScale === "log" ? "log" : "linear", low: Number(zoomLow), high: Number(zoomHigh), fields: zoomFields },
		box: { left: starts[frame], right: stops[frame], top, bottom },
	};
}

const within = ({ box }: Axis, x: number): number => Math.min(box.right, Math.max(box.left, x));

function valueAt({ scale, low, high, box }: Axis, x: number): number {
	const share = (x - box.left) / (box.right - box.left);
	return scale === "log" ? low * (high / low) ** share : low + (high - low) * share;
}

/** A value with as few digits as move it by less than a hundredth of itself, and of what lies between the two ends. */
function rounded(value: number, span: number): number {
	for (let digits = 1; digits < 15; digits++) {
		const near = Number(value.toPrecision(digits));
		if (Math.abs(near - value) < Math.min(span, Math.abs(value)) / 100) return near;
	}
	return value;
}

/** Puts the ends into the two fields whose names begin so, which the charts follow; empty ones show the whole axis. */
export function choosePart(fields: string, from: string, to: string): void {
	const [first, last] = ["from", "to"].map((name) => document.querySelector<HTMLInputElement>(`input[name="${fields}${name}"]`));
	if (!first || !last || (first.value === from && last.value === to)) return;
	first.value = from;
	last.value = to;
	const details = first.closest("details");
	if (details && from !== "") details.open = true; // what is chosen is seen
	first.dispatchEvent(new Event("input", { bubbles: true }));
}

function shadeTo(x: number): void {
	if (!drag) return;
	const { axis, from, shade } = drag;
	const at = within(axis, x);
	shade.hidden = Math.abs(at - from) < leastPixels;
	shade.style.left = `${Math.min(at, from)}px`;
	shade.style.width = `${Math.abs(at - from)}px`;
}

function end(): void {
	drag?.shade.remove();
	drag = null;
}

export function followZoom(): void {
	document.addEventListener("mousedown", (event) => {
		const svg = chartAt(event.target);
		if (event.button !== 0 || !svg) return;
		const axis = axisAt(svg, event.clientX);
		if (!axis) return;
		event.preventDefault();
		end();
		const shade = document.createElement("div");
		shade.className = "shade";
		shade.hidden = true;
		shade.style.top = `${axis.box.top}px`;
		shade.style.height = `${axis.box.bottom - axis.box.top}px`;
		document.body.append(shade);
		drag = { axis, from: event.clientX, shade };
	});
	document.addEventListener("mousemove", ({ clientX }) => shadeTo(clientX));
	document.addEventListener("mouseup", ({ clientX }) => {
		if (!drag) return;
		const { axis, from } = drag;
		const at = within(axis, clientX);
		end();
		if (Math.abs(at - from) < leastPixels) return;
		const [low, high] = [valueAt(axis, Math.min(at, from)), valueAt(axis, Math.max(at, from))];
		choosePart(axis.fields, low > 0 ? String(rounded(low, high - low)) : "", String(rounded(high, high - low)));
	});
	document.addEventListener("keydown", ({ key }) => key === "Escape" && end());
	document.addEventListener("dblclick", ({ target }) => {
		const svg = chartAt(target);
		if (svg) choosePart(svg.dataset.zoomFields ?? "", "", "");
	});
	document.addEventListener("click", ({ target }) => {
		if (!(target instanceof Element) || !target.closest("[data-whole-axis]")) return;
		const name = target.closest(".filters")?.querySelector<HTMLInputElement>('input[name$="from"]')?.name;
		if (name !== undefined) choosePart(name.replace(/from$/, ""), "", "");
	});
}
