import type { Dataset } from "../../data/dataset.js";
import type { ExampleSet } from "../../engine/example-set.js";
import type { Plane } from "./protocol.js";
import type { LaneTraining } from "./training.js";

const side = 48;
/** Around the data, in parts of their extent. */
const margin = 0.06;
/** Held-out examples whose predictions are shown, where the data have no plane: pictures one by one, others counted. */
const shownExamples = { pictures: 40, counted: 1000 };

/** What a lane predicts where the page can show it: over the data's plane, or for the first held-out examples. */
export class Field {
	readonly plane: Plane | null;
	readonly #set: ExampleSet;

	constructor(
		private readonly data: Dataset,
		private readonly training: LaneTraining,
	) {
		this.plane = data.width === 2 ? planeOf(data) : null;
		const held = data.validation.features.subarray(0, shownExamples[data.image ? "pictures" : "counted"] * data.width);
		this.#set = training.examplesOf(this.plane ? pointsOf(this.plane) : held);
	}

	/** For each point or example: the class, and half the probability that the network gives it. */
	now(): Float32Array {
		const { classes } = this.data;
		const logits = this.training.predict(this.#set);
		return Float32Array.from({ length: this.#set.count }, (_, i) => sureness(logits.subarray(i * classes, (i + 1) * classes)));
	}
}

function sureness(logits: Float32Array): number {
	let best = 0;
	for (let k = 1; k < logits.length; k++) if (logits[k] > logits[best]) best = k;
	let sum = 0;
	for (const logit of logits) sum += Math.exp(logit - logits[best]);
	return best + (Number.isFinite(sum) ? 0.5 / sum : 0);
}

function planeOf({ train, validation }: Dataset): Plane {
	const extent = (axis: 0 | 1): readonly [number, number] => {
		let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
		for (const { features } of [train, validation])
			for (let i = axis; i < features.length; i += 2) {
				low = Math.min(low, features[i]);
				high = Math.max(high, features[i]);
			}
		const room = margin * (high - low || 1);
		return [low - room, high + room];
	};
	return { side, x: extent(0), y: extent(1) };
}

function pointsOf({ side: count, x, y }: Plane): Float32Array {
	const points = new Float32Array(2 * count * count);
	const at = ([low, high]: readonly [number, number], i: number) => low + ((high - low) * (i + 0.5)) / count;
	for (let row = 0; row < count; row++)
		for (let column = 0; column < count; column++) points.set([at(x, column), at(y, row)], 2 * (row * count + column));
	return points;
}
