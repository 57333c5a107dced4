import { SweetspotError } from "../../../core/errors.js";
import type { DataFacts } from "../../../data/source.js";
import { type NetworkSource, networkKindOf } from "../../../data/sources/table.js";
import { type BatchStatistics, batchStatistics } from "../../../engine/batch-statistics.js";
import { totalSizes } from "../../../engine/layer-sizes.js";
import type { LayerSpec, LossName } from "../../../engine/network-spec.js";
import { exampleShape, featuresOf, layerShapes, type Shape } from "../../../engine/shapes.js";
import { whatIsWrongForBuiltIn } from "../../goal-problems.js";
import type { Problem } from "../../problem.js";
import type { Around } from "../kind.js";
import { trainedWorkload } from "../trained/schema.js";
import { layer, layerSpec } from "./layers.js";

/** The parts of a network that are sound by themselves. */
interface Parts {
	/** Null for each layer that is not sound. */
	readonly model: readonly (LayerSpec | null)[];
	readonly loss: LossName | undefined;
	readonly labelSmoothing: number | undefined;
}

const { shape } = trainedWorkload;

function soundParts({ model, loss, labelSmoothing }: Readonly<Record<string, unknown>>): Parts {
	return {
		model: Array.isArray(model) ? model.map(soundLayer) : [],
		loss: shape.loss.safeParse(loss).data,
		labelSmoothing: shape.labelSmoothing.safeParse(labelSmoothing).data,
	};
}

function soundLayer(written: unknown): LayerSpec | null {
	const { data } = layer.safeParse(written);
	return data === undefined ? null : layerSpec(data);
}

/** Problems between a network and its data. */
export function networkProblems(
	data: NetworkSource,
	written: Readonly<Record<string, unknown>>,
	facts: DataFacts,
	{ goal, batchSizes }: Around,
): readonly Problem[] {
	const { model, loss, labelSmoothing } = soundParts(written);
	const problems: Problem[] = [];
	if (written.model === undefined) problems.push({ path: "workload.model", message: "missing, expected a list" });
	if (facts.validation === 0) {
		problems.push({
			path: "workload.data",
			message: `too few examples: of ${facts.train} none is left for the validation set, which has a fifth${facts.classes > 0 ? " of each class" : ""}`,
		});
	}
	if (loss) problems.push(...lossProblems(loss, facts, data), ...outputProblems(model, loss, facts));
	problems.push(...batchProblems(model, batchSizes(facts.train), facts));
	if (labelSmoothing !== undefined && loss !== undefined && loss !== "softmax-cross-entropy") {
		problems.push({ path: "workload.labelSmoothing", message: `${loss} has no labels to smooth: leave it out` });
	}
	if (written.averaging !== undefined && statisticsOf(model, facts) !== null) {
		problems.push({
			path: "workload.averaging",
			message: "the running statistics of batch-norm are not those of averaged weights: use layer-norm, or leave `averaging` out",
		});
	}
	const notBuiltIn = goal ? whatIsWrongForBuiltIn(goal.metric) : null;
	if (notBuiltIn !== null) problems.push(notBuiltIn);
	else if (goal && loss === "mean-squared-error" && !goal.metric.endsWith(".loss")) {
		const [set] = goal.metric.split(".");
		problems.push({
			path: "goal.metric",
			message: `found ${goal.metric}, but under mean-squared-error nothing is classified: use ${set}.loss, with \`atMost\``,
		});
	}
	return problems;
}

function lossProblems(loss: LossName, { classes }: DataFacts, data: NetworkSource): readonly Problem[] {
	const { truth } = networkKindOf(data);
	const say = (message: string): readonly Problem[] => [{ path: "workload.loss", message }];
	const named = (key: string | undefined, what: string) => (key === undefined ? "" : `; ${what} are named by \`${key}\``);
	if (loss === "mean-squared-error" && classes > 0)
		return say(
			`found ${loss}, but the data has ${classes} classes and no numbers to come near to: use softmax-cross-entropy${named(truth?.numbers, "numbers to predict")}`,
		);
	if (loss === "mean-squared-error") return [];
	if (classes === 0) return say(`found ${loss}, but the data has no classes: use mean-squared-error${named(truth?.classes, "classes")}`);
	return loss === "binary-cross-entropy" && classes !== 2
		? say(`found ${loss}, which is for two classes, but the data has ${classes}: use softmax-cross-entropy`)
		: [];
}

/** Whether each layer fits the one before it, and the last one what its outputs are compared with. */
function outputProblems(model: Parts["model"], loss: LossName, facts: DataFacts): readonly Problem[] {
	const last = model.at(-1);
	if (!last) return [];
	const shapes = shapesOf(model, facts);
	if (shapes instanceof SweetspotError) return [{ path: "workload.model", message: `${shapes.detail}: ${shapes.fix}` }];
	const shape = shapes?.at(-1);
	const width = shape ? featuresOf(shape) : last.kind === "dense" ? last.units : undefined;
	const [wanted, because] = wantedWidth(loss, facts);
	const bounded = loss !== "mean-squared-error" && notLogits.includes(last.kind);
	if (width === undefined || wanted === 0 || (width === wanted && !bounded)) return [];
	const found = last.kind === "dense" ? `dense of ${last.units}` : bounded ? last.kind : `${last.kind} of ${width}`;
	return [
		{
			path: `workload.model[${model.length - 1}]`,
			message: `the last layer is ${found}, but ${because}: end with \`{ dense: ${wanted} }\``,
		},
	];
}

/** Layers that can't produce logits for a cross-entropy, which may be any number. */
const notLogits: readonly LayerSpec["kind"][] = ["relu", "leaky-relu", "tanh", "sigmoid", "gelu", "dropout"];

/** The required width of the last layer, and why; 0 if the loss doesn't fit the data, which is a separate problem. */
function wantedWidth(loss: LossName, { classes, targets = 0 }: DataFacts): readonly [number, string] {
	if (loss === "binary-cross-entropy") return [1, "binary-cross-entropy takes one logit"];
	if (loss === "softmax-cross-entropy") return [classes, `the data has ${classes} classes`];
	return [targets, `the data has ${targets} target${targets === 1 ? "" : "s"}`];
}

/** The output shape of each layer; null where one is not sound by itself, an error where they don't fit each other. */
function shapesOf(model: Parts["model"], { features, image }: DataFacts): readonly Shape[] | SweetspotError | null {
	const sound = model.filter((layer) => layer !== null);
	if (sound.length < model.length) return null;
	try {
		return layerShapes(sound, exampleShape(features, image));
	} catch (error) {
		if (error instanceof SweetspotError) return error;
		throw error;
	}
}

/** How a model that fits its data takes statistics over batches; null where it takes none, or doesn't fit. */
function statisticsOf(model: Parts["model"], facts: DataFacts): BatchStatistics | null {
	if (model.length === 0 || !Array.isArray(shapesOf(model, facts))) return null;
	return batchStatistics(
		model.filter((layer) => layer !== null),
		exampleShape(facts.features, facts.image),
	);
}

/** Activations and their gradients of one chunk, at most: the engine has four gigabytes, and data and weights need some too. */
const mostBytes = 3e9;

/** What batch normalization requires of batch sizes: two examples for a variance, and memory for a whole mini-batch at once. */
function batchProblems(model: Parts["model"], batchSizes: ReturnType<Around["batchSizes"]>, facts: DataFacts): readonly Problem[] {
	const statistics = statisticsOf(model, facts);
	if (!batchSizes || !statistics) return [];
	const problems: Problem[] = [];
	const { smallest, largest } = batchSizes;
	if (statistics.ofPixels && smallest.size < 2) {
		problems.push({
			path: smallest.path,
			message: "batch size 1 under batch-norm: a single example has no variance. Begin at 2 or more, or use layer-norm",
		});
	}
	const layers = model.filter((layer) => layer !== null);
	const bytes = 8 * totalSizes(layers, exampleShape(facts.features, facts.image)).activations * largest.size;
	if (statistics.whole && bytes > mostBytes) {
		problems.push({
			path: largest.path,
			message:
				`batch size ${largest.size} needs ${(bytes / 1e9).toFixed(1)} GB under batch-norm, whose statistics are of all examples at once, ` +
				`expected at most ${mostBytes / 1e9}: use a smaller size, or ghost batches: { batch-norm: { ghost: 64 } }`,
		});
	}
	return problems;
}
