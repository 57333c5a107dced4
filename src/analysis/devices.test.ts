import { expect, test } from "vitest";
import { predictedOnDevices } from "./devices.js";

/** S = 100·(1 + 64/B) steps of (1 + B/16) ms. */
const sizes = [8, 16, 32, 64, 128, 256].map((batchSize) => ({
	batchSize,
	steps: 100 * (1 + 64 / batchSize),
	secondsPerStep: 0.001 * (1 + batchSize / 16),
}));

test("two devices take the best of S(B)·t(B/2), by hand", () => {
	// One: S·t is least at B = 32: 300 steps of 3 ms. Two: at 64, 200 steps of 3 ms; 32 would be 300 of 2 ms, the same; 128: 150 of 5 ms.
	const [two] = predictedOnDevices(sizes);
	expect(two).toMatchObject({ devices: 2, batchSize: 32 });
	expect(two.seconds).toBeCloseTo(0.6, 12);
	expect(two.speedUp).toBeCloseTo(1.5, 12);
});

test("each count of devices is faster than the one before, and shares only what was measured", () => {
	const predicted = predictedOnDevices(sizes);
	for (const [i, one] of predicted.entries()) {
		expect(sizes.map(({ batchSize }) => batchSize)).toContain(one.batchSize / one.devices);
		expect(one.speedUp).toBeGreaterThan(i === 0 ? 1 : predicted[i - 1].speedUp);
	}
	// Eight devices: 64 on shares of 8, 200 steps of 1.5 ms; 128 on 16: 150 of 2; 256 on 32: 125 of 3.
	expect(predicted.find(({ devices }) => devices === 8)?.seconds).toBeCloseTo(0.3, 12);
});

test("a time per step that doesn't grow leaves nothing to share: more devices gain nothing", () => {
	expect(predictedOnDevices(sizes.map((one) => ({ ...one, secondsPerStep: 0.001 })))).toEqual([]);
	expect(predictedOnDevices([])).toEqual([]);
});
