import { describe, expect, test } from "vitest";
import { canvasOf, textsOf } from "../../test/fixtures/canvas.js";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { mapCells, rateMap } from "./rate-map.js";

describe("mapCells", () => {
	const { tradeoff } = exampleStudy("one missing").findings;
	const cells = mapCells(tradeoff);

	test("has one cell for each rate tuned at each size, one of them the best where the goal was reached", () => {
		expect(cells).toHaveLength(tradeoff.reduce((sum, row) => sum + row.rates.filter((rate) => rate.phase === "tuning").length, 0));
		for (const row of tradeoff) {
			const best = cells.filter((cell) => cell.batchSize === row.batchSize && cell.state === "best");
			expect(best.map((cell) => cell.learningRate)).toEqual(row.learningRate === null ? [] : [row.learningRate]);
		}
	});

	test("relates every median to its column's least", () => {
		for (const row of tradeoff.slice(0, -1)) {
			const ratios = cells.filter((cell) => cell.batchSize === row.batchSize && cell.ratio !== null).map((cell) => cell.ratio ?? 0);
			expect(Math.min(...ratios)).toBe(1);
		}
	});

	test("flags the optimum at the edge", () => {
		expect(cells.filter((cell) => cell.atEdge).map((cell) => cell.batchSize)).toEqual([512]);
	});
});

describe("rateMap", () => {
	test("gives every state a sign that needs no colour", () => {
		const texts = textsOf(rateMap(canvasOf(), exampleStudy("one missing").findings));
		for (const sign of ["★", "–", "×", "○"]) expect(texts).toContain(sign);
		expect(texts.filter((text) => text === "★")).toHaveLength(11 + 1); // a column each, and the key
		for (const name of ["best rate", "diverged", "missed the goal", "at the edge of the range"]) expect(texts).toContain(name);
	});

	test("explains only the signs that occur", () => {
		const texts = textsOf(rateMap(canvasOf(), exampleStudy("not reached").findings));
		expect(texts).not.toContain("best rate");
		expect(texts).toContain("missed the goal");
	});

	test("stars a best rate that the tuning runs had dropped, on the accent", () => {
		const { findings } = exampleStudy();
		const tradeoff = findings.tradeoff.map((row) => ({
			...row,
			rates: row.rates.map((rate) =>
				rate.learningRate === row.learningRate ? { ...rate, state: "dropped" as const, medianSteps: null } : rate,
			),
		}));
		const svg = rateMap(canvasOf(), { ...findings, tradeoff });
		expect([...svg.querySelectorAll('g[aria-label="cell"] rect[fill-opacity="1"]')]).toHaveLength(12);
	});

	test("stars a rate that was reported without having been tuned, as it lies between two that were", () => {
		const { findings } = exampleStudy();
		const tradeoff = findings.tradeoff.map((row) => ({
			...row,
			rates: row.rates.map((rate) => (rate.learningRate === row.learningRate ? { ...rate, phase: "reporting" as const } : rate)),
		}));
		const best = mapCells(tradeoff).filter((cell) => cell.state === "best");
		expect(best.map(({ batchSize }) => batchSize)).toEqual(tradeoff.map(({ batchSize }) => batchSize));
		expect(best.every(({ ratio }) => ratio === null)).toBe(true); // other seeds than those it would be held against
		expect(textsOf(rateMap(canvasOf(), { ...findings, tradeoff })).filter((text) => text === "★")).toHaveLength(12 + 1);
	});

	test("never borrows the batch sizes' colours", () => {
		expect(rateMap(canvasOf(), exampleStudy().findings).outerHTML).not.toContain("--batch");
	});
});
