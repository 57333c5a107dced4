import { expect, test } from "vitest";
import { budgetOf } from "./budget.js";

const parsed = (budget: string) => budgetOf({ budget }, {});

test("a number is trials, one with an x trainings, one with a unit time", () => {
	expect(["5x", "2.5x"].map(parsed)).toEqual([{ trainings: 5 }, { trainings: 2.5 }]);
	expect(["40", "90s", "1.5h", "15min", "15m", "2d", "90 s"].map(parsed)).toEqual([
		{ trials: 40 },
		{ seconds: 90 },
		{ seconds: 5400 },
		{ seconds: 900 },
		{ seconds: 900 },
		{ seconds: 172_800 },
		{ seconds: 90 },
	]);
	expect(budgetOf({}, {})).toBeUndefined();
	expect(budgetOf({}, { SWEETSPOT_BUDGET: "7" })).toEqual({ trials: 7 });
});

test.each(["0", "-3", "1.5", "soon", "0s", "3 weeks", "1e3", "0.5x", "x"])("%s is not a budget", (budget) => {
	expect(() => parsed(budget)).toThrow(
		expect.objectContaining({ code: "usage/bad-value", detail: expect.stringContaining(`"${budget}"`) }),
	);
});
