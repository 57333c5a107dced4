import { expect, test } from "vitest";
import type { Json } from "../../src/core/canonical.js";
import { gradientNorm } from "../../src/experiments/gradient-norm/gradient-norm.js";
import { expectedSquare } from "../../src/experiments/gradient-norm/norms.js";
import { comparePaths } from "../../src/experiments/gradient-norm/paths.js";
import type { Result, Settings } from "../../src/experiments/gradient-norm/settings.js";
import { subjectOf } from "../../src/experiments/lab/subjects.js";
import { readBytes } from "../../src/trainers/read-bytes.js";

const settings = gradientNorm.settings({ size: "quick", seed: 0, data: null }) as unknown as Settings;
const { plain } = subjectOf(null, "digits");

/** Norms that are the closed form itself, of a gradient with this noise; each seed a little stronger, and weaker late. */
const made = (variance: number, gap: number): readonly Result[] => [
	...settings.epochs.flatMap((epochs) =>
		Array.from({ length: settings.seeds }, (_, seed): Result => {
			const scale = (1 + seed / 100) * (epochs === 2 ? 4 : 1);
			const moments = { signal: scale, variance: variance * scale };
			const sizes = settings.batchSizes.map((batchSize) => {
				const meanSquare = expectedSquare(moments, batchSize, 1087);
				return { batchSize, mean: Math.sqrt(meanSquare), deviation: 0, meanSquare };
			});
			return { kind: "norms", norms: { epochs, moments, sizes } };
		}),
	),
	...settings.paths.batchSizes.flatMap((batchSize) =>
		Array.from({ length: settings.seeds }, (_, seed) => seed).flatMap((seed): Result[] => [
			{ kind: "path", path: { batchSize, lastBatch: "drop", share: 1, gap: gap * (1 + seed / 10) } },
			{ kind: "path", path: { batchSize, lastBatch: "keep", share: 1, gap: 0.1 + seed / 100 } },
			{ kind: "path", path: { batchSize, lastBatch: "drop", share: 2, gap: 0.5 + seed / 100 } },
		]),
	),
];

const verdicts = (results: readonly Result[]) =>
	Object.fromEntries(
		gradientNorm
			.conclude(settings as unknown as Json, results as unknown as readonly Json[])
			.claims.map(({ id, verdict }) => [id, verdict]),
	);

test("pure noise: the mean shrinks, the sum's square is all but linear, early norms are larger", () => {
	// tr(Σ) = 10⁴·|G|². The sum's slope would be 1, but that the full batch has no noise: refuted even here.
	expect(verdicts(made(1e4, 1e-6))).toEqual({
		C5: "supported",
		C31: "refuted",
		C32: "supported",
		C33: "refuted",
		C34: "supported",
		C35: "supported",
	});
});

test("no noise: nothing shrinks, and the sum's square is quadratic", () => {
	const found = verdicts(made(0, 0.01));
	expect(found).toMatchObject({ C5: "refuted", C31: "refuted", C32: "refuted", C33: "refuted" });
});

test("the slope of the sum's square is 2 without noise and 1 with nothing else", () => {
	const { results } = gradientNorm.conclude(settings as unknown as Json, made(0, 1e-6) as unknown as readonly Json[]);
	const { early } = results as unknown as { early: { slopes: { reduction: string; over: string; measured: { estimate: number } }[] } };
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
	expect(gradientNorm.tasks(settings as unknown as Json)).toHaveLength(settings.seeds * (2 + 3 * 3));
});
