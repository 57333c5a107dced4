import { expect, test } from "vitest";
import { smallStudy } from "../../test/fixtures/small-findings.js";
import { longerTraining } from "./longer-training.js";

const clause = (...command: readonly string[]): string => longerTraining({ workload: { command, directory: "/", grace: 2 } });

test.each([
	["--epochs 3", ["--batch-size", "{batchSize}", "--epochs", "3"]],
	["--max_steps=500", ["--log-steps=10", "--max_steps=500"]],
	["-n-epochs 20", ["-n-epochs", "20"]],
	["--num-train-epochs 2", ["--num-train-epochs", "2"]],
])("names what says how long the script trains: %s", (named, command) => {
	expect(clause("python3", "train.py", ...command)).toBe(`let the script train for longer (${named}, in workload.command)`);
});

test.each([
	["there is none", []],
	["its value comes from the trial", ["--steps", "{steps}"]],
	["it is about something else", ["--log-steps", "10", "--warmup-epochs", "2"]],
])("names the usual one where %s", (_, command) => {
	expect(clause("python3", "train.py", ...command)).toBe("let the script train for longer (its --epochs or the like, in workload.command)");
});

test("of a trainer that is a function there are no arguments", () => {
	expect(longerTraining(smallStudy)).toBe("let the trainer go on for longer");
});
