import { describe, expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import type { Objective } from "../../analysis/objectives.js";
import type { Study } from "../study.js";
import { pricesOf } from "./prices.js";

const calibration = {
	machine: "",
	stepTimes: [1, 16].map((batchSize) => ({ batchSize, passes: [3, 1, 2].map((seconds) => seconds * batchSize) })),
};
const script = { workload: { trainer: "/trainer.mjs", examples: 100 } };
/** How many times as much a step costs at batch size 16 as at 1. */
const ratios = (objective: Objective, change: Partial<Study> = {}, given: Parameters<typeof pricesOf>[1] = null) =>
	pricesOf({ ...closedFormStudy(100), batchSizes: [1, 16], objective, ...change }, given).map(([one, sixteen]) => Math.exp(sixteen - one));
const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9));

describe("what a step costs", () => {
	test("on our own engine, the clock aside: as much as √B or B in time", () => {
		expect(ratios("fastest", {}, calibration)).toEqual(close([4, 16]));
		expect(ratios("balanced")).toEqual(close([8, 16]));
		expect(ratios("cheapest")).toEqual(close([16]));
	});
	test("of a module of the user's own: what the calibration says, if it knows every size; of a script, which has none before its runs are over: anything", () => {
		expect(ratios("fastest", script, calibration)).toEqual(close([16]));
		expect(ratios("balanced", script, calibration)).toEqual(close([16]));
		expect(ratios("balanced", script, { machine: "", stepTimes: calibration.stepTimes.slice(1) })).toEqual(close([4, 8, 16]));
		expect(ratios("balanced", { workload: { command: ["train"], directory: "/", grace: 2 } }, calibration)).toEqual(close([4, 8, 16]));
		expect(ratios("fastest", script)).toEqual(close([1, 4, 16]));
	});
});
