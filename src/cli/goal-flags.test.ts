import { expect, test } from "vitest";
import { SweetspotError } from "../core/errors.js";
import { goalOf } from "./goal-flags.js";

test.each([
	[{ goal: "validation.accuracy>=0.9" }, { metric: "validation.accuracy", atLeast: 0.9 }],
	[{ goal: " val_loss ≤ .25 " }, { metric: "validation.loss", atMost: 0.25 }],
	[{ goal: "f1>=0.9" }, { metric: "f1", atLeast: 0.9 }],
	[{ goal: "eval/return >= -110" }, { metric: "eval/return", atLeast: -110 }],
	[
		{ metric: "perplexity", atMost: "30" },
		{ metric: "perplexity", atMost: 30 },
	],
	[{ goal: "train err<=0" }, { metric: "train.error", atMost: 0 }],
	[
		{ goal: "val_acc>=0.9", window: "1" },
		{ metric: "validation.accuracy", atLeast: 0.9, window: 1 },
	],
	[
		{ metric: "val_acc", atLeast: "0.9" },
		{ metric: "validation.accuracy", atLeast: 0.9 },
	],
	[
		{ metric: "train_loss", atMost: "2" },
		{ metric: "train.loss", atMost: 2 },
	],
])("%j", (options, goal) => expect(goalOf(options, {})).toEqual(goal));

test.each([
	[{}, "no goal: the metric, and the value it must reach"],
	[{ metric: "val_acc" }, "no goal"],
	[{ goal: "val_acc>=0.9", window: "3" }, "--window is 3, expected a number from 1"],
	[{ goal: "val_acc=0.9" }, 'the goal is "val_acc=0.9", expected METRIC>=VALUE'],
	[{ goal: "val_acc>=0.9", metric: "val_acc" }, "--goal says it all"],
	[{ metric: "val_acc", atLeast: "0.9", atMost: "1" }, "--at-least and --at-most both"],
	[{ goal: "top 5>=0.9" }, '"top 5" can\'t name a metric: use up to 64 letters'],
	[{ goal: "test.f1>=0.9" }, "a goal can't be on test.f1"],
	[{ goal: "validatin.loss<=0.9" }, "did you mean `validation.loss`?"],
	[{ goal: "f1>=high" }, 'the goal\'s value is "high", expected a number'],
	[{ goal: "test_acc>=0.9" }, 'the goal\'s metric is "test_acc"'],
	[{ goal: "val_acc>=90" }, 'the goal\'s value is "90", expected a share from 0 to 1'],
	[{ goal: "val_loss<=low" }, 'the goal\'s value is "low"'],
	[{ goal: "val_acc<=0.9" }, "validation.accuracy is a goal from below: use >= or --at-least"],
	[{ goal: "val_err>=0.1" }, "validation.error is a goal from above: use <= or --at-most"],
])("%j: %s", (options, message) => {
	expect(() => goalOf(options, {})).toThrow(SweetspotError);
	expect(() => goalOf(options, {})).toThrow(message);
});
