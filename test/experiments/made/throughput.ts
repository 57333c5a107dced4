import type { Settings } from "../../../src/experiments/throughput/settings.js";
import type { Result, Task } from "../../../src/experiments/throughput/tasks.js";
import { throughput } from "../../../src/experiments/throughput/throughput.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, Task, Result>(throughput, (asked) => ({
	...asked,
	batchSizes: [1, 2, 4, 8, 16, 32, 64],
	passes: 7,
}));
const { settings } = asked;

/**
 * Passes on a machine that takes `overhead` seconds a step and `each` an example, and drifts by half from pass to pass: all sizes alike.
 */
export const made = (overhead: number, each: number): readonly Result[] =>
	Array.from({ length: settings.passes + 1 }, (_, pass) =>
		settings.batchSizes.map((batchSize) => ({ secondsPerStep: (overhead + each * batchSize) * (1 + 0.5 * (pass % 2)) })),
	).flat();
