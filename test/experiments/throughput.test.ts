import { expect, test } from "vitest";
import { throughput } from "../../src/experiments/throughput/throughput.js";
import { asked, made } from "./made/throughput.js";

const { conclude } = asked;

test("finds where doubling stops paying, in spite of the machine's drift: t = a + b·B gains (2a + 2bB)/(a + 2bB)", () => {
	// a = 8b: 1.8, 1.67, 1.5, 1.33, 1.2, 1.11 from 2 to 64. With a = 4b the last are 1.11 and 1.059: below a tenth at 64.
	const slow = conclude(made(8e-6, 1e-6));
	expect(slow.results).toMatchObject({ doublingStopsPayingAt: null });
	const fast = conclude(made(4e-6, 1e-6));
	expect(fast.results).toMatchObject({ doublingStopsPayingAt: 64 });
	expect(fast.claims).toMatchObject([{ id: "C10", verdict: "supported" }]);
});

test("a machine on which a batch costs what its examples cost refutes that more examples a second come of it", () => {
	expect(conclude(made(0, 1e-6)).claims).toMatchObject([{ id: "C10", verdict: "refuted" }]);
});

test("times every size in every pass, and one pass more", () => {
	const tasks = throughput.tasks(throughput.settings({ size: "quick", seed: 0, data: null }));
	expect(tasks.length).toBe(16 * 11);
});
