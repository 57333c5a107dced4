import { expect, test } from "vitest";
import { figuresOf } from "../../src/experiments/gradient-norm/figures.js";
import { comparePaths } from "../../src/experiments/gradient-norm/paths.js";
import type { Result } from "../../src/experiments/gradient-norm/tasks.js";
import { subjectOf } from "../../src/experiments/lab/subjects.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { asked, made } from "./made/gradient-norm.js";

const { conclude, settings, tasks } = asked;

const { plain } = subjectOf(null, "digits");

const verdicts = (results: readonly Result[]) => Object.fromEntries(conclude(results).claims.map(({ id, verdict }) => [id, verdict]));

test("pure noise: the mean shrinks, the sum's square is all but linear, early norms are larger", () => {
	// tr(Σ) = 10⁴·|G|². The sum's slope would be 1, but that the full batch has no noise: refuted even here.
	expect(verdicts(made(1e4, 1e-6))).toEqual({
		C5: "supported",
		C31: "refuted",
		C32a: "supported",
		C32b: "refuted",
		C33: "refuted",
		C34: "supported",
		C35: "refuted",
	});
});

test("no noise: nothing shrinks, and the sum's square is quadratic", () => {
	const found = verdicts(made(0, 0.01));
	expect(found).toMatchObject({ C5: "refuted", C31: "refuted", C32a: "refuted", C33: "refuted" });
});

test("the slope of the sum's square is 2 without noise and 1 with nothing else", () => {
	const { early } = figuresOf(settings, made(0, 1e-6));
	expect(early.slopes.find((slope) => slope.reduction === "sum" && slope.over === "all")?.measured.estimate).toBeCloseTo(2, 10);
	expect(early.slopes.find((slope) => slope.reduction === "mean" && slope.over === "all")?.measured.estimate).toBeCloseTo(0, 10);
});

test("summed gradients at η/B take the averaged ones' path while batches are whole, to the bit where B is a power of two", async () => {
	const task = { kind: "path", workload: plain, learningRate: 0.25, epochs: 1, seed: 0 } as const;
	const gap = async (batchSize: number, lastBatch: "keep" | "drop", share: number) =>
		(await comparePaths({ ...task, batchSize, lastBatch, share }, { read: readBytes })).gap;
	expect(await gap(512, "drop", 1)).toBe(0);
	// Two orders of rounding 6e-8 through ten steps; measured 1e-7.
	expect(await gap(100, "drop", 1)).toBeLessThan(1e-6);
	expect(await gap(100, "keep", 1)).toBeGreaterThan(1e-3);
	expect(await gap(512, "drop", 2)).toBeGreaterThan(0.1);
});

test("tasks are those of the settings: two stages of norms and three comparisons of paths for each seed", () => {
	expect(tasks).toHaveLength(settings.seeds * (2 + 3 * 3));
});
