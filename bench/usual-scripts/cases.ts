/** A script as people have it, and what its user says to `init` and `tune`. */
export interface Case {
	readonly script: string;
	/** Where it lies; by default in `scripts/`. */
	readonly folder?: URL;
	/** What the table calls it. */
	readonly manner: string;
	/** Files next to it that it needs. */
	readonly files?: readonly string[];
	readonly modules: readonly string[];
	readonly arguments?: readonly string[];
	/** What only the user knows. */
	readonly init: readonly string[];
	/** What the script trains with by itself. */
	readonly own: { readonly batchSize: number; readonly learningRate: number };
	readonly tune: readonly string[];
	/** Fresh runs of each setting; 7 by default, fewer where each takes long to start. */
	readonly fresh?: number;
}

const ladder = ["--budget", "5x"];
/** Trainings of a planned length, with few sizes where Python's start is most of a trial. */
const best = ["--budget", "8x"];
const fewSizes = ["--budget", "5x", "--set", "batchSizes=[16,64,256]"];

export const cases: readonly Case[] = [
	{
		script: "f1.py",
		manner: "NumPy, F1 of a rare class, no schedule",
		modules: ["numpy"],
		init: ["--examples", "5000", "--goal", "f1>=0.8"],
		own: { batchSize: 32, learningRate: 0.1 },
		tune: ladder,
	},
	{
		script: "reward.py",
		manner: "NumPy, REINFORCE: a return below zero",
		modules: ["numpy"],
		init: ["--goal", "mean_return>=-8"],
		own: { batchSize: 16, learningRate: 0.2 },
		tune: ladder,
	},
	{
		script: "accumulate.py",
		manner: "NumPy, accumulated gradients, linear decay over `--max_steps`",
		modules: ["numpy"],
		init: ["--examples", "4000"],
		own: { batchSize: 32, learningRate: 0.05 },
		tune: best,
	},
	{
		script: "yaml_only.py",
		manner: "NumPy, one YAML file and no flags",
		files: ["config.yaml"],
		modules: ["numpy", "yaml"],
		arguments: ["config.yaml"],
		init: ["--examples", "3200", "--goal", "validation.accuracy>=0.88"],
		own: { batchSize: 32, learningRate: 0.1 },
		tune: ladder,
	},
	{
		script: "hydra_style.py",
		manner: "hydra, `name=value`",
		files: ["conf/config.yaml"],
		modules: ["numpy", "hydra"],
		init: ["--examples", "3200", "--goal", "validation.accuracy>=0.78"],
		own: { batchSize: 32, learningRate: 0.1 },
		tune: ladder,
	},
	{
		script: "nano.py",
		manner: "nanoGPT: warm-up and cosine over `max_iters`, `--key=value`",
		files: ["configurator.py", "input.txt"],
		modules: ["torch"],
		fresh: 3,
		init: [],
		own: { batchSize: 12, learningRate: 0.001 },
		tune: ["--budget", "5x", "--set", "batchSizes=[3,12,48]"],
	},
	{
		script: "keras_cosine.py",
		manner: "Keras with CosineDecay, printing once an epoch",
		files: ["digits.py"],
		modules: ["keras", "tensorflow", "sklearn"],
		fresh: 3,
		init: ["--examples", "1437", "--seconds", "180"],
		own: { batchSize: 32, learningRate: 0.1 },
		tune: fewSizes,
	},
	{
		script: "mnist.py",
		manner: "PyTorch's MNIST example: StepLR once an epoch",
		files: ["digits.py"],
		modules: ["torch", "sklearn"],
		fresh: 3,
		init: ["--examples", "1437", "--seconds", "180"],
		own: { batchSize: 64, learningRate: 1 },
		tune: fewSizes,
	},
	{
		script: "lightning_cli.py",
		manner: "LightningCLI, its CSVLogger, settings in YAML",
		files: ["digits.py", "lightning.yaml"],
		modules: ["lightning", "jsonargparse", "sklearn"],
		fresh: 3,
		arguments: ["fit", "--config", "lightning.yaml"],
		init: ["--examples", "1437", "--goal", "validation.accuracy>=0.95", "--seconds", "180"],
		own: { batchSize: 64, learningRate: 0.05 },
		tune: [...ladder, "--set", "batchSizes=[16,64,256]"],
	},
	{
		script: "hugging_face.py",
		folder: new URL("../trackers/scripts/", import.meta.url),
		manner: "Hugging Face's Trainer, its default linear decay",
		modules: ["transformers", "accelerate"],
		fresh: 3,
		arguments: [
			...["--output_dir", "out", "--eval_strategy", "steps", "--eval_steps", "10", "--save_strategy", "no", "--report_to", "none"],
			...["--per_device_train_batch_size", "32", "--learning_rate", "0.001", "--num_train_epochs", "3"],
		],
		init: ["--examples", "1600", "--seconds", "180"],
		own: { batchSize: 32, learningRate: 0.001 },
		tune: ["--budget", "5x", "--set", "batchSizes=[8,32,128]"],
	},
];
