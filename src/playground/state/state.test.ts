import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { resolveInput } from "../../api/resolve-input.js";
import { laneOptimizerNames } from "../lane/settings.js";
import { addressOf, stateFrom } from "./address.js";
import { dataNames, initialState, type LaneState, most, type PlayState } from "./state.js";
import { studyFile } from "./study-file.js";

const settings = { batchSize: 100_000, learningRate: 0.00390625, optimizer: "momentum" } as const;
const full: PlayState = {
	...initialState,
	data: { name: "spirals", examples: 4000, noise: 0.0625 },
	hidden: [64, 64, 64, 64],
	activation: "relu",
	seed: 1_000_000,
	lanes: Array.from(
		{ length: most.lanes },
		(): LaneState => ({
			settings,
			changes: Array.from({ length: most.changes }, (_, i) => ({ step: 1e9 - i, settings })),
		}),
	),
	axis: "seconds",
	metric: "accuracy",
	by: "examples",
	speed: "most",
};

describe("the address", () => {
	test.each([
		["of a first visit", initialState],
		["at its longest", full],
	])("%s gives back the state, in at most 2,000 characters", (_, state) => {
		expect(stateFrom(addressOf(state))).toEqual(state);
		expect(addressOf(state).length).toBeLessThanOrEqual(2000);
	});

	test("that leaves something out is as on a first visit there", () => {
		expect(stateFrom("")).toEqual(initialState);
		expect(stateFrom("seed=7&data=digits:500:0")).toEqual({ ...initialState, seed: 7, data: { name: "digits", examples: 500, noise: 0 } });
	});

	test.each([
		"seed=-1",
		"seed=1.5",
		"seed=",
		"seed",
		"seed=1&seed=2",
		"data=mnist:100:0",
		"data=moons:1e9:0",
		"data=moons:100",
		"net=tanh:4096",
		"net=tanh:8:8:8:8:8",
		"net=<script>",
		"lanes=0:0.1:sgd",
		"lanes=1:-1:sgd",
		"lanes=1:Infinity:sgd",
		"lanes=1:0.1:lion",
		"lanes=1:0.1:sgd,1:0.1:sgd,1:0.1:sgd,1:0.1:sgd,1:0.1:sgd",
		"lanes=1:0.1:sgd@x:1:0.1:sgd",
		"lanes=1:0.1:sgd:extra@",
		"show=epochs",
		"pace=steps:warp",
		"goal=2",
		"other=1",
		"__proto__=1",
		`seed=${"0".repeat(3000)}`,
	])("that is not as it must be is refused: %s", (address) => expect(stateFrom(address)).toBeNull());
});

describe("the study file", () => {
	test.each(dataNames)("of %s is a study that `sweetspot tune` takes", async (name) => {
		const state = { ...initialState, data: { name, examples: 500, noise: 0.5 } };
		const study = await resolveInput(parse(studyFile(state, 300)), ".");
		expect(study.batchSizes).toEqual([1, 32, study.data.train]);
		expect(study.goal).toEqual({ metric: "validation.accuracy", atLeast: 0.95 });
		expect(study.seed).toBe(0);
	});

	test.each(laneOptimizerNames)("has the first lane's optimizer: %s; and lists what it can't hold", async (optimizer) => {
		const [first, ...rest] = initialState.lanes;
		const changed = { ...first, settings: { ...first.settings, optimizer }, changes: [{ step: 40, settings: first.settings }] };
		const text = studyFile({ ...initialState, lanes: [changed, ...rest] }, 300);
		expect(text).toContain("after step 40: batch size 1, learning rate 0.25, sgd (not part of the study)");
		await expect(resolveInput(parse(text), ".")).resolves.toBeDefined();
	});
});
