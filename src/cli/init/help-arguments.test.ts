import { expect, test } from "vitest";
import { argumentsInHelp } from "./help-arguments.js";

const seen = (help: string) =>
	Object.fromEntries(
		Object.entries(argumentsInHelp(help)).map(([role, argument]) => [role, argument && [argument.written, argument.value]]),
	);
const none = {
	...{ batchSize: null, learningRate: null, seed: null, epochs: null, steps: null, decaySteps: null, evaluationSteps: null },
	accumulation: null,
};

test("argparse's help, with its defaults", () => {
	const help = `usage: train.py [-h] [--batch_size BATCH_SIZE] [--lr LR] [--epochs N]

options:
  -h, --help            show this help message and exit
  --batch_size BATCH_SIZE
                        examples per step (default: 64)
  --lr LR               learning rate. See also --lr-decay. (default: 1e-3)
  --random-seed SEED
  --gradient_accumulation_steps N
                        (default: 4)
  --epochs N            (default: 10)`;
	expect(seen(help)).toEqual({
		...none,
		batchSize: ["--batch_size", 64],
		learningRate: ["--lr", 0.001],
		seed: ["--random-seed", null],
		epochs: ["--epochs", 10],
		accumulation: ["--gradient_accumulation_steps", 4],
	});
});

test("how often it is evaluated", () => {
	expect(seen("  --eval_interval N  steps between two evaluations (default: 250)")).toEqual({
		...none,
		evaluationSteps: ["--eval_interval", 250],
	});
});

test("the likeliest name counts, not the first", () => {
	const help = "--eval-batch-size N  --per_device_train_batch_size N  --train-batch-size N  --learning_rate X  --num_train_epochs N";
	expect(seen(help)).toEqual({
		...none,
		batchSize: ["--train-batch-size", null],
		learningRate: ["--learning_rate", null],
		epochs: ["--num_train_epochs", null],
	});
});

test("Go's single dashes and defaults, and dots that end a sentence", () => {
	expect(seen("  -lr float\n    \tlearning rate (default 0.5)\n  -batch int\n  the seed is set by -seed.")).toEqual({
		...none,
		batchSize: ["-batch", null],
		learningRate: ["-lr", 0.5],
		seed: ["-seed", null],
	});
});

test("words that only look like flags are ignored", () => {
	expect(argumentsInHelp("mini-batch descent; the learning-rate; well-seeded").batchSize).toBeNull();
	expect(seen("")).toEqual(none);
});
