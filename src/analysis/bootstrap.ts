import { mean } from "../core/mean.js";
import { Rng } from "../core/rng.js";
import type { Median } from "./findings.js";

/** Resamples behind every interval: the 2.5 % point then rests on 50 of them, and varies by about a seventh of its 2.5 %. */
const resampleCount = 2000;

/** The middle value, or the mean of the middle two; ∞ if most values are; NaN if there are none. */
export function median(values: Iterable<number>): number {
	const sorted = Float64Array.from(values).sort();
	const middle = (sorted.length - 1) / 2;
	return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

/** A value and the place that it shares with its partners in other samples: the index of a seed or of a calibration pass. */
export interface Placed {
	readonly place: number;
	/** +∞: censored, larger than any that was seen. */
	readonly value: number;
}

/** "log": interpolate between two values in ratio, as for steps and seconds. */
export type Scale = "linear" | "log";

/**
 * Bootstrap draws of medians of samples that are paired by place: runs from one seed at several batch sizes, calibration passes over them.
 *
 * **Why not resample with replacement.** The median of a resample of 7 is one of the 7 values: its 2.5 and 97.5 % points are the 2nd and
 * the 6th, between which the true median lies with probability 1 − 2·(1 + 7)/2⁷ = 87.5 %, not 95 %. (Between the 1st and the 7th: 98.4 %.)
 *
 * **What is drawn instead.** Let F be the true distribution function, x₁ < … < xₙ the sample. F(x₁), …, F(xₙ) are n uniform draws in order:
 * they cut [0, 1] into n + 1 pieces distributed as n + 1 exponential draws divided by their sum, for every F. So draw the pieces, let F run
 * straight from one value to the next, and read off where it passes ½. In a share P(at most k−1 of n tosses are heads) of the draws the
 * median falls below x_k: exactly the confidence of the order statistics, and 95 % intervals lie between the 98.4 and the 87.5 % of n = 7.
 * Source: Banks 1988 (Biometrika 75, Histospline smoothing the Bayesian bootstrap), after Rubin 1981. Coverage is measured in
 * test/oracle/analysis-coverage.test.ts.
 *
 * **Beyond the ends.** Below x₁ and above xₙ nothing is known about F, and the median falls there with probability 2⁻ⁿ each: under the 2.5
 * % of an interval from n = 6 on. For fewer values it is taken beyond the end by an exponential draw of mean (xₙ − x₁)/(n − 1), the mean
 * distance between neighbours; such intervals rest on that guess.
 *
 * **Pairing.** n of the pieces belong to the values and are the same for all values of one place; they stand either all above or all below
 * their values, as one coin for all decides, and the odd piece, each sample's own, at the other end. So what a seed does to all sizes stays
 * together, samples may lack places, each sample alone is drawn as above, and samples whose orders have nothing in common are drawn
 * independently.
 */
export class PairedBootstrap {
	readonly #pieces: PlacePieces;
	/** 1: each place's piece stands above its value, the odd one below all. */
	readonly #coin: Uint8Array;
	readonly #own = new Map<string | number, OwnDraws>();
	readonly #rng: Rng;

	constructor(rng: Rng) {
		this.#rng = rng;
		const shared = rng.split("places");
		this.#coin = new Uint8Array(resampleCount).map(() => shared.below(2));
		this.#pieces = new PlacePieces(shared);
	}

	/**
	 * 2,000 draws of the sample's median. Draws of two samples with the same `name` also share what is not a place's: give the same name to
	 * two measures of the same runs. A sample of one gives itself; an empty one NaN.
	 */
	medians(name: string | number, sample: readonly Placed[], scale: Scale): Float64Array {
		const sorted = [...sample].sort((a, b) => a.value - b.value);
		if (sorted.length < 2) return new Float64Array(resampleCount).fill(sorted[0]?.value ?? Number.NaN);
		const values = sorted.map(({ value }) => value);
		const pieces = sorted.map(({ place }) => this.#pieces.of(place));
		const { odd, beyond } = this.#ownDraws(name);
		const between = along(scale);
		return odd.map((oddPiece, r) => {
			let total = oddPiece;
			for (const piece of pieces) total += piece[r];
			const half = total / 2;
			const above = this.#coin[r] === 1;
			let reached = above ? oddPiece : pieces[0][r];
			if (reached >= half) return between.outside(values, -beyond[r]);
			for (let k = 0; k + 1 < values.length; k++) {
				const piece = pieces[above ? k : k + 1][r];
				if (reached + piece >= half) return between.inside(values[k], values[k + 1], (half - reached) / piece);
				reached += piece;
			}
			return between.outside(values, beyond[r]);
		});
	}

	/**
	 * 2,000 draws of the sample's geometric mean, in natural logarithm: each value weighted by its place's piece (the Bayesian bootstrap,
	 * Rubin 1981), so that samples are paired as their medians are. The variance of such draws is (n − 1)/(n + 1) of the mean's; their
	 * distance from the mean is drawn out by the root of that. `sample`: at least two finite, positive values.
	 */
	logMeans(sample: readonly Placed[]): Float64Array {
		const logs = sample.map(({ value }) => Math.log(value));
		const pieces = sample.map(({ place }) => this.#pieces.of(place));
		const centre = mean(logs);
		const spread = Math.sqrt((logs.length + 1) / (logs.length - 1));
		return new Float64Array(resampleCount).map((_, r) => {
			let total = 0;
			let sum = 0;
			for (const [i, piece] of pieces.entries()) {
				total += piece[r];
				sum += piece[r] * logs[i];
			}
			return centre + spread * (sum / total - centre);
		});
	}

	#ownDraws(name: string | number): OwnDraws {
		const drawn = this.#own.get(name);
		if (drawn) return drawn;
		const rng = this.#rng.split("sample").split(name);
		const draws = { odd: exponentials(rng), beyond: exponentials(rng) };
		this.#own.set(name, draws);
		return draws;
	}
}

/**
 * The pieces of each place, drawn in the order of places but kept only for those that are asked for: runs made elsewhere may have seeds with
 * high numbers, and the pieces of 10,000 places take 160 MB.
 */
class PlacePieces {
	readonly #drawn = new Map<number, Float64Array>();
	/** The generator as it was before each place that has been passed. */
	readonly #before: Float64Array[] = [];
	readonly #rng: Rng;

	constructor(rng: Rng) {
		this.#rng = rng;
	}

	of(place: number): Float64Array {
		const known = this.#drawn.get(place);
		if (known) return known;
		while (this.#before.length < place) {
			this.#before.push(this.#rng.save());
			for (let i = 0; i < resampleCount; i++) this.#rng.uniform();
		}
		const isNext = this.#before.length === place;
		if (isNext) this.#before.push(this.#rng.save());
		const pieces = exponentials(isNext ? this.#rng : Rng.restored(this.#before[place]));
		this.#drawn.set(place, pieces);
		return pieces;
	}
}

/** The draws that a sample doesn't share with others: the odd piece, and the distance beyond an end. */
interface OwnDraws {
	readonly odd: Float64Array;
	readonly beyond: Float64Array;
}

const exponentials = (rng: Rng): Float64Array => new Float64Array(resampleCount).map(() => -Math.log(1 - rng.uniform()));

/** Where a draw lands between two values, and beyond the outermost by `far` mean distances (below them if negative). */
function along(scale: Scale) {
	const inside = (a: number, b: number, share: number): number => {
		if (a === b) return a;
		if (b === Number.POSITIVE_INFINITY) return b;
		return scale === "linear" ? a + share * (b - a) : a * (b / a) ** share;
	};
	const outside = (sorted: readonly number[], far: number): number => {
		const finite = sorted.filter((value) => value < Number.POSITIVE_INFINITY);
		if (finite.length === 0 || (far > 0 && finite.length < sorted.length)) return Number.POSITIVE_INFINITY;
		const first = finite[0];
		const last = finite[finite.length - 1];
		const steps = far / Math.max(1, finite.length - 1);
		const end = far < 0 ? first : last;
		return scale === "linear" ? end + steps * (last - first) : end * (last / first) ** steps;
	};
	return { inside, outside };
}

/**
 * The 2.5 and 97.5 % points of the draws. `comparisons`: for this many intervals that must all hold together, each tail is that much
 * smaller (Bonferroni).
 */
export function interval95(draws: Float64Array, comparisons = 1): { readonly low: number; readonly high: number } {
	const sorted = Float64Array.from(draws).sort();
	const tail = Math.floor((0.025 / comparisons) * sorted.length);
	return { low: sorted[tail], high: sorted[sorted.length - 1 - tail] };
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** The possible range of a quantity: draws are smooth, and may lie slightly outside. */
export interface Range {
	readonly least: number;
	readonly most: number;
}
const anywhere: Range = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
/** Accuracies and error rates. */
export const shares: Range = { least: 0, most: 1 };
/** Steps and examples to a goal: at least 1. */
export const fromOne: Range = { least: 1, most: Number.POSITIVE_INFINITY };

/**
 * A median with the 95 % interval of its draws, as far as it lies in the range. Censored values are null; both ends are null if `count`,
 * the number of values, is below two.
 */
export function medianWithInterval(value: number, draws: Float64Array, count: number, { least, most }: Range = anywhere): Median {
	const { low: below, high: above } = interval95(draws);
	const [low, high] = [Math.max(below, least), above === Number.POSITIVE_INFINITY ? above : Math.min(above, most)];
	const known = count >= 2;
	return {
		median: finiteOrNull(value),
		low: known ? finiteOrNull(Math.min(low, value)) : null,
		high: known ? finiteOrNull(Math.max(high, value)) : null,
	};
}

/** The median of one sample with its 95 % bootstrap interval. Nulls: see `medianWithInterval`. */
export function medianInterval(values: readonly number[], scale: Scale, rng: Rng, range = anywhere): Median {
	const sample = values.map((value, place) => ({ place, value }));
	return medianWithInterval(median(values), new PairedBootstrap(rng).medians("median", sample, scale), values.length, range);
}
