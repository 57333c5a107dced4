import { describe, expect, test } from "vitest";
import { eventsBy, guessPatterns, placeless } from "./guess-patterns.js";

/** What the trainer finds by the guessed patterns: the proof that they are of use. */
const found = (lines: readonly string[]): unknown[] =>
	eventsBy(guessPatterns(lines), lines).map(({ place, metrics }) => ({ ...place, ...metrics }));

describe("what scripts print", () => {
	test.each([
		[
			"a word and a number",
			["epoch 1 val_acc=0.50", "epoch 2 val_acc=0.75"],
			[
				{ epoch: 1, "validation.accuracy": 0.5 },
				{ epoch: 2, "validation.accuracy": 0.75 },
			],
		],
		[
			"Keras: the training set's next to the validation set's",
			["Epoch 1/3", "loss: 0.9 - accuracy: 0.6 - val_loss: 0.8 - val_accuracy: 0.7"],
			[{ epoch: 1, "validation.loss": 0.8, "validation.accuracy": 0.7 }],
		],
		[
			"PyTorch's examples: percentages in parentheses",
			["Epoch: 1", "Validation accuracy: 91.5 %"],
			[{ epoch: 1, "validation.accuracy": 0.915 }],
		],
		[
			"epochs that begin with 0",
			["[epoch 0] valid loss 2.5", "[epoch 1] valid loss 1.5"],
			[
				{ epoch: 1, "validation.loss": 2.5 },
				{ epoch: 2, "validation.loss": 1.5 },
			],
		],
		[
			"metrics of the script's own, of either sign",
			["epoch 1 train loss 0.5 val_f1=0.50 mean return -210.5", "epoch 2 train loss 0.4 val_f1=0.75 mean return -110"],
			[
				{ epoch: 1, "train.loss": 0.5, val_f1: 0.5, mean_return: -210.5 },
				{ epoch: 2, "train.loss": 0.4, val_f1: 0.75, mean_return: -110 },
			],
		],
		[
			"perplexity under its short name, not that of the test set where another is held out",
			["step 100 | PPL 31.5 | recall@10: 0.4"],
			[{ step: 100, ppl: 31.5, "recall@10": 0.4 }],
		],
		["a step next to an epoch: the step counts", ["epoch 1 step 100 train loss: 1e-3"], [{ step: 100, "train.loss": 0.001 }]],
		[
			"PyTorch's MNIST example: the set in front of both, a count of right ones; each batch's loss isn't the epoch's, and what it calls its test set is what it is chosen by",
			[
				"Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.296599",
				"Train Epoch: 1 [640/60000 (1%)]\tLoss: 1.526",
				"Test set: Average loss: 0.0543, Accuracy: 9824/10000 (98%)",
				"Train Epoch: 2 [0/60000 (0%)]\tLoss: 0.0631",
				"Test set: Average loss: 0.0442, Accuracy: 9850/10000 (98%)",
			],
			[
				{ epoch: 1, "validation.loss": 0.0543, "validation.accuracy": 0.9824 },
				{ epoch: 2, "validation.loss": 0.0442, "validation.accuracy": 0.985 },
			],
		],
		[
			"PyTorch's quickstart: the set in the line above",
			[
				"Epoch 1",
				"-------------------------------",
				"loss: 2.303494  [   64/60000]",
				"loss: 2.294637  [ 6464/60000]",
				"Test Error: ",
				" Accuracy: 37.6%, Avg loss: 2.158 ",
				"Epoch 2",
				"-------------------------------",
				"loss: 2.159  [   64/60000]",
				"Test Error: ",
				" Accuracy: 47.3%, Avg loss: 1.9 ",
			],
			[
				{ epoch: 1, "validation.accuracy": 0.376 },
				{ epoch: 2, "validation.accuracy": 0.473 },
			],
		],
		[
			"Hugging Face's trainer: names in quotes, parts of epochs",
			[
				"{'loss': 0.52, 'grad_norm': 3.1, 'learning_rate': 4.5e-05, 'epoch': 0.5}",
				"{'eval_loss': 0.43, 'eval_accuracy': 0.81, 'eval_runtime': 1.2, 'epoch': 1.0}",
				"{'loss': 0.4, 'grad_norm': 2.5, 'learning_rate': 4e-05, 'epoch': 1.5}",
				"{'eval_loss': 0.41, 'eval_accuracy': 0.84, 'eval_runtime': 1.1, 'epoch': 2.0}",
			],
			[
				{ epoch: 1, "validation.loss": 0.43, "validation.accuracy": 0.81 },
				{ epoch: 2, "validation.loss": 0.41, "validation.accuracy": 0.84 },
			],
		],
		[
			"steps that begin anew with each epoch",
			["Epoch [1/5], Step [100/600], Loss: 0.5", "validation accuracy 0.75"],
			[{ epoch: 1, "validation.accuracy": 0.75 }],
		],
		[
			"a set's word before two figures",
			["epoch 1 | train loss 0.9 acc 0.5 | val loss 0.8 acc 0.6"],
			[{ epoch: 1, "train.loss": 0.9, "train.accuracy": 0.5, "validation.loss": 0.8, "validation.accuracy": 0.6 }],
		],
		[
			"another set's word between",
			["Epoch 1: train loss 0.9 val acc 50.0%"],
			[{ epoch: 1, "train.loss": 0.9, "validation.accuracy": 0.5 }],
		],
		["full stops behind numbers", ["Epoch 3. Validation accuracy: 0.91."], [{ epoch: 3, "validation.accuracy": 0.91 }]],
		[
			"a count of all at the beginning, without a word",
			["[1/50] train loss 0.9 | valid loss 0.8 | valid acc 0.50", "[2/50] train loss 0.7 | valid loss 0.6 | valid acc 0.625"],
			[
				{ epoch: 1, "validation.accuracy": 0.5, "validation.loss": 0.8, "train.loss": 0.9 },
				{ epoch: 2, "validation.accuracy": 0.625, "validation.loss": 0.6, "train.loss": 0.7 },
			],
		],
		["a loss without the name of its set", ["iter 10 | loss 2.25 | lr 0.1"], [{ step: 10, "train.loss": 2.25 }]],
	])("%s", (_, lines, events) => {
		expect(found(lines).filter((event) => Object.keys(event as object).length > 1)).toEqual(events);
	});

	test("metrics without a place are named", () => {
		expect(placeless(["val_acc=0.5 val_loss=0.3", "val_acc=0.6 val_loss=0.2"])).toEqual(["validation.accuracy", "validation.loss"]);
		expect(placeless(["epoch 1 val_acc=0.5"])).toEqual([]);
		expect(placeless(["hello"])).toEqual([]);
	});

	test("nothing is guessed where nothing shows how far the script is, or how well it does", () => {
		expect(guessPatterns(["val_acc=0.5"])).toEqual({});
		expect(guessPatterns(["epoch 1", "epoch 2"])).toEqual({});
		expect(guessPatterns([])).toEqual({});
	});
});
