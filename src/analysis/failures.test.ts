import { expect, test } from "vitest";
import { sampleTrial } from "../../test/contract/sample-trial.js";
import type { FinishedTrial } from "../core/trial.js";
import { failureOf } from "./failures.js";

const failed = (message: string): FinishedTrial => {
	const { spec, result } = sampleTrial(0);
	return { spec, result: { ...result, outcome: "failed", message } };
};

test("the commonest failure, numbers aside, as it was reported last, with the line that mostly says why", () => {
	const trials = [
		failed("validation.accuracy is 32.9 at step 1, expected a share from 0 to 1"),
		failed("exit code 1\nTraceback\nImportError: no module named torch"),
		failed("validation.accuracy is 41.5 at step 1, expected a share from 0 to 1"),
	];
	expect(failureOf(trials)).toEqual({
		trials: 3,
		alike: 2,
		how: "validation.accuracy is 41.5 at step 1, expected a share from 0 to 1",
	});
	expect(failureOf([trials[1]])?.how).toBe("exit code 1: ImportError: no module named torch");
});

test("none where one trial has a result, and none where there are no trials", () => {
	expect(failureOf([failed("exit code 1"), sampleTrial(1)])).toBeNull();
	expect(failureOf([])).toBeNull();
});
