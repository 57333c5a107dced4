import type { Estimate } from "../../analysis/findings.js";
import { logSlope } from "../../analysis/log-slope.js";
import { geometricMeanInterval, meanInterval } from "../../analysis/means.js";
import { nothing } from "../lab/estimates.js";
import { type SamplerName, samplers } from "./problems.js";
import type { Settings } from "./settings.js";
import type { Hovered, Race, Result } from "./tasks.js";

/** Where the full batch ended. */
export interface Settled {
	readonly problem: string;
	/** The rate, as a share of 2/L. */
	readonly share: number;
	/** Decimal logarithm of what is left of the distance from the optimum at the start; null where it grew without bounds. */
	readonly left: Estimate;
	readonly diverged: number;
	readonly runs: number;
}

/** One batch size's way to one target, at the best of the rates. */
export interface Reached {
	readonly batchSize: number;
	readonly learningRate: number | null;
	/** Null where at no rate every seed reached it. */
	readonly steps: Estimate;
	readonly examples: Estimate;
	/** Examples, seed by seed; empty where not all reached it. */
	readonly runs: readonly number[];
}

/** How far one setting hovers. */
export interface Ball {
	readonly sampler: SamplerName;
	readonly examples: number;
	readonly batchSize: number;
	readonly learningRate: number;
	/** Root of the mean squared distance from the optimum. */
	readonly radius: Estimate;
	/** The closed form, with replacement. */
	readonly expected: number | null;
	/** Radius over the closed form's. */
	readonly ratio: Estimate;
}

export interface Harm {
	readonly sampler: SamplerName;
	readonly batchSize: number;
	readonly excessError: Estimate;
}

export interface Figures {
	readonly settled: readonly Settled[];
	readonly loose: readonly Reached[];
	readonly tight: readonly Reached[];
	/** Of the examples to the loose target against the batch size, both logarithmic. */
	readonly looseSlope: Estimate;
	readonly balls: readonly Ball[];
	/** Radius at the most examples over that at the fewest, by sampler: at the same B/N, and at the same B. */
	readonly fromFewToMany: readonly { readonly sampler: SamplerName; readonly sameShare: Estimate; readonly sameSize: Estimate }[];
	readonly harm: readonly Harm[];
	/** The same on the real data, where seeds differ by their draws alone. Next to the claim, not part of its family. */
	readonly realHarm: readonly Harm[];
}

/**
 * Intervals are simultaneous over: three problems at two rates, a slope, two ratios for each sampler, and the harm at each size for each.
 */
export const familyOf = ({ hover }: Settings): number => 6 + 1 + 4 + 2 * hover.batchSizes.length;

export function figuresOf(settings: Settings, results: readonly Result[]): Figures {
	const { race, hover } = settings;
	const family = familyOf(settings);
	const races = results.flatMap((result) => (result.kind === "race" ? [result.race] : []));
	const hovered = results.flatMap((result) => (result.kind === "hover" ? [result.hovered] : []));
	const linear = hovered.filter(({ problem }) => problem === "least-squares");
	const [loose, tight] = race.targets.map((_, target) =>
		race.batchSizes.map((batchSize) => reachedAt(races, batchSize, target, race.rates)),
	);
	return {
		settled: settledOf(settings, results),
		loose,
		tight,
		looseSlope: slopeOf(loose, family),
		balls: ballsOf(linear),
		fromFewToMany: samplers.map((sampler) => fromFewToMany(linear, sampler, hover, family)),
		harm: harmOn(hovered, "logistic", hover.batchSizes, family),
		realHarm: harmOn(hovered, "even-or-odd", hover.batchSizes, 1),
	};
}

/** Double precision's rounding: a distance of 0 counts as this, so that it has a logarithm. */
const rounding = 2 ** -53;

function settledOf(settings: Settings, results: readonly Result[]): readonly Settled[] {
	const converged = results.flatMap((result) => (result.kind === "converge" ? [result.converged] : []));
	return (["least-squares", "logistic", "even-or-odd"] as const).flatMap((problem) =>
		settings.converge.shares.map((share) => {
			const own = converged.filter((one) => one.problem === problem && one.share === share);
			const logs = own.map(({ left }) => (left === null ? Number.NaN : Math.log10(Math.max(left, rounding))));
			const diverged = own.filter(({ left }) => left === null).length;
			return { problem, share, left: meanInterval(logs, familyOf(settings)), diverged, runs: own.length };
		}),
	);
}

/** Seed by seed; nothing where some size did not reach the target. */
function slopeOf(reached: readonly Reached[], family: number): Estimate {
	const sizes = reached.map(({ batchSize }) => batchSize);
	if (!reached.every(({ runs }) => runs.length > 0)) return nothing;
	const along = (seed: number) => reached.map(({ runs }) => runs[seed]);
	const slopes = reached[0].runs.map((_, seed) => logSlope(sizes, along(seed)));
	return meanInterval(slopes, family);
}

/** At the rate that the claim is about. */
function fromFewToMany(
	linear: readonly Hovered[],
	sampler: SamplerName,
	{ rates, sameShare, sameSize }: Settings["hover"],
	family: number,
) {
	const [few, many] = [sameShare[0], sameShare[sameShare.length - 1]];
	const radii = (examples: number, batchSize: number) =>
		linear
			.filter((one) => one.sampler === sampler && one.learningRate === rates[0])
			.filter((one) => one.examples === examples && one.batchSize === batchSize)
			.map(radiusOf);
	const over = (above: readonly number[], below: readonly number[]) => {
		const ratios = above.map((radius, seed) => radius / below[seed]);
		return geometricMeanInterval(ratios, family);
	};
	return {
		sampler,
		sameShare: over(radii(many.examples, many.batchSize), radii(few.examples, few.batchSize)),
		sameSize: over(radii(many.examples, sameSize), radii(few.examples, sameSize)),
	};
}

const radiusOf = ({ squaredDistance }: Hovered): number => Math.sqrt(squaredDistance);

const harmOn = (hovered: readonly Hovered[], problem: Hovered["problem"], batchSizes: readonly number[], family: number): readonly Harm[] =>
	samplers.flatMap((sampler) =>
		batchSizes.map((batchSize) => {
			const own = hovered.filter((one) => one.problem === problem && one.sampler === sampler && one.batchSize === batchSize);
			const errors = own.map(({ excessError }) => excessError ?? Number.NaN);
			return { sampler, batchSize, excessError: meanInterval(errors, family) };
		}),
	);

/** At the rate whose median of examples is least, among those at which every seed reached the target. */
function reachedAt(races: readonly Race[], batchSize: number, target: number, rates: readonly number[]): Reached {
	let best: { readonly rate: number; readonly median: number; readonly own: readonly Race[] } | null = null;
	for (const rate of rates) {
		const own = races.filter((one) => one.batchSize === batchSize && one.learningRate === rate);
		const examples = own.map(({ reached }) => reached[target]?.examples ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
		if (!examples.every(Number.isFinite)) continue;
		const median = examples[Math.floor((examples.length - 1) / 2)];
		if (!best || median < best.median) best = { rate, median, own };
	}
	if (!best) return { batchSize, learningRate: null, steps: nothing, examples: nothing, runs: [] };
	const [steps, examples] = (["steps", "examples"] as const).map((key) =>
		best.own.map(({ reached }) => reached[target]?.[key] ?? Number.NaN),
	);
	return {
		batchSize,
		learningRate: best.rate,
		steps: geometricMeanInterval(steps),
		examples: geometricMeanInterval(examples),
		runs: examples,
	};
}

function ballsOf(hovered: readonly Hovered[]): readonly Ball[] {
	const settings = new Map<string, Hovered[]>();
	for (const one of hovered) {
		const key = [one.sampler, one.examples, one.batchSize, one.learningRate].join();
		settings.set(key, [...(settings.get(key) ?? []), one]);
	}
	return [...settings.values()].map((own) => {
		const [{ sampler, examples, batchSize, learningRate }] = own;
		// NaN where there is no closed form: the estimates made of it are then nothing.
		const expected = own.map((one) => one.expected ?? Number.NaN);
		return {
			sampler,
			examples,
			batchSize,
			learningRate,
			radius: geometricMeanInterval(own.map(radiusOf)),
			expected: geometricMeanInterval(expected.map(Math.sqrt)).estimate,
			ratio: geometricMeanInterval(own.map(({ squaredDistance }, seed) => Math.sqrt(squaredDistance / expected[seed]))),
		};
	});
}
