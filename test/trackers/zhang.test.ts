import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Estimate } from "../../src/analysis/findings.js";
import { overheadSize } from "../../src/analysis/overhead.js";
import { readTable } from "../../src/data/csv/reader.js";
import { Workplace } from "../e2e/sweetspot.js";

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

const place = new Workplace();
afterAll(() => place.remove());

interface Fit {
	readonly criticalBatchSize: Estimate;
	readonly overhead: { readonly reference: number; readonly batchSize: Estimate };
}

/** `sweetspot import` of a model's rows, each as a run that was above the goal one step before. Sequences have 512 tokens. */
async function importedFit(model: string): Promise<{ readonly tokens: number; readonly fit: Fit; readonly report: string }> {
	const own = rows.filter(({ fields }) => fields[0] === model);
	const [, goal, billions] = own[0].fields;
	const lines = own.flatMap(({ fields: [, , , batchSize, steps] }) => [
		`${batchSize},0.01,1,${Number(steps) - 1},${Number(goal) + 0.001}`,
		`${batchSize},0.01,1,${steps},${goal}`,
	]);
	place.write(`${model}.csv`, `batch_size,lr,seed,step,val_loss\n${lines.join("\n")}\n`);
	const tokens = 1e9 * Number(billions);
	const flags = ["--goal", `validation.loss<=${goal}`, "--window", "1", "--examples", String(Math.round(tokens / 512)), "--json"];
	const { code, stdout, stderr } = await place.start(["import", `${model}.csv`, ...flags]);
	if (stdout === "") throw new Error(`${code}: ${stderr}`);
	const { study, fit } = JSON.parse(stdout) as { readonly study: { readonly id: string }; readonly fit: Fit };
	await place.start(["report", study.id, "--format", "md", "--out", `${model}.md`]);
	return { tokens, fit, report: readFileSync(join(place.folder, `${model}.md`), "utf8") };
}
/** One after the other: they share a store. */
const imported = (async () => {
	const fits = [];
	for (const model of models) fits.push(await importedFit(model));
	return fits;
})();

test("B_crit of the hyperbola is what it was", async () => {
	// Each within the rounding of the published steps: two to four digits.
	for (const [i, { fit }] of (await imported).entries())
		expect(Math.abs((fit.criticalBatchSize.estimate ?? Number.NaN) / [2236, 5433, 11141][i] - 1)).toBeLessThan(0.005);
});

test("the size with 20 % more examples than B = 256 grows as the tokens to the power of 0.46 ± 0.02", async () => {
	const points = (await imported).map(({ tokens, fit }) => ({
		x: Math.log(tokens),
		y: Math.log(overheadSize(fit.criticalBatchSize, reference).estimate ?? Number.NaN),
	}));
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
	const slope = mean(points.map((point) => (point.x - x) * (point.y - y))) / mean(points.map((point) => (point.x - x) ** 2));
	expect(Math.abs(slope - 0.46)).toBeLessThan(0.02);
});

test("both definitions are in the answer, each with its name", async () => {
	for (const { fit, report } of await imported) {
		const { estimate } = fit.criticalBatchSize;
		expect(fit.overhead.reference).toBe(64);
		expect(fit.overhead.batchSize.estimate).toBeCloseTo(0.2 * (estimate ?? Number.NaN) + 1.2 * 64, 6);
		expect(report).toContain("twice the least examples (McCandlish et al. 2018)");
		expect(report).toContain("needs 20 % more examples than a reference: with batch size 64 as the reference that is");
	}
});
