import { describe, expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import type { OutputPatterns } from "../workloads/command/workload.js";
import { capsOf } from "./caps.js";

const number = (pattern: string) => ({ pattern, scale: 1 });
const counter = (pattern: string) => ({ pattern, from: 1 }) as const;
const printing = (metrics: OutputPatterns | undefined) =>
	closedFormStudy(1500, {
		workload: { command: ["python3", "train.py"], examples: 1500, directory: "/", grace: 2, ...(metrics && { metrics }) },
		limits: { epochs: 3, steps: 100, seconds: null },
	});
const accuracy = { "validation.accuracy": number("acc ([0-9.]+)") };

describe("a script that counts whole epochs alone", () => {
	const caps = capsOf(printing({ ...accuracy, epoch: counter("Epoch ([0-9]+)") }), 32); // 47 steps an epoch

	test("is ended with the epoch that its steps lie in, within the limits", () => {
		expect(caps.limit).toBe(141);
		expect([0.5, 1, 8, 47, 48, 94, 100, 141, 500].map(caps.lookAt)).toEqual([47, 47, 47, 47, 94, 94, 141, 141, 141]);
	});

	test("can be ahead only by a whole epoch", () => {
		expect([47, 94, 141].map(caps.before)).toEqual([0, 47, 94]);
	});

	test("never goes beyond a limit that ends within an epoch", () => {
		const large = capsOf(printing({ ...accuracy, epoch: counter("Epoch (\\d+)/") }), 500); // 3 steps an epoch, and 100 at most
		expect(large.limit).toBe(99);
		expect(large.lookAt(100)).toBe(99);
	});
});

test.each<[string, OutputPatterns | undefined]>([
	["counts steps", { ...accuracy, step: counter("step ([0-9]+)") }],
	["counts steps in addition to its epochs", { ...accuracy, epoch: counter("Epoch ([0-9]+)"), step: counter("step ([0-9]+)") }],
	["counts examples in addition to its epochs", { ...accuracy, epoch: counter("Epoch ([0-9]+)"), examples: counter("seen ([0-9]+)") }],
	["reports parts of epochs", { ...accuracy, epoch: counter("epoch ([0-9.]+)") }],
	["speaks the protocol", undefined],
])("a script that %s is ended at looks, as networks of ours are", (_, metrics) => {
	const caps = capsOf(printing(metrics), 32);
	const own = capsOf(closedFormStudy(1500, { limits: { epochs: 3, steps: 100, seconds: null } }), 32);
	expect(caps.limit).toBe(own.limit);
	for (const steps of [0, 1, 8, 33, 100, 141])
		expect([caps.lookAt(steps), caps.before(steps)]).toEqual([own.lookAt(steps), own.before(steps)]);
	expect([33, 100].map(own.lookAt)).toEqual([33, 97]);
	expect([1, 33].map(own.before)).toEqual([0, 32]);
});
