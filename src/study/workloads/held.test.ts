import { expect, test } from "vitest";
import { heldValues } from "./held.js";

test("steps fall as the batch grows; a moving average forgets the same examples", () => {
	const hold = { warmupSteps: { examples: 100_000 }, beta2: { halfLife: 10_000_000 } };
	expect(heldValues(hold, 128)).toEqual({ warmupSteps: 781, beta2: 0.999991127755 });
	expect(heldValues(hold, 1)).toMatchObject({ warmupSteps: 100_000 });
	const { beta2 } = heldValues({ beta2: { halfLife: 1024 } }, 128);
	expect(beta2 ** (1024 / 128)).toBeCloseTo(0.5, 10);
	expect(heldValues({}, 128)).toEqual({});
});
