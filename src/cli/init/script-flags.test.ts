import { expect, test } from "vitest";
import { flagsIn } from "./script-flags.js";

test("argparse's help", () => {
	const help = `usage: train.py [-h] [--batch_size BATCH_SIZE] [--lr LR] [--epochs N]

options:
  -h, --help            show this help message and exit
  --batch_size BATCH_SIZE
                        examples per step (default: 64)
  --lr LR               learning rate. See also --lr-decay.
  --random-seed SEED
  --epochs N`;
	expect(flagsIn(help)).toEqual({ batchSize: "--batch_size", learningRate: "--lr", seed: "--random-seed", epochs: "--epochs" });
});

test("the likeliest name counts, not the first", () => {
	const help = "--eval-batch-size N  --per_device_train_batch_size N  --train-batch-size N  --learning_rate X  --num_train_epochs N";
	expect(flagsIn(help)).toEqual({
		batchSize: "--train-batch-size",
		learningRate: "--learning_rate",
		seed: null,
		epochs: "--num_train_epochs",
	});
});

test("Go's single dashes, and dots that end a sentence", () => {
	expect(flagsIn("  -lr float\n  -batch int\n  the seed is set by -seed.")).toEqual({
		batchSize: "-batch",
		learningRate: "-lr",
		seed: "-seed",
		epochs: null,
	});
});

test("words that only look like flags are none", () => {
	expect(flagsIn("mini-batch descent; the learning-rate; well-seeded").batchSize).toBeNull();
	expect(flagsIn("")).toEqual({ batchSize: null, learningRate: null, seed: null, epochs: null });
});
