import { expect, test } from "vitest";
import { digits } from "../../src/experiments/lab/workloads.js";
import { conclude } from "../../src/experiments/throughput/conclude.js";
import type { Settings } from "../../src/experiments/throughput/runs.js";
import { throughput } from "../../src/experiments/throughput/throughput.js";

const settings: Settings = { workload: digits, batchSizes: [1, 2, 4, 8, 16, 32, 64], passes: 7, milliseconds: 1, seed: 0 };

/** Passes on a machine that takes `overhead` seconds a step and `each` an example, and drifts by half from pass to pass: all sizes alike. */
const results = (overhead: number, each: number) =>
	Array.from({ length: settings.passes + 1 }, (_, pass) =>
		settings.batchSizes.map((batchSize) => ({ secondsPerStep: (overhead + each * batchSize) * (1 + 0.5 * (pass % 2)) })),
	).flat();

test("finds where doubling stops paying, whatever the machine's drift: t = a + b·B gains (2a + 2bB)/(a + 2bB)", () => {
	// a = 8b: 1.8, 1.67, 1.5, 1.33, 1.2, 1.11 from 2 to 64. With a = 4b the last are 1.11 and 1.059: below a tenth at 64.
	const slow = conclude(settings, results(8e-6, 1e-6));
	expect(slow.results).toMatchObject({ doublingStopsPayingAt: null });
	const fast = conclude(settings, results(4e-6, 1e-6));
	expect(fast.results).toMatchObject({ doublingStopsPayingAt: 64 });
	expect(fast.claims).toMatchObject([{ id: "C10", verdict: "supported" }]);
});

test("a machine on which a batch costs what its examples cost refutes that more examples a second come of it", () => {
	expect(conclude(settings, results(0, 1e-6)).claims).toMatchObject([{ id: "C10", verdict: "refuted" }]);
});

test("times every size in every pass, and one pass more", () => {
	const tasks = throughput.tasks(throughput.settings({ size: "quick", seed: 0, data: null }));
	expect(tasks.length).toBe(16 * 11);
});
