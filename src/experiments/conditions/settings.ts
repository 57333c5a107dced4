import { asJson, type Json } from "../../core/canonical.js";
import type { NetworkWorkload } from "../../study/study.js";
import type { Conditions } from "../claims/claim.js";
import { settingsOf as distanceSettings } from "../distance/settings.js";
import type { Asked, Size } from "../experiment.js";
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

/** Examples a class that are trained on; digits have all of theirs. */
const perClass = 100;
const part = { perClass, wrongLabels: 0, heldOut: 1000 } as const;

const dataNames = { digits: "digits", "fashion-mnist": "a part of Fashion-MNIST" } as const;
type DataName = keyof typeof dataNames;

const optimizers = [
	{ name: "plain SGD", momentum: 0 },
	{ name: "momentum 0.9", momentum: 0.9 },
] as const;
type OptimizerChoice = (typeof optimizers)[number];

/** Momentum 0.9 moves ten times as far at the same rate: its rates are an eighth of the plain ones. */
const slower = ({ momentum }: OptimizerChoice): number => (momentum === 0 ? 1 : 1 / 8);

/** Digits alone at the quick size, so that it needs no data that have to be installed. */
const dataOf = (size: Size): readonly DataName[] => (size === "quick" ? ["digits"] : ["digits", "fashion-mnist"]);

/** The workload with this optimizer; of large data a part, on a small network. */
function varied(workload: NetworkWorkload, data: DataName, { momentum }: OptimizerChoice): LabWorkload {
	const own = { ...workload, optimizer: { name: "sgd", momentum } as const };
	return data === "digits"
		? own
		: { ...own, few: part, model: workload.model.map((layer, i) => (i === 0 ? { ...layer, ...narrow } : layer)) };
}

/** Half the hidden units of the digits' network: what is compared are conditions, not networks. */
const narrow = { units: 32 } as const;

const trainedOn = (data: DataName): number => (data === "digits" ? 1087 : 10 * perClass);

export function settingsOf({ size, seed }: Asked): Settings {
	const quick = size === "quick";
	const repeats = dataOf(size).flatMap((data) =>
		optimizers.flatMap((optimizer): readonly Repeat[] => {
			const asked: Asked = { size: "quick", seed: seed + fresh, data };
			const when = { data: dataNames[data], optimizer: optimizer.name };
			const setting = { data, optimizer, asked, quick };
			return [
				...normRepeats(setting).map(({ rate, settings }): Repeat => ({ base: "gradient-norm", when: { ...when, rate }, settings })),
				{ base: "distance", when, settings: distanceOf(setting) },
				{ base: "generalization", when, settings: generalizationOf(setting) },
				{ base: "iterations", when, settings: iterationsOf(setting) },
				{ base: "regularization", when, settings: regularizationOf(setting) },
			];
		}),
	);
	return { repeats };
}

interface Setting {
	readonly data: DataName;
	readonly optimizer: OptimizerChoice;
	readonly asked: Asked;
	readonly quick: boolean;
}

/** At the customary rate and at an eighth of it. */
function normRepeats({ data, optimizer, asked, quick }: Setting): readonly { readonly rate: string; readonly settings: Json }[] {
	const own = normSettings(asked);
	const N = trainedOn(data);
	return [
		{ rate: "low rate", share: 1 / 8 },
		{ rate: "customary rate", share: 1 },
	].map(({ rate, share }) => ({
		rate,
		settings: asJson({
			...own,
			workload: varied(own.workload, data, optimizer),
			training: { ...own.training, learningRate: own.training.learningRate * share * slower(optimizer) },
			batchSizes: [1, 4, 16, 64, 256, N],
			batches: 200,
			paths: { ...own.paths, batchSizes: [512], epochs: 1 },
			seeds: quick ? 5 : 12,
		}),
	}));
}

function distanceOf({ data, optimizer, asked, quick }: Setting): Json {
	const own = distanceSettings(asked);
	const [low, middle, high] = own.rates.mean.map((rate) => rate * slower(optimizer));
	return asJson({
		...own,
		workload: varied(own.workload, data, optimizer),
		batchSizes: [1, 4, 16, 64, 256, trainedOn(data)],
		rates: { ...own.rates, mean: [low, middle, high] },
		epochs: quick || data !== "digits" ? 10 : 30,
		seeds: quick ? 4 : data === "digits" ? 10 : 6,
	});
}

function generalizationOf({ data, optimizer, asked, quick }: Setting): Json {
	const own = generalizationSettings(asked);
	const N = trainedOn(data);
	const batchSizes = [1, 8, 32, 128, N];
	const epochs = data === "digits" ? 10 : 5;
	const perEpoch = (batchSize: number) => Math.ceil(N / batchSize);
	const steps = epochs * perEpoch(own.reference);
	const cost = (batchSize: number) => own.overhead + batchSize;
	return asJson({
		...own,
		study: {
			...own.study,
			workload: varied(own.study.workload, data, optimizer),
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

function iterationsOf({ data, optimizer, asked, quick }: Setting): Json {
	const own = iterationsSettings(asked);
	const N = trainedOn(data);
	return asJson({
		...own,
		study: {
			...own.study,
			name: `iterations on ${dataNames[data]}, ${optimizer.name}`,
			workload: varied(own.study.workload as NetworkWorkload, data, optimizer),
			// A part has too few examples for what all of Fashion-MNIST reach.
			goal: data === "digits" ? own.study.goal : { ...own.study.goal, atLeast: 0.75 },
			batchSizes: data === "digits" ? [1, 2, 4, 16, 64, 256, N] : [2, 4, 8, 32, 128, N],
			looks: { ratio: 1.05, examples: 1024 },
			seeds: quick ? { tuning: 3, selecting: 5, reporting: 15 } : { tuning: 5, selecting: 5, reporting: data === "digits" ? 31 : 15 },
			limits: { ...own.study.limits, epochs: 100, steps: 5000 },
		},
		examples: N,
	});
}

/** Without what neither claim asks for. */
function regularizationOf({ optimizer, asked, data, quick }: Setting): Json {
	const own = regularizationSettings(asked);
	return asJson({
		...own,
		workload: { ...own.workload, optimizer: { name: "sgd", momentum: optimizer.momentum } },
		regularizers: ["none", "dropout", "batch normalization", "gradient noise"],
		seeds: { tuning: 2, reporting: quick || data !== "digits" ? 6 : 12 },
	});
}
