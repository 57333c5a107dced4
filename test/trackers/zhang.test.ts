import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fitCurve } from "../../src/analysis/fit.js";
import { readTable } from "../../src/data/csv/reader.js";

/**
 * Zhang et al., ICLR 2025 (arXiv:2410.21676): the least step at which a language model's loss is below a goal, by batch size, as printed
 * in plots/chinchilla.ipynb of hlzhang109/critical-batch-size. They define the critical batch size as the one that needs 20 % more
 * examples than B = 256 does, and find that it grows with the tokens as D^0.462 to D^0.47.
 */
const table = readTable(
	new Uint8Array(readFileSync(new URL("../fixtures/trackers/zhang-2024.csv", import.meta.url))),
	"zhang-2024.csv",
	null,
);
const rows = [...table.rows];
const models = [...new Set(rows.map(({ fields }) => fields[0]))];

/** The reference size of the 20 % rule. */
const reference = 256;

const fits = models.map((model) => {
	const own = rows.filter(({ fields }) => fields[0] === model);
	const sizes = own.map(({ fields: [, , , batchSize, steps] }) => ({
		batchSize: Number(batchSize),
		runs: [{ seed: 0, after: Number(steps) - 1, step: Number(steps) }],
	}));
	const { criticalBatchSize } = fitCurve(sizes, 1);
	return { tokens: Number(own[0].fields[2]), critical: criticalBatchSize.estimate ?? Number.NaN };
});

test("B_crit of the hyperbola is what it was", () => {
	// Each within the rounding of the published steps: two to four digits.
	for (const [i, expected] of [2236, 5433, 11141].entries()) expect(Math.abs(fits[i].critical / expected - 1)).toBeLessThan(0.005);
});

test("the size with 20 % more examples than B = 256 grows as the tokens to the power of 0.46 ± 0.02", () => {
	// E(B) = E_min (1 + B/B_crit); E(B*) = 1.2 E(256) gives B* = 0.2 B_crit + 1.2 · 256.
	const points = fits.map(({ tokens, critical }) => ({ x: Math.log(tokens), y: Math.log(0.2 * critical + 1.2 * reference) }));
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
	const slope = mean(points.map((point) => (point.x - x) * (point.y - y))) / mean(points.map((point) => (point.x - x) ** 2));
	expect(Math.abs(slope - 0.46)).toBeLessThan(0.02);
});
