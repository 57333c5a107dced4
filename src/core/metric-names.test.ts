import { describe, expect, test } from "vitest";
import { isKnownError, isKnownShare, whatIsWrongWithOwnName } from "./metric-names.js";

describe("the name of a metric of the user's own", () => {
	test.each(["f1", "F1", "validation.f1", "eval/auc", "recall@10", "perplexity", "return", "loss", "accuracy", "val/top-5", "token.error"])(
		"may be %s",
		(name) => expect(whatIsWrongWithOwnName(name)).toBeNull(),
	);

	test.each([
		["", "can't name a metric"],
		["1st", "a letter first"],
		["f1 macro", "can't name a metric"],
		["f1,auc", "can't name a metric"],
		["f1..a", "can't name a metric"],
		["x".repeat(65), "up to 64 letters"],
		["step", "is the name of something else here: give the metric another, such as my_step"],
		["batch_size", "is the name of something else"],
		["distance.2", "is the name of something else"],
		["constructor", "is the name of something else"],
		["val_acc", "write `validation.accuracy`"],
		["eval/loss", "write `validation.loss`"],
		["test.error", "is 1 − test.accuracy"],
		["validatin.accuracy", "did you mean `validation.accuracy`?"],
	])("can't be %j: %s", (name, message) => expect(whatIsWrongWithOwnName(name)).toContain(message));

	test("shares and errors are known ones alone", () => {
		expect(["validation.accuracy", "accuracy", "my.accuracy"].map(isKnownShare)).toEqual([true, false, false]);
		expect(["validation.error", "token.error"].map(isKnownError)).toEqual([true, false]);
	});
});
