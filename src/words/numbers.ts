/** What stands for a number that doesn't exist. */
export const none = "—";

/** An estimate or a median with its 95 % interval: the two shapes of `findings.ts`. */
export type Interval = { readonly low: number | null; readonly high: number | null } & (
	| { readonly estimate: number | null }
	| { readonly median: number | null }
);

/** The estimate or median itself. */
export const pointOf = (interval: Interval): number | null => ("median" in interval ? interval.median : interval.estimate);

/**
 * How a quantity is written: multiplied by `scale`, followed by `suffix`. `whole`: it counts things, so that nothing below 1 is shown and a
 * value without an interval is shown in full.
 */
export interface Quantity {
	readonly scale: number;
	readonly suffix: string;
	readonly whole: boolean;
	/** However narrow the interval is, no more digits than these: a clock has no more. */
	readonly digits?: number;
}

/** Steps, examples, batch sizes. */
export const counts: Quantity = { scale: 1, suffix: "", whole: true };
/** Shares, exponents, metrics. */
export const plain: Quantity = { scale: 1, suffix: "", whole: false };

/** Shares, written as percentages. */
export const percents: Quantity = { scale: 100, suffix: " %", whole: false };

/** A whole number with its thousands set apart: `1,078`. Null gives a dash. */
export const formatCount = (n: number | null): string => (n === null ? none : grouped(n, 0));

/** A number to two significant digits, what a reader keeps of a figure that has no interval: `2.1`, `1,100`, `0.00053`. */
export const formatNumber = (x: number | null): string => (x === null ? none : shortest(Number(x.toPrecision(2))));

/**
 * A learning rate: 2^(−4.5) is `0.044`. Half octaves lie a factor of 1.41 apart, so two digits tell them all apart; the powers of two that
 * three digits tell exactly keep the third: `0.125`.
 */
export const formatRate = (rate: number): string => (Number(rate.toPrecision(3)) === rate ? shortest(rate) : formatNumber(rate));

/** `[1 or 5] · 10^k`, the largest that is not above `x` > 0. */
function roundStep(x: number): number {
	const power = 10 ** Math.floor(Math.log10(x) + 1e-9);
	return x / power >= 5 ? 5 * power : power;
}

/**
 * An estimate with its 95 % interval, rounded to what the interval supports: `27 [25–29]`, `5,800 [5,300–6,400]`, `4.1 ms [3.9–4.4]`.
 *
 * All three are rounded to 1 or 5 times a power of ten, at most a quarter of the interval's width: no end moves by more than an eighth of
 * the width, which is nothing next to the uncertainty shown. Where the interval is wide, that would round small ends to 0 (25 [1–400]), so
 * a number is rounded to at most a fifth of itself too.
 *
 * With one side open `27 [at least 25]`; with no estimate `at least 25`, `at most 29` or `25–29`; with nothing, a dash.
 */
export function formatInterval(interval: Interval, quantity: Quantity = counts): string {
	const scaled = (x: number | null) => (x === null ? null : x * quantity.scale);
	const point = scaled(pointOf(interval));
	const low = scaled(interval.low);
	const high = scaled(interval.high);
	const write = (x: number) => rounded(x, widthOf(low, point, high), quantity);
	const bounds =
		low !== null && high !== null
			? `${write(low)}${low < 0 ? " to " : "–"}${write(high)}` // a dash before a minus is hard to read
			: low !== null
				? `at least ${write(low)}`
				: high !== null
					? `at most ${write(high)}`
					: null;
	if (point !== null) return `${write(point)}${quantity.suffix}${bounds === null ? "" : ` [${bounds}]`}`;
	return bounds === null ? none : `${bounds}${quantity.suffix}`;
}

/** A share as a percentage, to two figures: `25 %`. */
export const percent = (share: number): string => `${formatNumber(100 * share)} %`;

/** A share, an exponent or a metric with its 95 % interval: `0.83 [0.82–0.84]`. */
export const formatEstimate = (interval: Interval): string => formatInterval(interval, plain);

/** A share from 0 to 1 as a percentage with its 95 % interval: `83 % [82–84 %]`. */
export const formatPercent = (share: Interval): string => formatInterval(share, percents).replace("]", " %]");

/** The interval's width; of a one-sided one twice the known half; null where there is none. */
function widthOf(low: number | null, point: number | null, high: number | null): number | null {
	if (low !== null && high !== null) return high - low;
	const end = low ?? high;
	return end === null || point === null ? null : 2 * Math.abs(point - end);
}

/** `x` as supported by an interval of this width; without one (or of no width), counts in full and the rest to two digits. */
function rounded(x: number, width: number | null, { whole, digits = Number.POSITIVE_INFINITY }: Quantity): string {
	if (width === null || width === 0) return whole ? formatCount(x) : formatNumber(x);
	const smallest = whole && Math.abs(x) >= 1 ? 1 : 0; // a critical batch size below 1 isn't 0
	const finest = x === 0 ? 0 : 10 ** (Math.floor(Math.log10(Math.abs(x))) + 1 - digits);
	const unit = Math.max(roundStep(width / 4), smallest, finest);
	const own = x === 0 ? unit : Math.max(Math.min(unit, roundStep(Math.abs(x) / 5)), smallest);
	const value = Number((Math.round(x / own) * own).toPrecision(12));
	return grouped(value, Math.max(decimalsOf(unit), decimalsOf(value)));
}

const units: readonly (Quantity & { readonly upTo: number })[] = [
	{ scale: 1e9, suffix: " ns", upTo: 1e-6, whole: false },
	{ scale: 1e6, suffix: " µs", upTo: 1e-3, whole: false },
	{ scale: 1e3, suffix: " ms", upTo: 1, whole: false },
	{ scale: 1, suffix: " s", upTo: 60, whole: false },
	{ scale: 1 / 60, suffix: " min", upTo: 3600, whole: false },
	{ scale: 1 / 3600, suffix: " h", upTo: Number.POSITIVE_INFINITY, whole: false },
];
const unitFor = (seconds: number): Quantity => units.find(({ upTo }) => seconds < upTo) ?? units[units.length - 1];

/** A span of time with its 95 % interval, in the unit that suits the estimate: `4.1 ms [3.9–4.4]`. */
export const formatSecondsInterval = (interval: Interval): string =>
	formatInterval(interval, { ...unitFor((pointOf(interval) ?? interval.low ?? interval.high ?? 0) / 0.95), digits: 6 }); // 0.96 ms is rounded to 1 ms, not to 1,000 µs

/** A span of time: `2.1 µs`, `34 ms`, `1.2 s`, `3 min 20 s`, `2 h 5 min`. Two digits below a minute. Null gives a dash. */
export function formatSeconds(seconds: number | null): string {
	if (seconds === null) return none;
	if (seconds === 0) return "0 s";
	const two = Number(seconds.toPrecision(2)); // first round, then choose the unit: 0.9996 s is 1 s, not 1,000 ms
	if (two < 60) {
		const { scale, suffix } = unitFor(two);
		return `${shortest(Number((two * scale).toPrecision(2)))}${suffix}`;
	}
	const whole = Math.round(seconds);
	if (whole < 3600) return joined(Math.floor(whole / 60), "min", whole % 60, "s");
	const minutes = Math.round(seconds / 60);
	return joined(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

const joined = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
	`${formatCount(large)} ${largeUnit}${small === 0 ? "" : ` ${small} ${smallUnit}`}`;

/** What a ratio says of a quantity that is measured (`less`, `much`) or counted (`fewer`, `many`). */
export interface Compared {
	readonly noun: string;
	readonly less: "less" | "fewer";
	readonly much: "much" | "many";
}

/** A ratio in words: 1.23 is `23 % more`, 0.92 `8 % less`, 1 `the same`, from 2 on `2.4 times as much`. */
export function formatRatio(ratio: number, { less, much }: Pick<Compared, "less" | "much"> = { less: "less", much: "much" }): string {
	if (ratio >= 2) return `${formatNumber(ratio)} times as ${much}`;
	const percent = Math.round(100 * (ratio - 1));
	if (percent === 0) return "the same";
	return percent > 0 ? `${percent} % more` : `${-percent} % ${less}`;
}

/** Within this factor of 1, either way, a ratio that isn't sure is about the same. */
const about = 1.1;

/**
 * A ratio with its interval and what it is of: `15 % [5–25 %] more time`, `2.4 [2.1–2.8] times as much time`. Where the interval holds 1:
 * `about as much time (3 % less to 8 % more)`, or if the estimate is farther away `4.4 times as much time (51 % less to 7.3 times as
 * much)`. Null where there is no estimate.
 */
export function formatRatioInterval(interval: Interval, compared: Compared): string | null {
	const { noun, less, much } = compared;
	const ratio = pointOf(interval);
	const { low, high } = interval;
	if (ratio === null) return null;
	if (low === null || high === null) {
		const words = formatRatio(ratio, compared);
		return words === "the same" ? `about as ${much} ${noun}` : `${words} ${noun}`;
	}
	if (low <= 1 && high >= 1) {
		const words = ratio <= about && ratio >= 1 / about ? `about as ${much}` : formatRatio(ratio, compared);
		return `${words} ${noun} (${formatRatio(low, compared)} to ${formatRatio(high, compared)})`;
	}
	if (ratio >= 2) return `${formatInterval({ estimate: ratio, low, high }, plain)} times as ${much} ${noun}`;
	const more = ratio > 1;
	const percents = more
		? { estimate: 100 * (ratio - 1), low: 100 * (low - 1), high: 100 * (high - 1) }
		: { estimate: 100 * (1 - ratio), low: 100 * (1 - high), high: 100 * (1 - low) };
	return `${formatInterval(percents, { ...plain, suffix: " %" }).replace("]", " %]")} ${more ? "more" : less} ${noun}`;
}

/** Decimals needed to write `x` in full. */
function decimalsOf(x: number): number {
	const [mantissa, exponent] = Number(x.toPrecision(12)).toExponential().split("e");
	return Math.max(0, (mantissa.split(".")[1] ?? "").length - Number(exponent));
}

const shortest = (x: number): string => grouped(x, decimalsOf(x));

function grouped(x: number, decimals: number): string {
	const [whole, fraction] = x.toFixed(Math.min(decimals, 100)).split(".");
	const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ",");
	return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}
