import fc from "fast-check";
import { expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import type { TrialResult, TrialSpec } from "../../core/trial.js";
import type { RateReason } from "../reason.js";
import { Runs } from "./runs.js";
import { SeedWatch } from "./seed-watch.js";

/** A run that meets the goal at step `at` (a look at every step), or misses it by its cap. */
const resultOf = (at: number, { cap }: TrialSpec): TrialResult => ({
	outcome: at <= cap ? "reached" : "missed",
	steps: Math.min(at, cap),
	examples: Math.min(at, cap),
	first: at <= cap ? { after: at - 1, step: at, examples: at } : null,
	reached: at <= cap ? { after: at - 1, step: at, examples: at } : null,
	evaluations: [],
	probes: [],
	seconds: 0,
	message: null,
});

/** The median of a rate whose runs meet the goal at these steps, and the steps spent on each run that was asked for. */
function medianOf(at: readonly number[], cap: number) {
	const goal = { metric: "train.loss", atMost: 0.1 } as const;
	const reason = (rate: RateReason) => ({ kind: "tuning", size: "listed", rate }) as const;
	const seedWatch = new SeedWatch(closedFormStudy(8)); // of ours: it notices nothing
	const block = { seedWatch, phase: "tuning", batchSize: 1, setting: {}, seeds: at.length, studySeed: 0, goal, reason } as const;
	const runs = new Runs({ ...block, ratio: 1.05, before: (look) => look - 1 });
	const spent = at.map(() => 0);
	const search = runs.median(-4, cap, "start");
	let step = search.next([]);
	while (!step.done) {
		const results = step.value.map(({ spec }) => resultOf(at[spec.seedIndex], spec));
		for (const [i, { spec }] of step.value.entries()) spent[spec.seedIndex] += results[i].steps;
		step = search.next(results);
	}
	return { median: step.value?.steps ?? null, spent };
}

test.each([
	["two that meet it at one look settle the median of three", [9, 9, 5], 20, 9, [9, 9, 0]],
	["the third runs to the look before the median of two", [7, 9, 20], 20, 9, [7, 9, 8]],
	["two that miss the cap rule a rate out", [30, 30, 5], 20, null, [20, 20, 0]],
	["where one of two misses it, the third decides", [30, 9, 11], 20, 11, [20, 9, 11]],
])("%s", (_, at, cap, median, spent) => {
	expect(medianOf(at, cap)).toEqual({ median, spent });
});

test("is the upper middle of the whole block where that is within the cap, even if some were left out", () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 12 }), (at, cap) => {
			const middle = [...at].sort((a, b) => a - b)[Math.floor(at.length / 2)];
			expect(medianOf(at, cap).median).toBe(middle <= cap ? middle : null);
		}),
	);
});
