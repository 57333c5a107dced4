import * as z from "zod/mini";
import { laneOptimizerNames } from "../lane/settings.js";

/** Most lanes, hidden layers, and changes of a lane that an address keeps. */
export const most = { lanes: 4, layers: 4, changes: 8, examples: 4000 } as const;

/** The batch size that is all examples, however many there are. */
export const allExamples = 100_000;

const batchSize = z.int().check(z.minimum(1), z.maximum(allExamples));
const settings = z.strictObject({
	batchSize,
	learningRate: z.number().check(z.positive(), z.maximum(1e6)),
	optimizer: z.enum(laneOptimizerNames),
});
const lane = z.strictObject({
	settings,
	changes: z.array(z.strictObject({ step: z.int().check(z.minimum(0), z.maximum(1e9)), settings })).check(z.maxLength(most.changes)),
});
/** Data that are drawn, or come with the package. */
const drawn = z.strictObject({
	name: z.enum(["blobs", "moons", "circles", "spirals", "digits"]),
	examples: z.int().check(z.minimum(30), z.maximum(most.examples)),
	noise: z.number().check(z.minimum(0), z.maximum(5)),
});

/** A table of the user's own: its file's name, the column of the classes, and their number. An address has none of these. */
const table = z.strictObject({
	name: z.literal("csv"),
	file: z.string(),
	label: z.string(),
	classes: z.int().check(z.minimum(2)),
});

const stateSchema = z.strictObject({
	data: z.union([drawn, table]),
	hidden: z.array(z.int().check(z.minimum(1), z.maximum(64))).check(z.maxLength(most.layers)),
	activation: z.enum(["tanh", "relu"]),
	seed: z.int().check(z.minimum(0), z.maximum(1e6)),
	lanes: z.array(lane).check(z.minLength(1), z.maxLength(most.lanes)),
	axis: z.enum(["epochs", "steps", "examples", "seconds"]),
	metric: z.enum(["loss", "accuracy"]),
	by: z.enum(["steps", "examples"]),
	speed: z.enum(["slow", "medium", "fast", "most"]),
	/** Held-out accuracy that the study asks for. */
	goal: z.number().check(z.minimum(0.1), z.maximum(1)),
});

/** Everything that the page shows is a function of this: it stands in the page's address. */
export type PlayState = z.infer<typeof stateSchema>;
export type PlayData = PlayState["data"];
export type DrawnData = z.infer<typeof drawn>;
export type LaneState = PlayState["lanes"][number];

export const dataNames = drawn.shape.name.options;

/** The state with these members, each as it must be; null where one is not. */
export function checkedState(value: unknown): PlayState | null {
	const { success, data: state } = stateSchema.safeParse(value);
	return success ? state : null;
}

/** The noise with which each kind of data is drawn unless another is asked for. */
export const usualNoise: Readonly<Record<DrawnData["name"], number>> = { blobs: 2, moons: 0.2, circles: 0.1, spirals: 0.03, digits: 0 };

const laneOf = (batchSize: number): LaneState => ({ settings: { batchSize, learningRate: 0.25, optimizer: "sgd" }, changes: [] });

/** What a visitor without a link sees: one example, a mini-batch and all examples at the same rate. */
export const initialState: PlayState = {
	data: { name: "moons", examples: 500, noise: 0.2 },
	hidden: [12, 8],
	activation: "tanh",
	seed: 0,
	lanes: [laneOf(1), laneOf(32), laneOf(allExamples)],
	axis: "epochs",
	metric: "loss",
	by: "steps",
	speed: "medium",
	goal: 0.95,
};
