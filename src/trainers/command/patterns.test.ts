import { describe, expect, test } from "vitest";
import { PatternMatcher } from "./patterns.js";

const accuracy = { pattern: "val_acc=(\\S+)", scale: 1 };
const epochs = { pattern: "epoch (\\d+)", from: 1 as const };
const at = (place: object, metrics: object) => ({ place, metrics, gradient: null, seconds: null, trial: null });

describe("patterns", () => {
	test("a metric belongs to the counter in its line, wherever that stands, else to the last one before", () => {
		const matcher = new PatternMatcher({ "validation.accuracy": accuracy, epoch: epochs });
		expect(
			matcher.events([
				"val_acc=0.1 before training",
				"epoch 1 val_acc=0.5",
				"val_acc=0.6 (epoch 2)",
				"epoch 3 begins",
				"nothing",
				"val_acc=0.7",
			]),
		).toEqual([
			at({ epoch: 1 }, { "validation.accuracy": 0.5 }),
			at({ epoch: 2 }, { "validation.accuracy": 0.6 }),
			at({ epoch: 3 }, {}),
			at({ epoch: 3 }, { "validation.accuracy": 0.7 }),
		]);
	});

	test("epochs counted from 0, percentages by their scale, thousands with commas, examples next to steps", () => {
		const matcher = new PatternMatcher({
			"validation.accuracy": { pattern: "acc: ([0-9.]+) ?%", scale: 0.01 },
			epoch: { pattern: "Epoch (\\d+)", from: 0 },
		});
		expect(matcher.events(["Epoch 0 acc: 12.5 %"])).toEqual([at({ epoch: 1 }, { "validation.accuracy": 0.125 })]);
		const counted = new PatternMatcher({
			"train.loss": { pattern: "loss ([^ ]+)", scale: 1 },
			step: { pattern: "step ([\\d,]+)", from: 1 },
			examples: { pattern: "seen ([\\d,]+)", from: 1 },
		});
		expect(counted.events(["step 1,200 seen 38,400 loss 1e-3", "loss 2."])).toEqual([
			at({ step: 1200, examples: 38400 }, { "train.loss": 0.001 }),
			at({ step: 1200, examples: 38400 }, { "train.loss": 2 }),
		]);
	});

	test.each([
		["nan", Number.NaN],
		["inf", Number.POSITIVE_INFINITY],
		["-Infinity", Number.NEGATIVE_INFINITY],
	])("the word %s is the number it means", (word, value) => {
		const matcher = new PatternMatcher({ "train.loss": { pattern: "loss=(\\S+)", scale: 1 }, epoch: epochs });
		expect(matcher.events([`epoch 1 loss=${word}`])).toEqual([at({ epoch: 1 }, { "train.loss": value })]);
	});

	test.each([
		["epoch 1 val_acc=91.0", /^validation.accuracy is "91.0", expected a share from 0 to 1: for percentages write/],
		["epoch 1 val_acc=91%", /^validation.accuracy is "91%"/],
		["epoch 1 val_acc=0.5 %", /^validation.accuracy is "0.5 %"/],
		["epoch 1 val_acc=high", /^the pattern for validation.accuracy caught "high", expected a number$/],
		["epoch 1 val_acc=0.9.1", /caught "0.9.1"/],
	])("%s is an error, never a wrong number", (line, wrong) => {
		const matcher = new PatternMatcher({ "validation.accuracy": accuracy, epoch: epochs });
		expect(matcher.events([line])).toEqual([{ wrong: expect.stringMatching(wrong) }]);
	});

	test("a pattern that goes back and forth without end is given up on, and lines are only matched so far", () => {
		const matcher = new PatternMatcher({ "validation.accuracy": { pattern: "(?:a+)+(b)", scale: 1 }, epoch: epochs });
		expect(matcher.events(["a".repeat(40)])).toEqual([{ wrong: expect.stringContaining("took longer than 1 s over a line") }]);
		const far = new PatternMatcher({ "validation.accuracy": accuracy, epoch: epochs });
		expect(far.events([`epoch 1 ${" ".repeat(5000)}val_acc=0.5`])).toEqual([at({ epoch: 1 }, {})]);
	});
});
