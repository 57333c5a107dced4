import { expect, test } from "vitest";
import { divided } from "./division.js";

test("the largest part that is allowed and divides the batch, so that the product is the batch size", () => {
	expect(divided(32, { microBatch: 8 })).toEqual({ microBatch: 8, accumulation: 4 });
	expect(divided(4, { microBatch: 8 })).toEqual({ microBatch: 4, accumulation: 1 });
	expect(divided(20, { microBatch: 8 })).toEqual({ microBatch: 5, accumulation: 4 });
	expect(divided(32, { microBatch: 8, devices: 2 })).toEqual({ microBatch: 8, accumulation: 2 });
	expect(divided(32, { devices: 4 })).toEqual({ microBatch: 8, accumulation: 1 });
	for (const devices of [1, 2, 3])
		for (let share = 1; share < 200; share++)
			for (const most of [1, 7, 16]) {
				const { microBatch, accumulation } = divided(share * devices, { microBatch: most, devices }) ?? { microBatch: 0, accumulation: 0 };
				expect([microBatch * accumulation * devices, microBatch <= most]).toEqual([share * devices, true]);
			}
});

test("devices that can't have equal shares get none", () => expect(divided(10, { devices: 4 })).toBeNull());
