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

/** A place on a trunk, for trainings of twice its steps and more. */
const branch = (batchSize: number, step: number, bytes = 10): Continuation => ({ ...left(batchSize, step, bytes), leastCap: 2 * step });

test("several trials go on from a trunk, each from the furthest place that fits its length", () => {
	const continuations = new Continuations();
	const [near, far] = [branch(8, 5), branch(8, 50)];
	for (const one of [far, near]) continuations.keep(one);
	expect([9, 10, 99, 100, 100, 10].map((cap) => continuations.take(rung(8, cap)))).toEqual([undefined, near, near, far, far, near]);
});

test("where memory is short, places on a trunk that have a later one are dropped first", () => {
	const continuations = new Continuations(35);
	for (const one of [left(1, 5), branch(2, 5), branch(2, 50), left(3, 5)]) continuations.keep(one);
	expect([1, 3].map((size) => continuations.find(rung(size, 10))?.step)).toEqual([5, 5]);
	expect([20, 200].map((cap) => continuations.find(rung(2, cap))?.step)).toEqual([undefined, 50]);
});
