import { expect, test } from "vitest";
import { closedFormStudy } from "../../test/fixtures/closed-form.js";
import { harmonicBatch, unevenBatch } from "./examples-per-step.js";
import type { Study } from "./study.js";

/** The same by the definition: every batch of an epoch, one after the other. */
function slowly(batchSize: number, examples: number): number {
	const batches: number[] = [];
	for (let left = examples; left > 0; left -= batchSize) batches.push(Math.min(left, batchSize));
	return batches.length / batches.reduce((sum, count) => sum + 1 / count, 0);
}

test("examples of a step are the harmonic mean over an epoch", () => {
	for (const [batchSize, examples] of [
		[1, 7],
		[512, 1087],
		[1024, 1087],
		[1087, 1087],
		[32, 1088],
		[100, 50_000],
	])
		expect(harmonicBatch(batchSize, examples)).toBeCloseTo(slowly(batchSize, examples), 9);
});

test("sizes that partial batches make another size are found; none where the last batch is dropped", () => {
	const of = (lastBatch: "keep" | "drop") => {
		const { workload, ...rest } = closedFormStudy(1087);
		return { ...rest, workload: { ...workload, lastBatch } } as Study;
	};
	const uneven = (study: Study) => [1, 32, 64, 128, 256, 512, 1024, 1087].filter((batchSize) => unevenBatch(batchSize, study) !== null);
	expect(uneven(of("keep"))).toEqual([128, 256, 512, 1024]);
	expect(uneven(of("drop"))).toEqual([]);
	expect(unevenBatch(1024, of("keep"))).toBeCloseTo(118.7, 1);
});
