import { expect, test } from "vitest";
import type { Continuation } from "../../core/continuation.js";
import { given, received, sent } from "./sent-continuation.js";

const continuation = (run: string, bytes: number): Continuation => ({
	run,
	step: 3,
	examples: 24,
	evaluations: [{ step: 3, examples: 24, metrics: { "validation.loss": 0.1 + 0.2 } }],
	saved: Uint8Array.from({ length: bytes }, (_, i) => i % 251),
});

test("a continuation is the same after it was sent as JSON", () => {
	const one = continuation("a", 1000);
	expect(received(JSON.parse(JSON.stringify(sent(one))) as ReturnType<typeof sent>)).toEqual(one);
});

test("a job is given what there is room for, more where a folder is shared", () => {
	const many = [continuation("a", 2 ** 19), continuation("b", 2 ** 20), continuation("c", 2 ** 19)];
	expect(given(many, false).map(({ run }) => run)).toEqual(["a", "c"]);
	expect(given(many, true).map(({ run }) => run)).toEqual(["a", "b", "c"]);
});
