import { expect, test } from "vitest";
import { trialSpec } from "../../test/fixtures/oracle-study.js";
import { type Continuation, Continuations } from "./continuation.js";
import { trialRunKey } from "./trial.js";

const rung = (batchSize: number, cap: number) => trialSpec({ phase: "ladder", batchSize, learningRate: 1, seed: 0, cap });
const left = (batchSize: number, step: number, bytes = 10): Continuation => ({
	run: trialRunKey(rung(batchSize, 0)),
	step,
	examples: step * batchSize,
	evaluations: [],
	saved: new Uint8Array(bytes),
});

test("a run is continued by a trial of its own with a higher cap, and then no longer kept", () => {
	const continuations = new Continuations();
	const kept = left(8, 5);
	continuations.keep(kept);
	expect(continuations.take(rung(16, 10))).toBeUndefined();
	expect(continuations.take(rung(8, 4))).toBeUndefined();
	expect(continuations.take(rung(8, 10))).toBe(kept);
	expect(continuations.take(rung(8, 10))).toBeUndefined();
});

test("where memory is short, the run that has waited longest begins anew", () => {
	const continuations = new Continuations(25);
	for (const size of [1, 2, 1, 3]) continuations.keep(left(size, 5));
	expect([1, 2, 3].map((size) => continuations.take(rung(size, 10)) !== undefined)).toEqual([true, false, true]);
});
