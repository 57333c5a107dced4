import { expect, test } from "vitest";
import { sampleTrial } from "../../test/contract/sample-trial.js";
import { SweetspotError } from "../core/errors.js";
import type { FinishedTrial } from "../core/trial.js";
import { FirstFailures } from "./first-failures.js";

const ended = (seedIndex: number, message: string | null): FinishedTrial => {
	const { spec, result } = sampleTrial(seedIndex);
	return { spec, result: { ...result, outcome: message === null ? "missed" : "failed", message } };
};
const syntaxError = (seedIndex: number) => ended(seedIndex, `exit code 1\ntrial ${seedIndex}\nSyntaxError: invalid syntax`);

test("the third trial that fails as the two before is one too many, and the error has the last lines", () => {
	const failures = new FirstFailures(false);
	expect(failures.mayKeep(syntaxError(0))).toBe(false);
	expect(failures.mayKeep(syntaxError(1))).toBe(false);
	const error = (() => {
		try {
			failures.mayKeep(syntaxError(2));
		} catch (thrown) {
			return thrown;
		}
	})();
	expect(error).toBeInstanceOf(SweetspotError);
	expect((error as SweetspotError).code).toBe("trainer/failing");
	expect((error as SweetspotError).detail).toBe(
		"the first 3 trials failed, each so: exit code 1\n  trial 2\n  SyntaxError: invalid syntax",
	);
});

test("one long trial is enough where it reported, and never the goal's metric", () => {
	const { spec: sample, result } = sampleTrial(0);
	const spec = { ...sample, cap: 50 };
	const message = "it reached its limit of 50 steps without having reported f1; it reported train.loss, auc";
	const lacking: FinishedTrial = { spec, result: { ...result, outcome: "missed", evaluations: [], message } };
	expect(() => new FirstFailures(false).mayKeep(lacking)).toThrow(`nothing to check the goal on: ${message}`);
	const short = new FirstFailures(false, ({ spec }) => spec.cap > 1000);
	expect(short.mayKeep(lacking)).toBe(false);
	expect(short.mayKeep({ ...lacking, result: { ...lacking.result, outcome: "diverged", message: "train.loss became NaN" } })).toBe(true);
	expect(() => short.mayKeep({ ...lacking, spec: { ...spec, cap: 1001 } })).toThrow("nothing to check the goal on");
	const failures = new FirstFailures(false);
	failures.mayKeep(ended(1, null));
	expect(failures.mayKeep(lacking)).toBe(true);
});

test("numbers and quoted values differ from trial to trial: it counts as the same way", () => {
	const failures = new FirstFailures(false);
	const percent = (seedIndex: number) => ended(seedIndex, `validation.accuracy is "${seedIndex}2.9 %", expected a share from 0 to 1`);
	expect(failures.mayKeep(percent(0))).toBe(false);
	expect(failures.mayKeep(percent(1))).toBe(false);
	expect(() => failures.mayKeep(percent(2))).toThrow(
		'the first 3 trials failed, all in this way, the last so: validation.accuracy is "22.9 %", expected a share from 0 to 1',
	);
});

test.each([
	["a trial that doesn't fail", ended(2, null)],
	["a trial that fails in another way", ended(2, "exit code 2\nSyntaxError: invalid syntax")],
])("%s lets those before it be kept, and all that follow", (_, other) => {
	const failures = new FirstFailures(false);
	failures.mayKeep(syntaxError(0));
	failures.mayKeep(syntaxError(1));
	expect(failures.mayKeep(other)).toBe(true);
	for (let i = 3; i < 9; i++) expect(failures.mayKeep(syntaxError(i))).toBe(true);
});

test("a study that has trials keeps every new one", () => {
	const begun = new FirstFailures(true);
	for (let i = 0; i < 5; i++) expect(begun.mayKeep(syntaxError(i))).toBe(true);
});
