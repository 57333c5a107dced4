import { SweetspotError } from "../core/errors.js";
import { type DataFacts, type DataSource, isOracle } from "../data/source.js";
import type { LayerSpec, LossName } from "../engine/network-spec.js";
import { exampleShape, featuresOf, layerShapes } from "../engine/shapes.js";
import type { Problem } from "./problems.js";
import type { StudyFile } from "./schema.js";

/** The parts of a network's study that are sound by themselves. */
export interface NetworkParts {
	readonly data: DataSource | undefined;
	/** Null for each layer that is not sound. */
	readonly model: readonly (LayerSpec | null)[];
	readonly loss: LossName | undefined;
	readonly labelSmoothing: number | undefined;
	readonly goal: StudyFile["goal"] | undefined;
}

/** What a network asks that its data can't give, or the other way round. */
export function networkProblems({ data, model, loss, labelSmoothing, goal }: NetworkParts, facts: DataFacts): readonly Problem[] {
	if (!data || isOracle(data)) return [];
	const problems: Problem[] = [];
	if (loss) problems.push(...lossProblems(loss, facts), ...outputProblems(model, loss, facts));
	if (labelSmoothing !== undefined && loss !== undefined && loss !== "softmax-cross-entropy") {
		problems.push({ path: "workload.labelSmoothing", message: `${loss} has no labels to smooth: leave it out` });
	}
	if (goal && loss === "mean-squared-error" && !goal.metric.endsWith(".loss")) {
		const [set] = goal.metric.split(".");
		problems.push({
			path: "goal.metric",
			message: `found ${goal.metric}, but under mean-squared-error nothing is classified: use ${set}.loss, with \`atMost\``,
		});
	}
	return problems;
}

function lossProblems(loss: LossName, { classes }: DataFacts): readonly Problem[] {
	const say = (message: string): readonly Problem[] => [{ path: "workload.loss", message }];
	if (loss === "mean-squared-error")
		return classes > 0
			? say(`found ${loss}, but the data has ${classes} classes and no numbers to come near to: use softmax-cross-entropy`)
			: [];
	if (classes === 0) return say(`found ${loss}, but the data has no classes: use mean-squared-error`);
	return loss === "binary-cross-entropy" && classes !== 2
		? say(`found ${loss}, which tells two classes apart, but the data has ${classes}: use softmax-cross-entropy`)
		: [];
}

/** Whether each layer fits the one before it, and the last one what it is held against. */
function outputProblems(model: NetworkParts["model"], loss: LossName, facts: DataFacts): readonly Problem[] {
	const last = model.at(-1);
	if (!last) return [];
	const sound = model.filter((layer) => layer !== null);
	let width: number | undefined = last.kind === "dense" ? last.units : undefined;
	if (sound.length === model.length) {
		try {
			const shape = layerShapes(sound, exampleShape(facts.features, facts.image)).at(-1);
			width = shape && featuresOf(shape);
		} catch (error) {
			if (!(error instanceof SweetspotError)) throw error;
			return [{ path: "workload.model", message: `${error.detail}: ${error.fix}` }];
		}
	}
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

/** What a cross-entropy's logits can't come out of: they may be any number. */
const notLogits: readonly LayerSpec["kind"][] = ["relu", "leaky-relu", "tanh", "sigmoid", "gelu", "dropout"];

/** The width of the last layer, and why; 0 where the loss doesn't go with the data, which is another problem. */
function wantedWidth(loss: LossName, { classes, targets = 0 }: DataFacts): readonly [number, string] {
	if (loss === "binary-cross-entropy") return [1, "binary-cross-entropy takes one logit"];
	if (loss === "softmax-cross-entropy") return [classes, `the data has ${classes} classes`];
	return [targets, `the data has ${targets} target${targets === 1 ? "" : "s"}`];
}
