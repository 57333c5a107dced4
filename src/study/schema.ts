import { z } from "zod";
import { usualRatio } from "../core/looks.js";
import { latticeRange } from "../core/rates.js";
import { recordables } from "../core/recorded.js";
import { commandWorkload } from "./command/schema.js";
import { gradient, optimizer, schedule } from "./descent-schema.js";
import { init, layer } from "./layers.js";
import { oneTruth } from "./truth-keys.js";

/**
 * The study file, as its author writes it: what may stand in it, and what each key is when it is left out. Only what already runs is accepted.
 * No transforms, so that the JSON Schema made from it (docs/study.schema.json) stays true; `resolve.ts` turns it into a `Study`.
 */
const whole = z.int();
const positive = whole.min(1);
const blobs = z.strictObject({
	examples: whole.min(10).default(1000),
	classes: whole.min(2).default(3),
	features: positive.default(2),
	spread: z.number().positive().default(2),
});

const points = (noise: number) => ({
	examples: whole.min(10).default(1000),
	noise: z.number().min(0).max(100).default(noise),
	seed: whole.min(0).default(0),
});
const moons = z.strictObject(points(0.2));
const circles = z.strictObject({ ...points(0.1), ratio: z.number().min(0).lt(1).default(0.5) });
const spirals = z.strictObject({
	...points(0.03),
	arms: whole.min(2).max(100).default(2),
	turns: z.number().positive().max(100).default(1.5),
});
const teacher = z.strictObject({
	examples: whole.min(10).default(1000),
	features: positive.default(16),
	units: positive.default(8),
	targets: positive.default(1),
	noise: z.number().min(0).default(0.1),
});

const text = z.string().min(1);
const normalize = z.enum(["none", "standardize", "range"]).default("none");
const normalizeTarget = z.enum(["none", "standardize", "range"]).optional();
const csv = z
	.strictObject({
		csv: text,
		label: text.optional(),
		/** Of numbers to predict, in place of a label. */
		target: z.union([text, z.array(text).min(1)]).optional(),
		split: text.optional(),
		normalize,
		normalizeTarget,
		separator: z.enum(["comma", "semicolon", "tab"]).optional(),
	})
	.check(oneTruth("label", "a text: the column of the classes; or `target`, that of the numbers to predict"));
const npz = z
	.strictObject({ npz: text, features: text.optional(), labels: text.optional(), target: text.optional(), normalize, normalizeTarget })
	.check(oneTruth("labels", null));
const npy = z
	.strictObject({ npy: text, labels: text.optional(), target: text.optional(), normalize, normalizeTarget })
	.check(oneTruth("labels", "a text: the file of the classes; or `target`, that of the numbers to predict"));

const dimensions = whole.min(1).max(256);
const quadratic = z.strictObject({
	dimensions: dimensions.default(32),
	condition: z.number().min(1).max(1e6).default(100),
	noise: z.number().positive().default(1),
	examples: whole.min(10).max(65536).default(1024),
});
const linear = (penalty: number) =>
	z.strictObject({
		examples: whole.min(10).max(65536).default(640),
		dimensions: dimensions.default(16),
		noise: z.number().min(0).default(1),
		penalty: z.number().min(0).default(penalty),
		seed: whole.min(0).default(0),
	});
const leastSquares = linear(0);
const logistic = linear(0.01);

const data = z.union([
	z.enum([
		"digits",
		"tutorial-blobs",
		"fashion-mnist",
		"mnist",
		"blobs",
		"moons",
		"circles",
		"spirals",
		"teacher",
		"quadratic",
		"least-squares",
		"logistic",
	]),
	z.strictObject({ blobs }),
	z.strictObject({ moons }),
	z.strictObject({ circles }),
	z.strictObject({ spirals }),
	z.strictObject({ teacher }),
	csv,
	z.strictObject({ idx: text }),
	npz,
	npy,
	z.strictObject({ quadratic }),
	z.strictObject({ "least-squares": leastSquares }),
	z.strictObject({ logistic }),
]);

const loss = z.enum(["softmax-cross-entropy", "binary-cross-entropy", "mean-squared-error"]);
const labelSmoothing = z.number().gt(0).lt(1);
const trainedWorkload = z.strictObject({
	data,
	/** Of a network; the oracles (quadratic, least-squares, logistic) have none, nor `init`, `loss` and `reduction`. */
	model: z.array(layer).min(1).optional(),
	init: init.default("he-normal"),
	loss: loss.default("softmax-cross-entropy"),
	labelSmoothing: labelSmoothing.optional(),
	reduction: z.enum(["mean", "sum"]).default("mean"),
	sampler: z.enum(["reshuffle", "with-replacement"]).default("reshuffle"),
	lastBatch: z.enum(["keep", "drop"]).default("keep"),
	optimizer: optimizer.prefault({ name: "sgd" }),
	gradient: gradient.optional(),
	schedule: schedule.optional(),
});

const functionWorkload = z.strictObject({ trainer: z.string().min(1), examples: positive });

const workload = z.union([trainedWorkload, functionWorkload, commandWorkload]);

const metrics = ["train.loss", "train.accuracy", "train.error", "validation.loss", "validation.accuracy", "validation.error"] as const;
const goal = z.strictObject({ metric: z.enum(metrics), atLeast: z.number().optional(), atMost: z.number().optional() });

const full = z.literal("full");
const batchRange = z.strictObject({
	from: positive.default(1),
	to: z.union([positive, full]).default("full"),
	factor: z.number().gt(1).default(2),
});
const batchSizes = z.union([z.array(z.union([positive, full])).min(1), batchRange]);

const rate = z.number().min(latticeRange.from).max(latticeRange.to);
const momentum = z.number().min(0).lt(1);
const weightDecay = z.number().min(0);
const tune = z.strictObject({
	learningRate: z.strictObject({ from: rate.default(0.001), to: rate.default(10) }).prefault({}),
	/** Values to try; absent: the optimizer's own. */
	momentum: z.array(momentum).min(1).optional(),
	weightDecay: z.array(weightDecay).min(1).optional(),
});

export const studySchema = z.strictObject({
	version: z.literal(1),
	name: z.string().min(1).max(80).default("study"),
	seed: whole.min(0).default(0),
	workload,
	goal,
	batchSizes: batchSizes.default({ from: 1, to: "full", factor: 2 }),
	looks: z.strictObject({ ratio: z.number().min(1).max(2).default(usualRatio), examples: positive.default(1024) }).prefault({}),
	tune: tune.prefault({}),
	seeds: z.strictObject({ tuning: positive.default(3), selecting: positive.default(4), reporting: positive.default(7) }).prefault({}),
	limits: z
		.strictObject({ epochs: positive.default(100), steps: positive.default(5000), seconds: z.number().positive().optional() })
		.prefault({}),
	budget: z
		.strictObject({ trials: positive.optional(), seconds: z.number().positive().optional(), cost: z.number().positive().optional() })
		.prefault({}),
	/** Of the machine, in whatever currency; `budget.cost` is in the same. */
	pricePerHour: z.number().positive().optional(),
	comparisons: z
		.strictObject({ epochs: positive.default(10), steps: positive.optional(), seconds: z.number().positive().optional() })
		.optional(),
	record: z.array(z.enum(recordables)).min(1).optional(),
	objective: z.enum(["fastest", "cheapest", "balanced"]).default("balanced"),
	tolerance: z.number().min(0).max(10).default(0.25),
});

/** A study as its author writes it, in whatever language. */
export type StudyInput = z.input<typeof studySchema>;

/** A study file with its defaults filled in, not yet held against its data. */
export type StudyFile = z.output<typeof studySchema>;

/** The parts that can be held against each other and against the data even where others are wrong. */
export const studyParts = {
	data,
	blobs,
	moons,
	circles,
	spirals,
	teacher,
	quadratic,
	leastSquares,
	logistic,
	trainer: functionWorkload,
	command: commandWorkload,
	layer,
	loss: trainedWorkload.shape.loss,
	labelSmoothing,
	batchSize: z.union([positive, full]),
	batchRange,
	goal,
	tune,
};
