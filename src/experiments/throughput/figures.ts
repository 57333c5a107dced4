import { medianInterval } from "../../analysis/bootstrap.js";
import type { Estimate } from "../../analysis/findings.js";
import { Rng } from "../../core/rng.js";
import { margins } from "../claims/margins.js";
import { asEstimate, greatest, isBelow } from "../lab/estimates.js";
import type { Settings } from "./settings.js";
import type { Result } from "./tasks.js";

export const margin = margins.throughput;

/** One batch size. */
export interface Size {
	readonly batchSize: number;
	readonly secondsPerStep: Estimate;
	readonly examplesPerSecond: Estimate;
	/** Examples per second over those at half the size (or the size before), pass by pass; null at the first. */
	readonly gain: Estimate | null;
}

export interface Figures {
	readonly sizes: readonly Size[];
	/**
	 * The first size that gives less than `margin.pays` times the examples per second of the one before, for sure; null where there is none.
	 */
	readonly stop: (Size & { readonly gain: Estimate }) | null;
	/** The one with the most examples per second. */
	readonly best: Size;
	/** Examples per second at 32 over those at 1, and at the largest size over those at the one before. */
	readonly rise: Estimate;
	readonly last: Estimate;
}

export function figuresOf({ batchSizes, passes }: Settings, results: readonly Result[]): Figures {
	const timed = batchSizes.map((_, i) =>
		Array.from({ length: passes }, (_, pass) => results[(pass + 1) * batchSizes.length + i].secondsPerStep),
	);
	const rates = timed.map((all, i) => all.map((seconds) => batchSizes[i] / seconds));
	const over = (above: number, below: number) => typical(rates[above].map((rate, pass) => rate / rates[below][pass]));
	const sizes = batchSizes.map((batchSize, i): Size => {
		const gain = i === 0 ? null : over(i, i - 1);
		return { batchSize, secondsPerStep: typical(timed[i]), examplesPerSecond: typical(rates[i]), gain };
	});
	const [stop = null] = sizes.flatMap(({ gain, ...size }) => (gain !== null && isBelow(gain, margin.pays) ? [{ ...size, gain }] : []));
	const last = batchSizes.length - 1;
	const at32 = batchSizes.includes(32) ? batchSizes.indexOf(32) : last;
	return {
		sizes,
		stop,
		best: greatest(sizes, ({ examplesPerSecond }) => examplesPerSecond.estimate ?? 0),
		rise: over(at32, 0),
		last: over(last, last - 1),
	};
}

/** The median over passes: a pass that another process interrupts is no part of the machine's speed, and a mean would count it. */
const typical = (passes: readonly number[]): Estimate => asEstimate(medianInterval(passes, "log", Rng.fromSeed(0)));
