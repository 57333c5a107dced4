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

function axisOf(svg: SVGSVGElement): Axis {
	const { zoomScale, zoomLow, zoomHigh, zoomLeft, zoomRight } = svg.dataset;
	const { left, width, top, bottom } = svg.getBoundingClientRect();
	const pixels = width / svg.viewBox.baseVal.width;
	return {
		scale: zoomScale === "log" ? "log" : "linear",
		low: Number(zoomLow),
		high: Number(zoomHigh),
		box: { left: left + Number(zoomLeft) * pixels, right: left + Number(zoomRight) * pixels, top, bottom },
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

/** Puts the ends into the form that the charts follow; empty ones show the whole axis. */
function choose(from: string, to: string): void {
	const form = document.querySelector("form[data-filters]:has([name=from])");
	const [first, last] = ["from", "to"].map((name) => form?.querySelector<HTMLInputElement>(`[name=${name}]`));
	if (!form || !first || !last || (first.value === from && last.value === to)) return;
	first.value = from;
	last.value = to;
	const details = form.closest("details");
	if (details && from !== "") details.open = true; // what is chosen is seen
	form.dispatchEvent(new Event("input", { bubbles: true }));
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
		const axis = axisOf(svg);
		if (within(axis, event.clientX) !== event.clientX) return; // a label next to the plot: its text can be marked
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
		choose(low > 0 ? String(rounded(low, high - low)) : "", String(rounded(high, high - low)));
	});
	document.addEventListener("keydown", ({ key }) => key === "Escape" && end());
	document.addEventListener("dblclick", ({ target }) => {
		if (chartAt(target)) choose("", "");
	});
	document.addEventListener("click", ({ target }) => {
		if (target instanceof Element && target.closest("[data-whole-axis]")) choose("", "");
	});
}
