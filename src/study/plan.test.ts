import { expect, test } from "vitest";
import { closedFormStudy } from "../../test/fixtures/closed-form.js";
import { looksBy } from "../core/looks.js";
import { planOf } from "./plan.js";

const study = closedFormStudy(4);
const steps = new Map(study.batchSizes.map((size) => [size, 1e-6]));
const none = { look: 0, reportedLook: 0, probe: 0 };
const secondsOf = (times: Partial<Parameters<typeof planOf>[1]>, slots = 1) =>
	planOf(study, { steps, looks: none, before: 0, ...times }, slots).seconds ?? Number.NaN;

test("the time of a plan counts looks, probes and what comes before the first trial, which workers don't share", () => {
	const bare = secondsOf({});
	// A run is looked at after each of its first steps: with looks that take as long as a thousand steps, they are most of the time.
	expect(secondsOf({ looks: { ...none, look: 1e-3 } })).toBeGreaterThan(5 * bare);
	expect(secondsOf({ looks: { ...none, reportedLook: 1e-3 } })).toBeGreaterThan(bare);
	expect(secondsOf({ looks: { ...none, probe: 1e-2 } })).toBeGreaterThan(bare);
	expect(secondsOf({ before: 3 })).toBeCloseTo(bare + 3, 9);
	expect(secondsOf({ before: 3 }, 2)).toBeCloseTo(bare / 2 + 3, 9);
});

test("without the time of some size there is none", () => {
	expect(planOf(study, { steps: new Map([...steps].slice(1)), looks: none, before: 0 }, 1).seconds).toBeNull();
});

test("looks are counted as runs have them: each of the first steps, then ever fewer", () => {
	expect([0, 1, 20, 40].map((at) => looksBy(at, 1.05))).toEqual([0, 1, 20, 40]);
	// At 1, 2, 3, 4, 6, 9 and 13.
	expect(looksBy(12, 1.5)).toBe(6);
	expect(looksBy(13, 1.5)).toBe(7);
	expect(looksBy(50, 1)).toBe(50);
});
