import { expect, test } from "vitest";
import { countOfExamples } from "./count-of-examples.js";

test.each([
	["Train Epoch: 1 [640/60000 (1%)]\tLoss: 1.7", 60000],
	["  Num examples = 3,668", 3668],
	["Train set size: 50000, val set size: 10000", 50000],
	["loaded 1797 training samples", 1797],
	["training on 4,096 sequences of 128 tokens", 4096],
	["train loss: 3", null],
	["Test set: Average loss: 0.05, Accuracy: 9824/10000 (98%)", null],
	["step 30 train_loss 2.5", null],
])("how many examples there are, by the line %j", (line, count) => {
	expect(countOfExamples(["hello", line], [])).toBe(count);
});

test("by the script's own counters", () => {
	expect(countOfExamples([], [{ place: { epoch: 2, examples: 1280 }, metrics: {} } as never])).toBe(640);
});
