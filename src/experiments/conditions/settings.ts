import { asJson, type Json } from "../../core/canonical.js";
import type { NetworkWorkload } from "../../study/study.js";
import type { Conditions } from "../claims/claim.js";
import { settingsOf as distanceSettings } from "../distance/settings.js";
import type { Asked } from "../experiment.js";
import { settingsOf as generalizationSettings } from "../generalization/settings.js";
import { settingsOf as normSettings } from "../gradient-norm/settings.js";
import { settingsOf as iterationsSettings } from "../iterations/settings.js";
import type { LabWorkload } from "../lab/workloads.js";
import { settingsOf as regularizationSettings } from "../regularization/settings.js";
import type { BaseId } from "./bases.js";

/** One experiment under one set of conditions. */
export interface Repeat {
	readonly base: BaseId;
	readonly when: Conditions;
	/** The experiment's own. */
	readonly settings: Json;
}

export interface Settings {
	readonly repeats: readonly Repeat[];
}

/** Added to the seed that was asked for: no margin has seen the runs of these. */
const fresh = 1;

/** Examples a class of the images that are trained on. */
const perClass = 100;

const dataNames = { digits: "digits", "tutorial-blobs": "blobs", "fashion-mnist": "a part of Fashion-MNIST" } as const;
export type DataName = keyof typeof dataNames;

/** The data, each a run of its own; the digits unless another is asked for. */
export const conditionData = ["digits", "tutorial-blobs", "fashion-mnist"] as const satisfies readonly DataName[];

/**
 * What is repeated on which data. Blobs have no test set and two features; on images a search of rates at every batch size costs too much.
 */
const repeated: Readonly<Record<DataName, readonly BaseId[]>> = {
	digits: ["gradient-norm", "distance", "generalization", "iterations", "regularization"],
	"tutorial-blobs": ["iterations"],
	"fashion-mnist": ["gradient-norm", "distance"],
};

const optimizers = [
	{ name: "plain SGD", momentum: 0 },
	{ name: "momentum 0.9", momentum: 0.9 },
] as const;
type OptimizerChoice = (typeof optimizers)[number];

/** Momentum 0.9 moves ten times as far at the same rate: its rates are an eighth of the plain ones. */
const slower = ({ momentum }: OptimizerChoice): number => (momentum === 0 ? 1 : 1 / 8);

/** Half the hidden units of the digits' network: what is compared are conditions, not networks. */
const narrow = { units: 32 } as const;

/** The workload with this optimizer; of images a part, on a small network. */
function varied(workload: NetworkWorkload, { data, optimizer: { momentum } }: Setting): LabWorkload {
	const own = { ...workload, optimizer: { name: "sgd", momentum } as const };
	if (data !== "fashion-mnist") return own;
	const few = { perClass, wrongLabels: 0, heldOut: 1000 };
	return { ...own, few, model: workload.model.map((layer, i) => (i === 0 ? { ...layer, ...narrow } : layer)) };
}

/** N. */
const trainedOn = (data: DataName): number => ({ digits: 1087, "tutorial-blobs": 500, "fashion-mnist": 10 * perClass })[data];

export function settingsOf({ size, seed, data: asked }: Asked): Settings {
	const data = conditionData.find((one) => one === asked) ?? "digits";
	const of: Readonly<Record<BaseId, (setting: Setting) => readonly Omit<Repeat, "base">[]>> = {
		"gradient-norm": normRepeats,
		distance: distanceRepeats,
		generalization: generalizationRepeats,
		iterations: iterationsRepeats,
		regularization: regularizationRepeats,
	};
	const repeats = optimizers.flatMap((optimizer) => {
		const setting: Setting = { data, optimizer, quick: size === "quick", asked: { size: "quick", seed: seed + fresh, data } };
		const when = { data: dataNames[data], optimizer: optimizer.name };
		return repeated[data].flatMap((base) =>
			of[base](setting).map((repeat): Repeat => ({ base, when: { ...when, ...repeat.when }, settings: repeat.settings })),
		);
	});
	return { repeats };
}

interface Setting {
	readonly data: DataName;
	readonly optimizer: OptimizerChoice;
	readonly asked: Asked;
	readonly quick: boolean;
}

/** One repeat with the optimizer and the data alone as conditions. */
const alone = (settings: object): readonly Omit<Repeat, "base">[] => [{ when: {}, settings: asJson(settings) }];

/** At the customary rate and at an eighth of it. */
function normRepeats(setting: Setting): readonly Omit<Repeat, "base">[] {
	const { data, optimizer, asked, quick } = setting;
	const own = normSettings(asked);
	const N = trainedOn(data);
	return [
		{ rate: "low rate", share: 1 / 8 },
		{ rate: "customary rate", share: 1 },
	].map(({ rate, share }) => ({
		when: { rate },
		settings: asJson({
			...own,
			workload: varied(own.workload, setting),
			training: { ...own.training, learningRate: own.training.learningRate * share * slower(optimizer) },
			batchSizes: [1, 4, 16, 64, 256, N],
			batches: 200,
			paths: { ...own.paths, batchSizes: [512], epochs: 1 },
			seeds: quick ? 5 : 12,
		}),
	}));
}

function distanceRepeats(setting: Setting): readonly Omit<Repeat, "base">[] {
	const { data, optimizer, asked, quick } = setting;
	const own = distanceSettings(asked);
	const [low, middle, high] = own.rates.mean.map((rate) => rate * slower(optimizer));
	return alone({
		...own,
		workload: varied(own.workload, setting),
		batchSizes: [1, 4, 16, 64, 256, trainedOn(data)],
		rates: { ...own.rates, mean: [low, middle, high] },
		epochs: quick || data !== "digits" ? 10 : 30,
		seeds: quick ? 4 : data === "digits" ? 10 : 6,
	});
}

function generalizationRepeats(setting: Setting): readonly Omit<Repeat, "base">[] {
	const { data, optimizer, asked, quick } = setting;
	const own = generalizationSettings(asked);
	const N = trainedOn(data);
	const batchSizes = [1, 8, 32, 128, N];
	const epochs = data === "digits" ? 10 : 5;
	const perEpoch = (batchSize: number) => Math.ceil(N / batchSize);
	const steps = epochs * perEpoch(own.reference);
	const cost = (batchSize: number) => own.overhead + batchSize;
	return alone({
		...own,
		study: {
			...own.study,
			workload: varied(own.study.workload, setting),
			batchSizes,
			seeds: { tuning: 2, selecting: 1, reporting: quick || data !== "digits" ? 8 : 12 },
			limits: { ...own.study.limits, epochs, steps },
		},
		examples: N,
		epochs,
		untunedRate: own.untunedRate * slower(optimizer),
		steps: {
			epochs: batchSizes.map((batchSize) => epochs * perEpoch(batchSize)),
			steps: batchSizes.map(() => steps),
			seconds: batchSizes.map((batchSize) => Math.max(1, Math.round((steps * cost(own.reference)) / cost(batchSize)))),
		},
		// The crossed design is no part of these claims: as small as it can be.
		crossed: {
			learningRate: [2 ** -4, 2 ** -2],
			momentum: [0],
			width: [64],
			batchSize: [64, 256],
			epochs: 1,
			seeds: { tuning: 1, reporting: 2 },
		},
	});
}

function iterationsRepeats(setting: Setting): readonly Omit<Repeat, "base">[] {
	const { data, optimizer, asked, quick } = setting;
	const own = iterationsSettings(asked);
	const N = trainedOn(data);
	return alone({
		...own,
		study: {
			...own.study,
			name: `iterations on ${dataNames[data]}, ${optimizer.name}`,
			workload: varied(own.study.workload as NetworkWorkload, setting),
			batchSizes: [1, 2, 4, 16, 64, ...(N > 512 ? [256] : []), N],
			looks: { ratio: 1.05, examples: 1024 },
			seeds: quick ? { tuning: 3, selecting: 5, reporting: 15 } : { tuning: 5, selecting: 5, reporting: 31 },
			limits: { ...own.study.limits, epochs: 100, steps: 5000 },
		},
		examples: N,
	});
}

/** Without what neither claim asks for. */
function regularizationRepeats({ optimizer, asked, data, quick }: Setting): readonly Omit<Repeat, "base">[] {
	const own = regularizationSettings(asked);
	return alone({
		...own,
		workload: { ...own.workload, optimizer: { name: "sgd", momentum: optimizer.momentum } },
		regularizers: ["none", "dropout", "batch normalization", "gradient noise"],
		seeds: { tuning: 2, reporting: quick || data !== "digits" ? 6 : 12 },
	});
}
