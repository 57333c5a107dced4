import { type Maximum, maximise, signChange } from "./maximise.js";
import type { SizeInformation } from "./seed-variance.js";
import { type SeededInterval, sizeLikelihood, tabulated } from "./size-likelihood.js";
import { bestMean } from "./spread.js";

/** The runs of one batch size. */
export interface SizeRuns {
	readonly batchSize: number;
	readonly runs: readonly SeededInterval[];
}

/** How far beyond the tried sizes the fit's parameters are searched, on the log axis: further out (e¹⁰) no bend can be seen. */
const reachInLogBatchSize = 10;

/** Log-likelihoods this close count as equal: a parameter that gains no more than this over its limit is at the limit. */
const negligibleGain = 1e-3;

/** log(1 + eˣ), without overflow. */
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** log S, less log S_min, at log batch size b: log(1 + (B_crit/B)^α), c = log B_crit. */
export const rise = (b: number, c: number, exponent = 1): number => softplus(exponent * (c - b));

/** The derivatives of log S at log batch size b by the curve's parameters: log S_min, c = log B_crit, and log α. */
export function slopesAt(b: number, c: number, exponent: number): readonly [number, number, number] {
	const falling = 1 / (1 + Math.exp(exponent * (b - c))); // 1 where S halves as B doubles, 0 where it is flat
	return [1, exponent * falling, exponent * (c - b) * falling];
}

/** A parameter's range on a log axis; −∞ or ∞ where nothing in the data bounds it. */
export interface Range {
	readonly low: number;
	readonly high: number;
}

/**
 * Likelihood of the curve log S(B) = s + log(1 + e^(α(c − log B))), s = log S_min, c = log B_crit, given the spread of single runs. Each
 * size enters through its own likelihood of the mean of log steps, which treats interval- and right-censored runs correctly.
 *
 * For a fixed c the best s is a concave problem, so only a line has to be searched, and a line can be scanned: the search can't end at a
 * false peak.
 */
export class Hyperbola {
	readonly #sizes: readonly {
		readonly b: number;
		readonly runs: readonly SeededInterval[];
		readonly likelihood: ReturnType<typeof tabulated>;
		readonly best: number;
		readonly information: number;
	}[];
	/** Log-likelihood where every size has a mean of its own. */
	readonly saturated: number;
	/** The span of c that is searched. */
	readonly span: Range;

	/** `sizes`: ascending, each with a run that reached the goal. `sd`: of single runs around their size's mean, in natural log. */
	constructor(sizes: readonly SizeRuns[], sd: number) {
		let saturated = 0;
		this.#sizes = sizes.map(({ batchSize, runs }) => {
			const { at, value } = bestMean(runs, sd);
			saturated += value;
			const information = -sizeLikelihood(runs, sd)(at).bend;
			return { b: Math.log(batchSize), runs, likelihood: tabulated(runs, sd), best: at, information };
		});
		this.saturated = saturated;
		this.span = { low: this.#sizes[0].b - reachInLogBatchSize, high: this.#sizes[this.#sizes.length - 1].b + reachInLogBatchSize };
	}

	/**
	 * The information of every size about the first `parameters` of s, c and log α at this point. If the bend lies beyond the tried sizes,
	 * the bend is taken to be at the last of them: further out s and c can't be distinguished, and neither would be known.
	 */
	information(c: number, exponent: number, parameters: 2 | 3): readonly SizeInformation[] {
		const seen = Math.min(Math.max(c, this.#sizes[0].b), this.#sizes[this.#sizes.length - 1].b);
		return this.#sizes.map(({ b, runs, best, information }) => ({
			runs,
			mean: best,
			information,
			gradient: slopesAt(b, seen, exponent).slice(0, parameters),
		}));
	}

	/** The likeliest s for a given c and exponent, searched between values that are too low and too high for every size. */
	level(c: number, exponent = 1): Maximum {
		const rises = this.#sizes.map(({ b }) => rise(b, c, exponent));
		let low = Number.POSITIVE_INFINITY;
		let high = Number.NEGATIVE_INFINITY;
		for (const [i, { best }] of this.#sizes.entries()) {
			low = Math.min(low, best - rises[i]);
			high = Math.max(high, best - rises[i]);
		}
		let at = (low + high) / 2;
		for (let i = 0; i < 50; i++) {
			let slope = 0;
			let bend = 0;
			for (const [j, { likelihood }] of this.#sizes.entries()) {
				const here = likelihood(at + rises[j]);
				slope += here.slope;
				bend += here.bend;
			}
			if (slope > 0) low = at;
			else high = at;
			const newton = at - slope / bend;
			const next = newton > low && newton < high ? newton : (low + high) / 2;
			if (Math.abs(next - at) < 1e-7) break;
			at = next;
		}
		return { at, value: this.value(at, c, exponent) };
	}

	value(s: number, c: number, exponent = 1): number {
		let sum = 0;
		for (const { b, likelihood } of this.#sizes) sum += likelihood(s + rise(b, c, exponent)).value;
		return sum;
	}

	/** The likeliest c at this exponent, and the log-likelihood there. */
	best(exponent = 1): Maximum {
		return maximise((c) => this.level(c, exponent).value, this.span.low, this.span.high, 1e-5);
	}

	/** Whether c at an end of its span is as likely as its best value: no flat part was seen (high), or no falling part (low). */
	isAtLimit(best: Maximum): { readonly low: boolean; readonly high: boolean } {
		const at = (c: number) => this.level(c).value > best.value - negligibleGain;
		return { low: at(this.span.low), high: at(this.span.high) };
	}

	/** All (s, c) whose log-likelihood is at most `drop` below its maximum, in this many slices at even distances in c. */
	region(best: Maximum, drop: number, count: number): Region {
		const floor = best.value - drop;
		const excess = (c: number) => this.level(c).value - floor;
		const low = signChange(excess, best.at, this.span.low, 1e-4);
		const high = signChange(excess, best.at, this.span.high, 1e-4);
		const from = low ?? this.span.low;
		const to = high ?? this.span.high;
		const slices = Array.from({ length: count }, (_, i) => {
			const c = from + ((to - from) * i) / (count - 1);
			const { at, value } = this.level(c);
			if (value <= floor) return { c, low: at, high: at }; // the tip of the region
			return { c, low: this.#edge(c, at, -1, floor), high: this.#edge(c, at, 1, floor) };
		});
		return { critical: { low: low ?? Number.NEGATIVE_INFINITY, high: high ?? Number.POSITIVE_INFINITY }, slices };
	}

	/**
	 * The s on this side of the likeliest one, `at`, where the log-likelihood has fallen to the floor: Newton's method on a concave function,
	 * held within its bracket.
	 */
	#edge(c: number, at: number, side: 1 | -1, floor: number): number {
		const rises = this.#sizes.map(({ b }) => rise(b, c));
		let inside = at;
		let outside = at + side * searchedHalfWidth;
		if (this.value(outside, c) >= floor) return outside;
		let s = at + side * 0.1;
		for (let i = 0; i < 50; i++) {
			let value = 0;
			let slope = 0;
			for (const [j, { likelihood }] of this.#sizes.entries()) {
				const here = likelihood(s + rises[j]);
				value += here.value;
				slope += here.slope;
			}
			if (value >= floor) inside = s;
			else outside = s;
			const newton = s - (value - floor) / slope;
			const next = (newton - inside) * (newton - outside) < 0 ? newton : (inside + outside) / 2;
			if (Math.abs(next - s) < 1e-5) break;
			s = next;
		}
		return s;
	}
}

/** Half-width of the search: no size's mean is uncertain by a factor of e⁹. */
const searchedHalfWidth = 9;

/** A likelihood region of (s, c), in slices of equal c. */
export interface Region {
	/** The range of c that it spans; infinite at a side where it reaches the end of the search. */
	readonly critical: Range;
	readonly slices: readonly { readonly c: number; readonly low: number; readonly high: number }[];
}

/**
 * The profile-likelihood interval of a quantity q = s + r(c): the least and the largest q in the region, since the best log-likelihood at a
 * fixed q is above a floor if and only if some point with that q is. log S_min: r = 0; log E_min: r = c; log S at some B: r = log(1 + e^(c
 * − log B)).
 */
export function rangeOf({ slices }: Region, r: (c: number) => number): Range {
	let least = Number.POSITIVE_INFINITY;
	let largest = Number.NEGATIVE_INFINITY;
	for (const { c, low, high } of slices) {
		least = Math.min(least, low + r(c));
		largest = Math.max(largest, high + r(c));
	}
	return { low: least, high: largest };
}
