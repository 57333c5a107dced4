import { describe, expect, test } from "vitest";
import type { Outcome } from "../../core/trial.js";
import { failedResult } from "../../executors/failed.js";
import { remedyFor } from "./remedy.js";

const written = ["python3", "train.py"];

function remedy(outcome: Outcome, message: string | null, printed: readonly string[] = []): string {
	const result = { ...failedResult(message), outcome };
	return remedyFor({ result, printed, command: ["python3", "train.py", "--lr", "0.5"] }, written, { seconds: 60 });
}

describe("what would make metrics arrive", () => {
	test.each([
		["train.py: error: the following arguments are required: --data, --model", "--data …"],
		["train.py: error: the following arguments are required: folder", "…"],
		["Error: Missing option '--data'.", "--data …"],
		["Error: Missing argument 'FOLDER'.", "…"],
	])("where it says %s: what it needs", (line, end) => {
		expect(remedy("failed", "exit code 2", ["usage: train.py", line])).toBe(
			`put what it needs behind \`--\`: \`sweetspot init -- python3 train.py ${end}\``,
		);
	});

	test("where it fails: another script, even if it printed something before", () => {
		expect(remedy("failed", "exit code 1\nValueError: no", ["ValueError: no"])).toBe(
			"correct the script: it fails when it is run as `python3 train.py --lr 0.5`",
		);
		expect(remedy("failed", "it was ended by SIGSEGV")).toContain("correct the script");
		expect(remedy("out of memory", "CUDA out of memory")).toContain("less memory");
	});

	test("where what it says is wrong: that", () => {
		expect(remedy("failed", "validation.accuracy is 91 at step 20, expected a share from 0 to 1")).toBe(
			"correct what it reports: validation.accuracy is 91 at step 20, expected a share from 0 to 1",
		);
	});

	test("where it says nothing: lines that can be read, and more time where it ran out of it", () => {
		const silent = remedy("failed", "the script ended without having reported validation.accuracy");
		expect(silent).toMatch(/^let it print lines such as "step 100 val_acc=0.91"/);
		expect(silent).not.toContain("--seconds");
		expect(remedy("timed out", "longer than 60 s at step 0")).toContain("--seconds 300");
	});
});
