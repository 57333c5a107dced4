import { gzipSync } from "node:zlib";
import { doubles, npyOf, zipOf } from "../../../test/fixtures/numpy.js";

const layers = [{ dense: 6 }, "relu", { dense: 3 }];
const loss = { metric: "validation.loss", atMost: 0.3 };
const short = { epochs: 5, steps: 60 };

/** Studies as people write them: between them, every key that there is. */
export const studies: readonly object[] = [
	{
		...{ version: 1, name: "made", seed: 3, objective: "fastest", tolerance: 0.25, pricePerHour: 3 },
		workload: {
			data: { blobs: { examples: 120, classes: 3, features: 2, spread: 2 } },
			model: layers,
			...{
				init: "he-normal",
				loss: "softmax-cross-entropy",
				labelSmoothing: 0.1,
				reduction: "mean",
				sampler: "reshuffle",
				lastBatch: "drop",
			},
			optimizer: { name: "sgd", momentum: 0.9, nesterov: false, weightDecay: 0.0001 },
		},
		goal: { metric: "validation.accuracy", atLeast: 0.9, window: 1.1 },
		batchSizes: [1, 8, 64, "full"],
		looks: { ratio: 1.05, examples: 1024 },
		tune: { learningRate: { from: 0.001, to: 10 }, momentum: [0, 0.9] },
		seeds: { tuning: 2, selecting: 1, reporting: 3 },
		limits: { ...short, seconds: 10 },
		budget: { trials: 40, seconds: 60, cost: 2 },
		baseline: { batchSize: 8, learningRate: 0.1, momentum: 0.9 },
		comparisons: { epochs: 3, steps: 10, seconds: 1 },
		record: ["distance", "update", "gradient-norm"],
	},
	{
		...{ version: 1, name: "table" },
		workload: {
			data: { csv: "data.csv", label: "species", normalize: "standardize", split: "set", separator: "comma" },
			model: [{ dense: 4 }, "batch-norm", "tanh", { dropout: 0.25 }, { dense: 2 }],
			optimizer: { name: "adam" },
		},
		goal: loss,
		batchSizes: { from: 2, to: "full", factor: 2 },
		limits: short,
	},
	{
		...{ version: 1, name: "numbers" },
		workload: { data: { npz: "data.npz", target: "y" }, model: [{ dense: 1 }], loss: "mean-squared-error", optimizer: { name: "adamw" } },
		goal: { metric: "train.loss", atMost: 1 },
		batchSizes: [2, 4],
		limits: short,
	},
	{
		...{ version: 1, name: "images" },
		workload: { data: "digits", model: [{ conv: 2, size: 3, stride: 2, padding: 1 }, "relu", { "max-pool": 2 }, "flatten", { dense: 10 }] },
		goal: loss,
		batchSizes: [16, 64],
		limits: short,
	},
	{
		...{ version: 1, name: "oracle" },
		workload: { data: { quadratic: { dimensions: 3 } } },
		goal: { metric: "train.loss", atMost: 0.1 },
		batchSizes: [1, 4],
		limits: short,
	},
	{
		...{ version: 1, name: "module" },
		workload: { trainer: "./trainer.mjs", examples: 512 },
		goal: loss,
		batchSizes: [8, 64],
		limits: short,
	},
	{
		...{ version: 1, name: "script" },
		workload: {
			command: ["python3", "script.py", "{batchSize}", "{learningRate}", "{seed}", "{trialFolder}"],
			...{ examples: 640, directory: ".", grace: 0.2, retry: [75], microBatch: 4, devices: 2 },
			environment: { LANG: "C" },
			files: { "config.yaml": "rate: {learningRate}" },
			metrics: { "validation.loss": "loss ([0-9.]+)", step: "step ([0-9]+)" },
			measured: { batchSize: 8, secondsPerStep: 0.1, startUp: 1 },
		},
		goal: loss,
		batchSizes: [8, 16],
		limits: short,
	},
];

/** The keys of these, as `--set` names them. */
export const settings: readonly string[] = [
	...["version", "name", "seed", "objective", "tolerance", "workload", "workload.data", "workload.model", "workload.model.0.dense"],
	...[
		"workload.data.blobs.examples",
		"workload.data.blobs.features",
		"workload.data.blobs.spread",
		"workload.optimizer",
		"workload.optimizer.name",
	],
	...["workload.optimizer.momentum", "workload.loss", "workload.init", "workload.labelSmoothing", "goal", "goal.atMost", "goal.atLeast"],
	...["goal.metric", "goal.window", "batchSizes", "batchSizes.0", "batchSizes.9", "tune.learningRate", "tune.learningRate.from"],
	...["tune.momentum", "seeds", "seeds.tuning", "seeds.reporting", "limits", "limits.steps", "limits.epochs", "limits.seconds", "budget"],
	...[
		"budget.trials",
		"budget.cost",
		"pricePerHour",
		"baseline",
		"comparisons",
		"record",
		"looks.ratio",
		"looks.examples",
		"a.b.c",
		"__proto__.x",
	],
];

const rowsOfData = Array.from(
	{ length: 40 },
	(_, i) => `${i / 7},${(i * 3) % 5},"${i % 2 === 0 ? "setosa" : "virginica"}",${["train", "validation", "test"][i % 3]}`,
);
const dataTable = `width,"length",species,set\n${rowsOfData.join("\n")}\n`;

const rowsOfRuns = [8, 16, 32].flatMap((batch) =>
	[0.1, 0.3].flatMap((rate) =>
		[0, 1].flatMap((seed) =>
			[1, 2, 4, 8, 16].map(
				(step) => `${batch},${rate},${seed},${step},${2 / (step * rate * Math.sqrt(batch)) + seed / 50},0.5,${step / 10}`,
			),
		),
	),
);
/** Runs made elsewhere. */
export const runsTable = `batch_size,learning_rate,seed,step,validation.loss,val_acc,seconds\n${rowsOfRuns.join("\n")}\n`;

const count = 40;
const features = npyOf("<f8", [count, 3], doubles(Array.from({ length: 3 * count }, (_, i) => Math.sin(i))));
const labels = npyOf("<i4", [count], new Uint8Array(Int32Array.from({ length: count }, (_, i) => i % 3).buffer));

/** The files of MNIST's format: 30 images of 2×2. */
function idx(kind: "images" | "labels"): Uint8Array {
	const examples = 30;
	const head = Buffer.alloc(kind === "images" ? 16 : 8);
	for (const [i, word] of (kind === "images" ? [0x803, examples, 2, 2] : [0x801, examples]).entries()) head.writeUInt32BE(word, 4 * i);
	return new Uint8Array(
		Buffer.concat([head, Buffer.from(Array.from({ length: examples * (kind === "images" ? 4 : 1) }, (_, i) => i % 3))]),
	);
}

const files = {
	"data.csv": Buffer.from(dataTable),
	"runs.csv": Buffer.from(runsTable),
	"features.npy": features,
	"labels.npy": labels,
	"data.npz": zipOf({ "x.npy": features, "y.npy": labels }, true),
	"stored.npz": zipOf({ "x_train.npy": features, "y_train.npy": labels, "x_test.npy": features, "y_test.npy": labels }, false),
	"train-images-idx3-ubyte": idx("images"),
	"train-labels-idx1-ubyte": idx("labels"),
	"t10k-images-idx3-ubyte": idx("images"),
	"t10k-labels-idx1-ubyte": idx("labels"),
} as const;

/** Data files by name, gzipped as well where programs have them so. */
export const dataFiles: Readonly<Record<string, Uint8Array>> = {
	...files,
	"data.csv.gz": gzipSync(files["data.csv"]),
	"features.npy.gz": gzipSync(features),
};

/** What a study's `data` is for each of these files. */
export const dataSources: Readonly<Record<string, object>> = {
	"data.csv": { csv: "data.csv", label: "species", split: "set" },
	"data.csv.gz": { csv: "data.csv.gz", label: "species", split: "set", normalize: "standardize" },
	"features.npy": { npy: "features.npy", labels: "labels.npy" },
	"labels.npy": { npy: "features.npy", labels: "labels.npy" },
	"features.npy.gz": { npy: "features.npy.gz", labels: "labels.npy" },
	"data.npz": { npz: "data.npz" },
	"stored.npz": { npz: "stored.npz" },
	"train-images-idx3-ubyte": { idx: "." },
	"train-labels-idx1-ubyte": { idx: "." },
	"t10k-images-idx3-ubyte": { idx: "." },
	"t10k-labels-idx1-ubyte": { idx: "." },
};

/** What a script may say. */
export const lines: readonly string[] = [
	'{"sweetspot":1,"step":1,"metrics":{"validation.loss":2.5,"train.loss":2.25}}',
	'{"sweetspot":1,"step":2,"epoch":0.5,"examples":16,"seconds":0.25,"metrics":{"validation.loss":1.5}}',
	'{"sweetspot":1,"step":3,"metrics":{"validation.accuracy":0.5,"validation.loss":1.25},"trial":"its name"}',
	'{"sweetspot":1,"step":4,"gradient":{"small":{"batch":4,"squaredNorm":0.5},"big":{"batch":16,"squaredNorm":0.25}},"metrics":{}}',
	'{"sweetspot":1,"step":5,"metrics":{"validation.loss":NaN}}',
	'{"sweetspot":1,"epoch":3,"metrics":{"batch.loss":0.5}}',
	"step 6 loss 0.5 - val_acc: 0.91",
	"Epoch 3/20: 100%|██████████| 10/10 [00:00<00:00, loss=0.5]",
];
