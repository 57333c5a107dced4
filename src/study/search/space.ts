import { type HalfOctave, halfOctaveAbove, halfOctaveBelow, lattice } from "../../core/rates.js";
import type { Study } from "../study.js";
import { type Caps, capsOf } from "./caps.js";

/** Where a search may look, in half octaves, and where runs may be ended. */
export interface SearchSpace extends Caps {
	readonly from: HalfOctave;
	readonly to: HalfOctave;
	/** The range widens to here, and no further, where the best rate lies at its edge. */
	readonly lowest: HalfOctave;
	readonly highest: HalfOctave;
}

/** Half octaves by which a range widens where the best rate lies at its edge: four octaves. */
export const widening = 8;

/**
 * Where a batch size is searched. Ranges are snapped outward to half octaves; the limit inward to where runs may be ended, as every cap is.
 */
export function searchSpace(study: Study, batchSize: number): SearchSpace {
	const from = halfOctaveBelow(study.tune.learningRate.from);
	const to = halfOctaveAbove(study.tune.learningRate.to);
	return {
		from,
		to,
		lowest: Math.max(lattice.lowest, from - widening),
		highest: Math.min(lattice.highest, to + widening),
		...capsOf(study, batchSize),
	};
}

/** The rates that a search may try, each once: in a narrow range, spread-out rates may fall on the same half octave. */
export const inside = (rates: readonly HalfOctave[], { lowest, highest }: SearchSpace): readonly HalfOctave[] => [
	...new Set(rates.filter((rate) => rate >= lowest && rate <= highest)),
];

/** Whether a rate lies at the end of what may be searched: a better one may lie beyond. */
export const isAtEdge = (rate: HalfOctave, { lowest, highest }: SearchSpace): boolean => rate === lowest || rate === highest;
