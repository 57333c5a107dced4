import { formatCount } from "../words/numbers.js";

/** A number on an axis: thousands apart, no needless digits: `1,024`, `0.0625`, `2 M`, `10¹²`, `5×10⁻⁷`. */
export function tickNumber(value: number): string {
	const size = Math.abs(value);
	if (size >= 1e9 || (size > 0 && size < 1e-5)) return withPower(value);
	if (size >= 1e6) return `${trim(value / 1e6)} M`;
	if (size >= 1000) return formatCount(Math.round(value));
	return trim(value);
}

/** The value with its power of ten as a superscript. */
function withPower(value: number): string {
	const [digits, exponent] = Number(value.toPrecision(3)).toExponential().replace("+", "").split("e");
	const power = `10${[...exponent].map((sign) => superscripts[sign]).join("")}`;
	return digits === "1" ? power : `${digits}×${power}`;
}

const superscripts: Readonly<Record<string, string>> = {
	...{ "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴" },
	...{ 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" },
};

const trim = (value: number): string => (value === 0 ? "0" : String(Number(value.toPrecision(3))));

/** Seconds on an axis, in the unit that keeps the digits few: `200 µs`, `5 ms`, `2 s`, `10 min`, `3 h`. */
export function tickSeconds(value: number): string {
	if (value < 0.9995e-3) return `${trim(value * 1e6)} µs`;
	if (value < 0.9995) return `${trim(value * 1e3)} ms`;
	if (value < 60) return `${trim(value)} s`;
	return value < 3600 ? `${trim(value / 60)} min` : `${trim(value / 3600)} h`;
}

/** Powers of two within [low, high], ascending: every one, or every second, third, … so that there are at most `most`. */
export function powersOfTwo(low: number, high: number, most: number): number[] {
	const from = Math.ceil(Math.log2(low) - 1e-9);
	const to = Math.floor(Math.log2(high) + 1e-9);
	const stride = Math.max(1, Math.ceil((to - from + 1) / most));
	const first = Math.ceil(from / stride) * stride; // multiples of the stride, so that 1 is a tick wherever it is in range
	return range(first, to, stride).map((k) => 2 ** k);
}

/** With fewer, an axis shows neither its scale nor its direction. */
const fewestTicks = 3;

/**
 * Powers of ten within [low, high], with their doubles and fives in between where there is room for them; more where they would be too few.
 */
export function powersOfTen(low: number, high: number, most: number): number[] {
	const decades = range(Math.floor(Math.log10(low)), Math.ceil(Math.log10(high)), 1);
	const within = (steps: readonly number[]) =>
		decades.flatMap((k) => steps.map((step) => Number(`${step}e${k}`))).filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
	const [usual, ...fewer] = [[1, 2, 5], [1, 3], [1]];
	if (within(usual).length < fewestTicks) {
		const all = range(1, 9, 1);
		const halves = range(2, 19, 1).map((half) => half / 2);
		for (const ticks of [within(all), within(halves), evenTicks(low, high)])
			if (ticks.length >= fewestTicks) return ticks.filter((_, i) => i % Math.ceil(ticks.length / most) === 0);
	}
	for (const steps of [usual, ...fewer]) if (within(steps).length <= most) return within(steps);
	const stride = Math.ceil(within([1]).length / most);
	return within([1]).filter((tick) => Math.round(Math.log10(tick)) % stride === 0);
}

/** Round numbers, evenly apart: three to seven of them. */
export function evenTicks(low: number, high: number): number[] {
	const rough = (high - low) / 5;
	const unit = 10 ** Math.floor(Math.log10(rough));
	const step = unit * ([1, 2, 5].find((times) => times * unit >= rough) ?? 10);
	return multiplesOf(step, low, high);
}

/** The multiples of a step within [low, high]. */
export function multiplesOf(step: number, low: number, high: number): number[] {
	const ticks: number[] = [];
	for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) ticks.push(Number((k * step).toPrecision(12)));
	return ticks;
}

const range = (from: number, to: number, stride: number): number[] => {
	const values: number[] = [];
	for (let k = from; k <= to; k += stride) values.push(k);
	return values;
};

/** How many tick labels of this length fit side by side. */
export const ticksThatFit = (pixels: number, characters: number, fontSize: number): number =>
	Math.max(2, Math.floor(pixels / ((characters + 1.2) * fontSize * 0.6)) + 1);

/** [low, high] of positive numbers, widened by a factor on both ends; absent and non-positive values are passed over. */
export function logDomain(values: readonly (number | null | undefined)[], widen: number): [number, number] {
	let low = Number.POSITIVE_INFINITY;
	let high = 0;
	for (const value of values) {
		if (typeof value !== "number" || !(value > 0) || !Number.isFinite(value)) continue;
		low = Math.min(low, value);
		high = Math.max(high, value);
	}
	return high === 0 ? [1, 10] : [low / widen, high * widen];
}
