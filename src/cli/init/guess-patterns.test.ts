import { describe, expect, test } from "vitest";
import { PatternMatcher } from "../../trainers/command/patterns.js";
import { type GuessedPatterns, guessPatterns } from "./guess-patterns.js";

/** What the trainer finds by the guessed patterns: the proof that they are of use. */
function found(lines: readonly string[]): unknown[] {
	const patterns = Object.fromEntries(
		Object.entries(guessPatterns(lines) as Record<string, GuessedPatterns[keyof GuessedPatterns]>).map(([key, guessed]) => [
			key,
			key.includes(".") ? { scale: 1, ...guessed } : { from: 1, ...guessed },
		]),
	);
	return new PatternMatcher(patterns as never)
		.events(lines)
		.map((event) => ("wrong" in event ? event : { ...event.place, ...event.metrics }));
}

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
			"Keras: the training set's beside the validation set's",
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
		["a step beside an epoch: the step counts", ["epoch 1 step 100 train loss: 1e-3"], [{ step: 100, "train.loss": 0.001 }]],
		["a loss of which nothing is said", ["iter 10 | loss 2.25 | lr 0.1"], [{ step: 10, "train.loss": 2.25 }]],
	])("%s", (_, lines, events) => {
		expect(found(lines).filter((event) => Object.keys(event as object).length > 1)).toEqual(events);
	});

	test("nothing is guessed where nothing tells how far the script is, or how well it does", () => {
		expect(guessPatterns(["val_acc=0.5"])).toEqual({});
		expect(guessPatterns(["epoch 1", "epoch 2"])).toEqual({});
		expect(guessPatterns([])).toEqual({});
	});
});
