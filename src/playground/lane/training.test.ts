import { describe, expect, test } from "vitest";
import { resolveInput } from "../../api/resolve-input.js";
import { runOf } from "../../api/training-run.js";
import { sha256OfNumbers } from "../../core/little-endian.js";
import { loadDataset } from "../../data/load.js";
import { isOracle, readSource } from "../../data/sources/table.js";
import { readBytes } from "../../trainers/read-bytes.js";
import { initialState } from "../state/state.js";
import { studyOf } from "../state/study-file.js";
import { type LaneChange, type LaneSettings, type LaneTask, laneOptimizerNames } from "./settings.js";
import { LaneTraining } from "./training.js";

const state = { ...initialState, hidden: [8, 8] };
const task: LaneTask = { data: { moons: { examples: 300, noise: 0.2, seed: 0 } }, hidden: [8, 8], activation: "tanh", seed: 3 };

async function datasetOf(written: unknown) {
	const source = readSource(written, (path) => path);
	if (!source || isOracle(source)) throw new Error("no such data");
	return await loadDataset(source, readBytes);
}
async function trained(settings: LaneSettings, steps: number, changes: readonly LaneChange[] = []): Promise<LaneTraining> {
	const lane = new LaneTraining(task, await datasetOf(task.data), settings, changes);
	for (let step = 0; step < steps; step++) lane.advance();
	return lane;
}

describe.each(laneOptimizerNames)("a lane with %s", (optimizer) => {
	test.each([
		[1, 100],
		[7, 100],
		[180, 100],
		[7, 10_000],
	])("at batch size %i has the weights of `sweetspot train` after %i steps", async (batchSize, steps) => {
		const settings = { batchSize, learningRate: 0.03, optimizer };
		const study = studyOf({
			...state,
			...task,
			hidden: [8, 8],
			data: { name: "moons", examples: 300, noise: 0.2 },
			lanes: [{ settings, changes: [] }],
		});
		const run = await runOf(await resolveInput(study, "."), { batchSize, learningRate: 0.03 });
		for (const _ of run.train(steps));
		const weights = Float32Array.from(run.weights.flatMap(({ values }) => Array.from(values)));
		expect(sha256OfNumbers((await trained(settings, steps)).weights)).toBe(sha256OfNumbers(weights));
	});
});

test("a change that is asked for between two steps equals one that was known beforehand; before it, nothing differs", async () => {
	const [before, after]: readonly LaneSettings[] = [
		{ batchSize: 4, learningRate: 0.1, optimizer: "sgd" },
		{ batchSize: 90, learningRate: 0.01, optimizer: "adam" },
	];
	const known = await trained(before, 200, [{ step: 150, settings: after }]);
	const asked = await trained(before, 150);
	expect(asked.weights).toEqual((await trained(before, 150, [{ step: 150, settings: after }])).weights);
	asked.change(after);
	for (let step = 150; step < 200; step++) asked.advance();
	expect(asked.weights).toEqual(known.weights);
	expect(asked.examples).toBe(known.examples);
	expect(asked.weights).not.toEqual((await trained(before, 200)).weights);
});

test("a change takes the place of those that were to come, now or from a later step on; of two at one step the second alone counts", async () => {
	const [first, second, third]: readonly LaneSettings[] = [
		{ batchSize: 4, learningRate: 0.1, optimizer: "momentum" },
		{ batchSize: 90, learningRate: 0.01, optimizer: "adam" },
		{ batchSize: 16, learningRate: 0.05, optimizer: "momentum" },
	];
	const lane = await trained(first, 40, [{ step: 60, settings: second }]);
	expect(lane.change(second)).toBe(40);
	expect(lane.change(third)).toBe(40);
	expect(lane.settings).toEqual(third);
	while (lane.step < 100) lane.advance();
	expect(lane.weights).toEqual((await trained(first, 100, [{ step: 40, settings: third }])).weights);
	const later = await trained(first, 10, [{ step: 30, settings: second }]);
	expect(later.change(third, 50)).toBe(50);
	expect(later.settings).toEqual(first);
	while (later.step < 100) later.advance();
	const listed = [
		{ step: 30, settings: second },
		{ step: 50, settings: third },
	];
	expect(later.weights).toEqual((await trained(first, 100, listed)).weights);
});

test("a rate beyond what the curvature allows blows up, and the curvature says so", async () => {
	const lane = await trained({ batchSize: 180, learningRate: 1, optimizer: "sgd" }, 20);
	lane.look(0);
	expect(lane.hasBlownUp).toBe(false);
	const wild = await trained({ batchSize: 180, learningRate: 4096, optimizer: "sgd" }, 20);
	wild.look(0);
	expect(wild.hasBlownUp || wild.diverged).toBe(true);
	expect(wild.sharpness()).toBeGreaterThan(2 / 4096);
});

test("looks, norms and the noise scale are measured, and leave the lane's course as it is", async () => {
	const settings: LaneSettings = { batchSize: 8, learningRate: 0.1, optimizer: "momentum" };
	const plain = await trained(settings, 60);
	const looked = await trained(settings, 0);
	for (let step = 0; step < 60; step++) {
		looked.advance();
		looked.look(0);
		looked.noiseScale();
		looked.sharpness();
	}
	expect(looked.weights).toEqual(plain.weights);
	const { distance, train, gradientNorm } = looked.look(0);
	const start = (await trained(settings, 0)).weights;
	expect(distance).toBeCloseTo(Math.sqrt(plain.weights.reduce((sum, w, i) => sum + (w - start[i]) ** 2, 0)), 5);
	expect(train.accuracy).toBeGreaterThan(0.5);
	expect(gradientNorm).toBeGreaterThan(0);
	expect(looked.noiseScale()).toBeGreaterThan(0);
});
