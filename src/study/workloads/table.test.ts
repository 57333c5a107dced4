import { describe, expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import {
	hashedWorkload,
	isStream,
	kindName,
	reportsWholeEpochs,
	scheduleOf,
	sourceOf,
	traitsOf,
	type Workload,
	workloadName,
} from "./table.js";

const network = closedFormStudy(100).workload;
const descent = { sampler: "reshuffle", lastBatch: "keep", optimizer: { name: "sgd", momentum: 0.9 } } as const;
const oracle = { data: { name: "quadratic", dimensions: 2, condition: 1, noise: 1, examples: 10 }, ...descent } as const;
const module = { trainer: "/here/train.mjs", examples: 100 };
const metrics = { epoch: { pattern: "epoch ([0-9]+)", from: 1 }, "train.loss": { pattern: "loss ([0-9.]+)", scale: 1 } } as const;
const script = { command: ["python3", "train.py"], directory: "/here", grace: 2, metrics, retry: [3] };
const imported = { imported: { file: "runs.csv", phases: true } };

describe("a workload is known by its keys", () => {
	test.each<[Workload, string, string]>([
		[network, "network", "digits"],
		[oracle, "oracle", "quadratic"],
		[module, "function", "/here/train.mjs"],
		[script, "command", "python3 train.py"],
	])("%j", (workload, name, words) => {
		expect(kindName(workload)).toBe(name);
		expect(workloadName(workload)).toBe(words);
		expect(traitsOf(workload).isTrainable).toBe(true);
	});

	test("runs that were made elsewhere cannot be trained", () => {
		expect(traitsOf(imported)).toMatchObject({ isTrainable: false, looks: "given" });
		expect(workloadName(imported)).toBe("runs.csv");
	});
});

test("where files lie is no part of the hash", () => {
	const csv = {
		...descent,
		data: { name: "csv", file: "/here/a.csv", label: "y", split: null, normalize: "none", separator: null },
	} as const;
	const table = { ...csv, model: [], init: "he-normal", loss: "softmax-cross-entropy", reduction: "mean" } as const;
	const { file: _, ...data } = table.data;
	expect(hashedWorkload(table)).toEqual({ ...table, data });
	expect(hashedWorkload(module)).toEqual({ examples: 100 });
	expect(hashedWorkload(script)).toEqual({ command: script.command, metrics });
	expect(hashedWorkload(imported)).toEqual({ imported: { phases: true } });
	expect(hashedWorkload(oracle)).toEqual(oracle);
});

test("only our own loop has a source and a schedule, only a script reports whole epochs, only the quadratic is a stream", () => {
	expect([network, oracle, module, script, imported].map((workload) => sourceOf(workload)?.name ?? null)).toEqual([
		"digits",
		"quadratic",
		null,
		null,
		null,
	]);
	expect([network, oracle, module, script, imported].map(isStream)).toEqual([false, true, false, false, false]);
	expect([network, oracle, module, script, imported].map(reportsWholeEpochs)).toEqual([false, false, false, true, false]);
	expect(scheduleOf({ ...oracle, schedule: { warmUp: { steps: 3 } } })).toEqual({ warmUp: { steps: 3 } });
	expect(scheduleOf(script)).toBeUndefined();
});
