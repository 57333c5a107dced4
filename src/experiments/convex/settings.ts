import type { LinearSource } from "../../data/oracles/linear.js";
import type { Asked } from "../experiment.js";
import { seedsOf } from "../lab/workloads.js";
import type { EvenOrOdd } from "./even-or-odd.js";
import { samplers } from "./problems.js";
import type { Task } from "./tasks.js";

/** Each seed of the experiment makes data of its own. */
type Unseeded = Omit<LinearSource, "seed">;

export interface Settings {
	readonly leastSquares: Unseeded;
	readonly logistic: Unseeded;
	readonly real: EvenOrOdd;
	readonly converge: { readonly shares: readonly number[]; readonly steps: number };
	readonly race: {
		readonly batchSizes: readonly number[];
		readonly rates: readonly number[];
		/** Loose first. */
		readonly targets: readonly [loose: number, tight: number];
		readonly epochs: number;
	};
	readonly hover: {
		readonly batchSizes: readonly number[];
		readonly rates: readonly [claimed: number, smaller: number];
		/** Numbers of training examples with a batch size each, the same share of all. */
		readonly sameShare: readonly { readonly examples: number; readonly batchSize: number }[];
		/** The batch size at which the number of examples varies. */
		readonly sameSize: number;
		readonly looks: number;
		/** Of the real data, whose runs forget more slowly. */
		readonly looksOfReal: number;
	};
	readonly seeds: number;
	/** Of the real data, the same for every seed: only initial weights and draws differ. */
	readonly seedsOfReal: number;
	readonly seed: number;
}

/** N: a fifth of all examples is for validation. */
export const examplesOf = ({ examples }: Unseeded): number => (examples * 4) / 5;
const withExamples = (source: Unseeded, train: number): Unseeded => ({ ...source, examples: (train * 5) / 4 });

const seeds = { quick: 8, full: 30 } as const;
const seedsOfReal = { quick: 4, full: 30 } as const;

export const settingsOf = ({ size, seed }: Asked): Settings => ({
	leastSquares: { name: "least-squares", examples: 200, dimensions: 5, noise: 0.5, penalty: 0.1 },
	// More examples, and so more held out: errors are shares of them.
	logistic: { name: "logistic", examples: 1000, dimensions: 5, noise: 1, penalty: 0.05 },
	real: { name: "even-or-odd", penalty: 0.05 },
	converge: { shares: [0.5, 0.95, 1.05], steps: 1000 },
	race: {
		batchSizes: [1, 4, 16, 64, 160],
		rates: [0.015625, 0.03125, 0.0625, 0.125, 0.25, 0.5, 1],
		targets: [0.1, 1e-4],
		epochs: 200,
	},
	hover: {
		batchSizes: [1, 4, 16, 64],
		rates: [0.1, 0.025],
		sameShare: [
			{ examples: 40, batchSize: 1 },
			{ examples: 160, batchSize: 4 },
			{ examples: 640, batchSize: 16 },
		],
		sameSize: 4,
		looks: 100,
		looksOfReal: 25,
	},
	seeds: seeds[size],
	seedsOfReal: seedsOfReal[size],
	seed,
});

/** A problem with the seed that its run draws from. */
type Seeded = Pick<Task, "source" | "seed">;

export function tasksOf(settings: Settings): readonly Task[] {
	const { leastSquares, logistic, real, converge, race, hover } = settings;
	const places = seedsOf(settings.seed, settings.seeds);
	const made = (source: Unseeded): readonly Seeded[] => places.map((seed) => ({ source: { ...source, seed }, seed }));
	const realOnes: readonly Seeded[] = places.slice(0, settings.seedsOfReal).map((seed) => ({ source: real, seed }));
	const hovers = (on: readonly Seeded[], batchSize: number, learningRate: number, looks = hover.looks) =>
		samplers.flatMap((sampler) => on.map((one): Task => ({ kind: "hover", ...one, sampler, batchSize, learningRate, looks })));
	const [rate] = hover.rates;
	const sized = [...hover.sameShare, ...hover.sameShare.map(({ examples }) => ({ examples, batchSize: hover.sameSize }))].filter(
		({ examples }) => examples !== examplesOf(leastSquares),
	);
	return [
		...sized.flatMap(({ examples, batchSize }) => hovers(made(withExamples(leastSquares, examples)), batchSize, rate)),
		...hover.batchSizes.flatMap((batchSize) => hover.rates.flatMap((one) => hovers(made(leastSquares), batchSize, one))),
		...hover.batchSizes.flatMap((batchSize) => hovers(made(logistic), batchSize, rate)),
		...hover.batchSizes.flatMap((batchSize) => hovers(realOnes, batchSize, rate, hover.looksOfReal)),
		...[made(leastSquares), made(logistic), realOnes].flatMap((on) =>
			converge.shares.flatMap((share) => on.map((one): Task => ({ kind: "converge", ...one, share, steps: converge.steps }))),
		),
		...race.batchSizes.flatMap((batchSize) =>
			race.rates.flatMap((learningRate) =>
				made(leastSquares).map((one): Task => {
					const { targets, epochs } = race;
					return { kind: "race", ...one, batchSize, learningRate, targets, epochs };
				}),
			),
		),
	];
}
