const least = 2 ** -149;
/** Zeros, denormals, the least normal number, its neighbours, and what becomes one or the other when multiplied. */
const small = [0, -0, least, -least, 2 ** -127, 2 ** -126, -(2 ** -126), 2 ** -75, -(2 ** -63), 2 ** -81];
const edges = [...small, 2 ** 100, -(2 ** 64)];
const oddities = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

/** Which numbers to draw. */
export interface Numbers {
	/** Another seed, other numbers. */
	readonly seed: number;
	/** Whether there are infinities and NaNs. */
	readonly odd: boolean;
	/** Whether none is large. */
	readonly calm?: boolean;
	/** The numbers that are no edges lie between half of this and its negative; 1 if left out. */
	readonly spread?: number;
}

/**
 * A stream of numbers between −½ and ½ (times `spread`) with edges, and oddities if asked for, among them: fast, and the same everywhere.
 * `calm`: no large ones, so that sums stay finite.
 */
export function edgeNumbers({ seed, odd, calm = false, spread = 1 }: Numbers): () => number {
	const among = calm ? small : edges;
	let state = Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995;
	const next = (): number => {
		state = Math.imul(state, 1664525) + 1013904223;
		return state >>> 8;
	};
	return () => {
		const [draw, choice] = [next(), next()];
		if (odd && draw % 251 === 0) return oddities[choice % oddities.length];
		return draw % 13 === 0 ? among[choice % among.length] : spread * (choice / 2 ** 24 - 0.5);
	};
}
