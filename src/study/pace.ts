import { exp, log } from "../core/numerics.js";

/** An expected range, from the least to the most. */
export interface Span {
	readonly low: number;
	readonly high: number;
}

/** How fast a script trained on this machine. */
export interface Pace {
	/** Seconds per step, by batch size; at least one. */
	readonly steps: ReadonlyMap<number, number>;
	/** Seconds before its first report. */
	readonly startUp: number;
	/** Of whole trials, on average; null where none was run. */
	readonly trial: number | null;
	readonly by: "init" | "trials";
}

/**
 * Seconds per step at a batch size: as measured, else from the nearest size that was. A batch twice as large takes between as long and
 * twice as long per step.
 */
export function stepSpan({ steps }: Pace, batchSize: number): Span {
	const known = steps.get(batchSize);
	if (known !== undefined) return { low: known, high: known };
	const [size, seconds] = [...steps].reduce((nearest, one) => (away(one[0], batchSize) < away(nearest[0], batchSize) ? one : nearest));
	const inProportion = (seconds * batchSize) / size;
	return { low: Math.min(seconds, inProportion), high: Math.max(seconds, inProportion) };
}

const away = (size: number, from: number): number => Math.max(size / from, from / size);

/** The middle of a span, in ratio. */
export const middleOf = ({ low, high }: Span): number => (low === high ? low : low <= 0 ? high / 2 : exp((log(low) + log(high)) / 2));

export const times = ({ low, high }: Span, factor: number): Span => ({ low: low * factor, high: high * factor });
