import { describe, expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { nothingReached, smallFindings, storedStudy } from "../../test/fixtures/small-findings.js";
import { viewWith } from "../../test/fixtures/view.js";

const variants = ["found", "one missing", "undecided", "not reached"] as const;

describe("viewOf", () => {
	test.each(variants)("JSON holds the view of a study that is %s without loss", (variant) => {
		const view = viewWith(exampleStudy(variant));
		const text = JSON.stringify(view);
		expect(JSON.parse(text)).toStrictEqual(view);
		expect(text).not.toMatch(/NaN|Infinity|undefined/);
	});

	test("a number that JSON has no word for would be noticed", () => {
		const view = viewWith({ stored: { ...storedStudy, seconds: Number.POSITIVE_INFINITY }, findings: smallFindings() });
		expect(JSON.parse(JSON.stringify(view))).not.toStrictEqual(view);
	});

	test("has a row and at most twelve curves for each batch size", () => {
		const { words, curves, stored } = viewWith(exampleStudy());
		expect(words.sizes.rows.map(({ batchSize }) => batchSize)).toEqual(stored.study.batchSizes);
		for (const size of stored.study.batchSizes) expect(curves.filter(({ batchSize }) => batchSize === size)).toHaveLength(7);
		expect(words.sizes.rows.filter(({ chosen }) => chosen).map(({ batchSize }) => batchSize)).toEqual([32]);
	});

	test("where every trial failed that is the verdict, and no objective recommends anything", () => {
		const findings = smallFindings({
			recommendation: { ...nothingReached, verdict: "undecided" },
			failure: { trials: 3, alike: 3, how: "exit code 1" },
		});
		const { words } = viewWith({ stored: storedStudy, findings });
		expect(words.verdict).toBe("every trial failed");
		expect(words.answer).toEqual(["All 3 trials failed: exit code 1."]);
		expect(words.objectives).toBeNull();
	});

	test("equal studies give equal digests unless a clock, a failure or a library took part", () => {
		const { stored, findings, trials } = exampleStudy();
		const reproducible = (change: Partial<(typeof trials)[number]["result"]>) =>
			viewWith({
				stored,
				findings,
				trials: trials.map(({ spec, result }, i) => ({ spec, result: i === 0 ? { ...result, ...change } : result })),
			}).reproducible;
		expect(reproducible({})).toBe(true);
		expect(reproducible({ outcome: "timed out" })).toBe(false);
		expect(reproducible({ outcome: "failed" })).toBe(false);
		expect(reproducible({ backend: "OpenBLAS 0.3.21" })).toBe(false);
	});
});
