import { describe, expect, test } from "vitest";
import { Rng } from "../../core/rng.js";
import { allocateActivation } from "../activation.js";
import { Arena } from "../arena.js";
import { instantiateKernels } from "../kernels.js";
import { LayerState } from "../layer-state.js";
import { Dropout, dropoutStateWords } from "./dropout.js";

function setUp(rate: number, width: number, rows: number) {
	const arena = new Arena();
	const input = allocateActivation(arena, width, rows, true);
	const output = allocateActivation(arena, width, rows, true);
	const state = new LayerState(arena, dropoutStateWords).take(dropoutStateWords);
	const layer = new Dropout(instantiateKernels(arena.memory), input, output, state, arena.allocate(4 * dropoutStateWords), rate);
	const floats = (pointer: number) => new Float32Array(arena.memory.buffer, pointer, (rows * input.stride) / 4);
	layer.initialize(Rng.fromSeed(5));
	floats(input.values).fill(1);
	floats(output.gradient).fill(1);
	return { layer, state, values: () => [...floats(output.values)], slopes: () => [...floats(input.gradient)] };
}

describe("dropout", () => {
	test.each([0.1, 0.5, 0.75])("of %f drops that share, lane by lane, and keeps the mean", (rate) => {
		const { layer, values } = setUp(rate, 64, 1000);
		layer.forward(1000, true);
		const kept = values();
		const n = kept.length / 4;
		for (let lane = 0; lane < 4; lane++) {
			const dropped = kept.filter((value, i) => i % 4 === lane && value === 0).length / n;
			expect(Math.abs(dropped - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / n)); // five standard errors
		}
		expect(kept.every((value) => value === 0 || value === Math.fround(1 / (1 - rate)))).toBe(true);
		// Neighbours in a row and in a column: independent, so both dropped with probability rate².
		for (const apart of [1, 4, 64]) {
			const both = kept.filter((value, i) => value === 0 && kept[(i + apart) % kept.length] === 0).length / kept.length;
			expect(Math.abs(both - rate ** 2)).toBeLessThan(5 * Math.sqrt((rate ** 2 * (1 + 2 * rate)) / kept.length));
		}
	});

	test("stops the gradient where it dropped, and draws anew for the next batch", () => {
		const { layer, values, slopes } = setUp(0.5, 10, 8);
		layer.forward(8, true);
		const first = values();
		layer.backward(8);
		expect(slopes()).toEqual(first);
		layer.forward(8, true);
		expect(values()).not.toEqual(first);
	});

	test("is off in evaluation, and draws nothing there", () => {
		const { layer, state, values } = setUp(0.5, 10, 8);
		const before = [...state.view];
		layer.forward(8, false);
		expect(values().every((value) => value === 1)).toBe(true);
		expect([...state.view]).toEqual(before);
	});

	test("of 0 keeps everything", () => {
		const { layer, values } = setUp(0, 10, 8);
		layer.forward(8, true);
		expect(values().every((value) => value === 1)).toBe(true);
	});

	test("draws the same masks from the same seed and state, in one part or in two", () => {
		const { layer, state, values } = setUp(0.5, 7, 8);
		const begun = Int32Array.from(state.view);
		layer.forward(8, true);
		const whole = values();
		state.view.set(begun);
		layer.forward(3, true);
		const parts = values().slice(0, 3 * 8);
		layer.forward(5, true);
		parts.push(...values().slice(0, 5 * 8));
		expect(parts).toEqual(whole);
		layer.initialize(Rng.fromSeed(5));
		expect([...state.view]).toEqual([...begun]);
	});
});
