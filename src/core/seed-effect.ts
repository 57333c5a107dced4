import { settingKey } from "./setting.js";
import type { FinishedTrial, TrialResult, TrialSpec } from "./trial.js";

/**
 * Whether runs of different seeds differ. "none": a trainer that ignores its seed gives the same run again, and many of them say no more
 * than one.
 */
export type SeedEffect = "unknown" | "some" | "none";

/** How many values of metrics runs of different seeds have in common. */
export interface Agreement {
	/** In all pairs of runs. */
	readonly inAll: number;
	/** Different ones, of the pair that has most. */
	readonly different: number;
}

/** What has to agree before it is no chance: a few accuracies of few examples may. */
const enough: Agreement = { different: 2, inAll: 6 };

/** Runs that ended in another way may have ended anywhere. */
const shows = ({ outcome }: TrialResult): boolean => outcome !== "failed" && outcome !== "out of memory" && outcome !== "timed out";

/**
 * How far runs of one batch size, rate and setting agree, each of a seed of its own: in a trainer that ignores it all metrics at all looks
 * are equal, as far as both of two runs went. Null where two differ. Looks are read only where runs agree in everything else.
 */
export function agreementOf(results: readonly TrialResult[]): Agreement | null {
	const [first, ...others] = results.filter(shows);
	let inAll = 0;
	let different = 0;
	for (const other of others) {
		const values = commonValues(first, other);
		if (values === null) return null;
		inAll += values;
		different = Math.max(different, values);
	}
	return { inAll, different };
}

/** What the agreements of several batch sizes, rates and settings show together; null among them: runs that differ. */
export function effectOf(agreements: Iterable<Agreement | null>): SeedEffect {
	let inAll = 0;
	let different = 0;
	for (const agreement of agreements) {
		if (agreement === null) return "some";
		inAll += agreement.inAll;
		different = Math.max(different, agreement.different);
	}
	return inAll >= enough.inAll && different >= enough.different ? "none" : "unknown";
}

/** Names what trials share that differ in nothing but their seed and cap. */
export const blockOf = ({ phase, batchSize, learningRate, ...setting }: TrialSpec): string =>
	`${phase}/${batchSize}/${learningRate}${settingKey(setting)}`;

/** Trials by what they share but for their seed: of every seed the one with the largest cap. */
export function* blocksOf(trials: readonly FinishedTrial[]): Generator<readonly TrialResult[]> {
	const blocks = new Map<string, Map<number, FinishedTrial>>();
	for (const trial of trials) {
		const { seed, cap } = trial.spec;
		const key = blockOf(trial.spec);
		const block = blocks.get(key) ?? new Map<number, FinishedTrial>();
		blocks.set(key, block);
		const known = block.get(seed);
		if (!known || known.spec.cap < cap) block.set(seed, trial);
	}
	for (const block of blocks.values()) yield [...block.values()].map(({ result }) => result);
}

/** How many different values two runs have in common at their looks; null where they differ. */
function commonValues(one: TrialResult, other: TrialResult): number | null {
	if (!mayBeEqual(one, other) || !mayBeEqual(other, one)) return null;
	const [looks, otherLooks] = [one.evaluations, other.evaluations];
	const values = new Set<string>();
	for (let i = 0; i < Math.min(looks.length, otherLooks.length); i++) {
		if (looks[i].step !== otherLooks[i].step) return null;
		const [a, b] = [looks[i], otherLooks[i]].map(({ metrics }) => Object.entries(metrics).map(String).sort());
		if (a.join() !== b.join()) return null;
		for (const value of a) values.add(value);
	}
	return values.size;
}

/** False where one met the goal at a look at which the other didn't. */
const mayBeEqual = ({ reached }: TrialResult, other: TrialResult): boolean =>
	reached === null || (other.reached === null ? other.steps < reached.step : other.reached.step === reached.step);
