import { expect, test } from "vitest";
import { allocateActivation } from "../activation.js";
import { Arena } from "../arena.js";
import { instantiateKernels } from "../kernels.js";
import { SoftmaxCrossEntropy } from "./softmax-cross-entropy.js";

function run(rows: readonly (readonly number[])[], labels: readonly number[], divisor = 1) {
	const arena = new Arena();
	const width = rows[0].length;
	const logits = allocateActivation(arena, width, rows.length, true);
	const floats = logits.stride / 4;
	const at = (pointer: number) => new Float32Array(arena.memory.buffer, pointer, rows.length * floats);
	const loss = new SoftmaxCrossEntropy(instantiateKernels(arena.memory), logits, arena, rows.length);
	const labelBlock = arena.integers(rows.length);
	for (const [i, row] of rows.entries()) at(logits.values).set(row, i * floats);
	labelBlock.view.set(labels);
	loss.differentiate(rows.length, labelBlock.pointer, divisor);
	const gradient = rows.map((_, i) => [...at(logits.gradient).subarray(i * floats, i * floats + width)]);
	const padding = rows.flatMap((_, i) => [...at(logits.gradient).subarray(i * floats + width, (i + 1) * floats)]);
	const [total, correct] = loss.totals.view;
	loss.evaluate(rows.length, labelBlock.pointer);
	expect([...loss.totals.view]).toEqual([total, correct]); // with the gradient or without
	return { total, correct, gradient, padding };
}

test("equal logits: log C, and a gradient of 1/C − [j = y]", () => {
	const { total, gradient, padding } = run([[3, 3, 3, 3, 3]], [2]);
	expect(total).toBeCloseTo(Math.log(5), 6);
	for (const [j, g] of gradient[0].entries()) expect(g).toBeCloseTo(0.2 - (j === 2 ? 1 : 0), 7);
	expect(padding).toEqual([0, 0, 0]);
});

test.each([2, 3, 4, 5, 8, 9, 10, 33])("%i classes: the closed form, row by row", (classes) => {
	const rows = Array.from({ length: 7 }, (_, i) => Array.from({ length: classes }, (_, j) => 4 * Math.sin(3 * i + 2 * j)));
	const labels = rows.map((_, i) => i % classes);
	const { total, correct, gradient } = run(rows, labels, 7);
	const sums = rows.map((row) => row.reduce((sum, z) => sum + Math.exp(z), 0));
	expect(total).toBeCloseTo(
		rows.reduce((sum, row, i) => sum + Math.log(sums[i]) - row[labels[i]], 0),
		5,
	);
	expect(correct).toBe(rows.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]).length);
	for (const [i, row] of rows.entries())
		for (const [j, z] of row.entries()) expect(gradient[i][j]).toBeCloseTo((Math.exp(z) / sums[i] - (j === labels[i] ? 1 : 0)) / 7, 7);
});

test("huge logits neither overflow nor lose the loss", () => {
	const { total, gradient } = run([[3e38, -3e38, 0]], [0]);
	expect(total).toBe(0);
	expect(gradient[0]).toEqual([0, 0, 0]);
	const wrong = run([[1e4, -1e4, 0]], [1]);
	expect(wrong.total).toBe(2e4);
	expect(wrong.gradient[0]).toEqual([1, -1, 0]);
});

test("gradients are normal numbers or zero, never denormal", () => {
	const rows = Array.from({ length: 120 }, (_, i) => [0, -i, -i / 2]);
	for (const g of run(
		rows,
		rows.map(() => 0),
		1000,
	).gradient.flat())
		expect(g === 0 || Math.abs(g) > 2 ** -100).toBe(true);
});

test("of equal largest logits the first counts", () => {
	expect(run([[1, 5, 5, 0, 5]], [1]).correct).toBe(1);
	expect(run([[1, 5, 5, 0, 5]], [2]).correct).toBe(0);
	expect(run([[0, 0, 0, 0, 5]], [4]).correct).toBe(1);
});

test("what is not a number shows in the loss, and never counts as correct", () => {
	for (const bad of [Number.NaN, Infinity])
		for (const place of [0, 1, 4, 6]) {
			const row = [1, 2, 3, 4, 5, 6, 7];
			row[place] = bad;
			expect(run([row], [0]).total).toBeNaN();
		}
	expect(run([[Number.NaN, 1]], [0]).correct).toBe(0);
	expect(run([[0, -Infinity]], [0]).total).toBe(0);
});
