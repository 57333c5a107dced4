import { expect, test } from "vitest";
import { scatterOf } from "./scatter.js";

test.each([
	["agree within a few percent", [1, 1.02, 1.01, 1.05, 1.03, 1.04, 1.2], null],
	["have a few that were disturbed among them", [1, 1.02, 1.01, 13, 1.03, 1.04, 1.01, 4.9], null],
	["lie apart as a whole", [1, 1.1, 1.2, 1.3, 1.5, 1.7, 2], 1.55],
	["have two levels, as where another program came halfway", [1, 1, 1, 1.6, 1.6, 1.6], 1.6],
	["are too few to tell", [1, 9, 1], null],
])("timings that %s", (_, passes, scatter) => {
	const found = scatterOf(passes);
	if (scatter === null) expect(found).toBeNull();
	else expect(found).toBeCloseTo(scatter, 1);
});
