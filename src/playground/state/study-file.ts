import { type LaneSettings, laneOptimizers } from "../lane/settings.js";
import { layersOf } from "../lane/training.js";
import { tableNormalization } from "./own-table.js";
import { allExamples, type PlayData, type PlayState } from "./state.js";

/** What a study file writes after `data:`. */
export function writtenData(data: PlayData): unknown {
	if (data.name === "csv") return { csv: data.file, label: data.label, normalize: tableNormalization };
	const { name, examples, noise } = data;
	if (name === "digits") return name;
	return { [name]: { examples, ...(name === "blobs" ? { spread: Math.max(noise, 0.01) } : { noise }) } };
}

const classesOf = (data: PlayData): number =>
	data.name === "csv" ? data.classes : data.name === "digits" ? 10 : data.name === "blobs" ? 3 : 2;

/**
 * The study that asks what the lanes ask: their batch sizes, each with a rate of its own, up to the goal. A study has one optimizer: the
 * first lane's. `population`: training examples; a batch of that many or more is all of them.
 */
export function studyOf(
	state: Pick<PlayState, "data" | "hidden" | "activation" | "seed" | "lanes" | "goal">,
	population = Number.POSITIVE_INFINITY,
): Readonly<Record<string, unknown>> {
	const sizes = [...new Set(state.lanes.map(({ settings }) => Math.min(settings.batchSize, population)))].sort((a, b) => a - b);
	return {
		version: 1,
		name: "playground",
		seed: state.seed,
		workload: {
			data: writtenData(state.data),
			model: layersOf(state, classesOf(state.data)).map((layer) => (layer.kind === "dense" ? { dense: layer.units } : layer.kind)),
			optimizer: laneOptimizers[state.lanes[0].settings.optimizer],
			lastBatch: "keep",
		},
		goal: { metric: "validation.accuracy", atLeast: state.goal },
		batchSizes: sizes.map((size) => (size === population ? "full" : size)),
	};
}

/**
 * The same as a file that `sweetspot tune` takes. What a study can't hold (rates, later changes, other optimizers) is listed in comments.
 */
export function studyFile(state: PlayState, population: number): string {
	const { workload, ...rest } = studyOf(state, population);
	const line =
		(indent: string) =>
		([key, value]: readonly [string, unknown]) =>
			`${indent}${key}: ${JSON.stringify(value)}`;
	const { version, name, seed, ...asked } = rest;
	return [
		"# From the Sweetspot playground: the batch sizes of its lanes, from the same weights. `sweetspot tune playground.yaml` finds",
		"# the best learning rate of each, and how many steps and examples each takes to the goal.",
		...(state.data.name === "csv" ? [`# The table is not in it: put ${JSON.stringify(state.data.file)} into the same folder.`] : []),
		...state.lanes.flatMap(({ settings, changes }, i) => [
			`# Lane ${laneLetter(i)}: ${inWords(settings)}`,
			...changes.map(({ step, settings: after }) => `#   after step ${step}: ${inWords(after)} (not part of the study)`),
		]),
		...Object.entries({ version, name, seed }).map(line("")),
		"workload:",
		...Object.entries(workload as object).map(line("  ")),
		...Object.entries(asked).map(line("")),
		"",
	].join("\n");
}

export const laneLetter = (index: number): string => "ABCD"[index] ?? "?";

const inWords = ({ batchSize, learningRate, optimizer }: LaneSettings): string =>
	`batch size ${batchSize === allExamples ? "all" : batchSize}, learning rate ${learningRate}, ${optimizer}`;
