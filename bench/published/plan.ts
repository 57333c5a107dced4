import type { LayerSpec } from "../../src/engine/network-spec.js";
import { type Settings as Flavors, settingsOf as flavors } from "../../src/experiments/flavors/settings.js";
import { subjectOf } from "../../src/experiments/lab/subjects.js";
import { digits, type LabWorkload } from "../../src/experiments/lab/workloads.js";
import { type Settings as Rates, settingsOf as rates } from "../../src/experiments/learning-rate/settings.js";
import type { NetworkWorkload } from "../../src/study/study.js";

/** Studies of the tradeoff to training losses by plain SGD. */
export interface LossesPlan {
	/** As a reader would say it. */
	readonly name: string;
	readonly workload: LabWorkload;
	/** N. */
	readonly examples: number;
	readonly batchSizes: readonly number[];
	/** From loose to tight. */
	readonly losses: readonly number[];
	readonly seeds: { readonly tuning: number; readonly selecting: number; readonly reporting: number };
	readonly limits: { readonly epochs: number; readonly steps: number };
}

/** The same with momentum as well, and to a held-out accuracy in addition. */
export interface CurvesPlan extends LossesPlan {
	readonly accuracy: number;
	readonly momentum: number;
}

/** A deep network with batch normalization: a small batch, a tenth of the data, and the latter adapted. */
export interface DeepPlan {
	readonly workload: NetworkWorkload;
	readonly batchSizes: readonly [small: number, large: number];
	readonly rate: number;
	readonly epochs: number;
	readonly seeds: number;
}

/** Three runs of a network on images: two batch sizes at a rate, the larger one at `factor` times the rate as well. */
export interface ImagesPlan {
	readonly workload: NetworkWorkload;
	readonly batchSizes: readonly [small: number, large: number];
	readonly rate: number;
	readonly factor: number;
	readonly epochs: number;
	readonly seeds: number;
}

/** What is run. */
export interface Plan {
	readonly flavors: Flavors;
	readonly curves: CurvesPlan;
	readonly fashion: LossesPlan;
	readonly rates: Rates;
	readonly deep: DeepPlan;
	readonly images: ImagesPlan;
}

/** F1 of Keskar et al. has five hidden layers of 512 under batch normalization; on 64 pixels, five of 64. */
const hidden = ({ ghost }: { readonly ghost?: number }): readonly LayerSpec[] =>
	Array.from({ length: 5 }, (): readonly LayerSpec[] => [
		{ kind: "dense", units: 64 },
		ghost === undefined ? { kind: "batch-norm" } : { kind: "batch-norm", ghost },
		{ kind: "relu" },
	]).flat();

/** That network on the digits; with ghost batches of `ghost`. */
export const deepOf = (workload: NetworkWorkload, ghost?: number): NetworkWorkload => ({
	...workload,
	model: [...hidden(ghost === undefined ? {} : { ghost }), { kind: "dense", units: 10 }],
});

/** 784-128-10: what Shen may have trained; he doesn't say. */
const fashion: NetworkWorkload = { ...subjectOf("fashion-mnist", "fashion-mnist").plain, lastBatch: "drop" };

const fullSize = { size: "full", seed: 0, data: null } as const;

export const full: Plan = {
	flavors: flavors(fullSize),
	curves: {
		name: "digits",
		workload: { ...digits, lastBatch: "drop" },
		examples: 1087,
		batchSizes: [1, 4, 16, 64, 256, 1087],
		losses: [0.3, 0.1, 0.03],
		accuracy: 0.93,
		momentum: 0.9,
		seeds: { tuning: 3, selecting: 4, reporting: 15 },
		limits: { epochs: 60, steps: 5000 },
	},
	fashion: {
		name: "5,000 of Fashion-MNIST",
		workload: { ...fashion, few: { perClass: 500, wrongLabels: 0, heldOut: 1000 } },
		examples: 5000,
		batchSizes: [4, 16, 64, 256, 1024],
		losses: [0.6, 0.4],
		seeds: { tuning: 2, selecting: 2, reporting: 8 },
		limits: { epochs: 20, steps: 2000 },
	},
	rates: rates(fullSize),
	deep: {
		// PyTorch's and Keras's default rate of Adam.
		workload: { ...digits, lastBatch: "drop", optimizer: { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } },
		batchSizes: [16, 109],
		rate: 0.001,
		epochs: 30,
		seeds: 30,
	},
	images: {
		workload: fashion,
		batchSizes: [64, 1024],
		rate: 0.01,
		factor: 10,
		epochs: 30,
		seeds: 4,
	},
};

/** The same on so little that it is done in seconds, and without data that have to be installed: for a test that all of it runs. */
export const short: Plan = {
	flavors: { ...full.flavors, seeds: 2, epochs: 2 },
	curves: {
		...full.curves,
		batchSizes: [16, 64, 256],
		losses: [0.5, 0.3],
		accuracy: 0.85,
		seeds: { tuning: 1, selecting: 1, reporting: 3 },
		limits: { epochs: 10, steps: 200 },
	},
	fashion: {
		...full.fashion,
		workload: { ...digits, lastBatch: "drop", few: { perClass: 30, wrongLabels: 0, heldOut: 100 } },
		examples: 300,
		batchSizes: [4, 16, 64],
		losses: [0.5],
		seeds: { tuning: 1, selecting: 1, reporting: 2 },
		limits: { epochs: 10, steps: 200 },
	},
	rates: { ...full.rates, rates: [0.125, 0.25, 0.5], epochs: 2, seeds: { tuning: 1, reporting: 2 } },
	deep: { ...full.deep, epochs: 2, seeds: 2 },
	images: { ...full.images, workload: { ...digits, lastBatch: "drop" }, batchSizes: [16, 128], epochs: 2, seeds: 2 },
};
