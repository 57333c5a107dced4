import { describe, expect, test } from "vitest";
import { missedRow, nothingReached, row, smallFindings, smallStudy } from "../../test/fixtures/small-findings.js";
import type { TradeoffRow } from "../analysis/findings.js";
import type { Study } from "../study/study.js";
import { warnings } from "./warnings.js";

const of = (tradeoff: readonly TradeoffRow[], changes: Partial<Study> = {}) => {
	const study = { ...smallStudy, ...changes };
	return warnings(smallFindings({ tradeoff }, study), study);
};
const good = row(32, 2 ** -1.5, 181, 2.3e-5);

describe("warnings", () => {
	test("none where there is nothing to warn of", () => {
		expect(of([good])).toEqual([]);
	});

	test("rates at the edge", () => {
		expect(of([{ ...good, atEdge: true }])).toEqual([
			"Batch size 32: the best learning rate lies at the end of the range tried, and a better one may lie beyond (tune.learningRate).",
		]);
		expect(of([{ ...good, batchSize: 4, atEdge: true }, good, { ...good, batchSize: 1078, atEdge: true }])).toEqual([
			"Batch sizes 4 and 1,078: the best learning rate lies at the end of the range tried, and a better one may lie beyond (tune.learningRate).",
		]);
	});

	test("sizes that are not finished, where there is no answer yet", () => {
		const findings = smallFindings({ tradeoff: [{ ...missedRow(64), outcome: "open" }], recommendation: nothingReached });
		expect(warnings(findings, smallStudy)).toContain("Batch size 64: not finished.");
	});

	test("sizes that were not reached or not finished", () => {
		expect(of([good, { ...missedRow(64), outcome: "open" }, missedRow(1078)])).toEqual([
			"Batch size 64: not finished; this is the best answer so far.",
			"Batch size 1,078: the goal was not reached within the limits (limits.epochs, limits.steps).",
		]);
	});

	test("sizes whose every trial failed didn't miss the goal: nothing was measured there", () => {
		expect(of([good, { ...missedRow(64), allFailed: true }])).toEqual(["Batch size 64: every trial failed, so nothing was measured."]);
		const failure = { trials: 3, alike: 3, how: "exit code 1" };
		const nowhere = smallFindings({ recommendation: { ...nothingReached, verdict: "undecided" }, tradeoff: [missedRow(32)], failure });
		expect(warnings(nowhere, smallStudy)).toEqual([]);
	});

	test("where no size reached the goal, the answer has said so already", () => {
		expect(warnings(smallFindings({ recommendation: nothingReached, tradeoff: [missedRow(32)] }), smallStudy)).toEqual([]);
	});

	test("trials that ended by themselves before their limit", () => {
		const command = { command: ["python3", "train.py"], directory: "/", grace: 2 };
		expect(
			of(
				[
					{ ...good, stopped: 1 },
					{ ...missedRow(64), stopped: 12 },
				],
				{ workload: command },
			)[1],
		).toBe(
			"Batch sizes 32 and 64: 13 of 310 trials ended by themselves before their limits, without the goal; let the script train for longer " +
				"(its --epochs or the like, in workload.command), or large batches have fewer steps than they need.",
		);
		expect(of([{ ...good, stopped: 1 }])).toEqual([
			"Batch size 32: 1 of 310 trials ended by itself before its limit, without the goal; let the trainer go on for longer, " +
				"or large batches have fewer steps than they need.",
		]);
	});

	test("sizes whose step timings lie far apart, where steps are timed apart", () => {
		const scattered = { ...good, clockScatter: 1.62 };
		expect(of([scattered, { ...good, batchSize: 64, clockScatter: 1.3 }])).toEqual([
			"Batch sizes 32 and 64: the time per step is unreliable, since even the middle half of its timings differ by up to 62 %. " +
				"Run the study again with --fresh on an idle machine.",
		]);
		const command = { command: ["python3", "train.py"], directory: "/", grace: 2 };
		expect(of([scattered], { workload: command })).toEqual(of([good], { workload: command }));
	});

	test("sizes at which different seeds give equal results", () => {
		const command = { command: ["python3", "train.py"], directory: "/", grace: 2 };
		const alike = { ...good, equalSeeds: true } as const;
		expect(of([alike, { ...alike, batchSize: 64 }], { workload: command })[0]).toBe(
			"Batch sizes 32 and 64: one run and no interval, since all seeds give equal results; give the script its trial's seed " +
				"({seed} in workload.command, or seed in SWEETSPOT_TRIAL), for its weights and the order of examples.",
		);
		const given = { ...command, command: ["python3", "train.py", "--seed={seed}"] };
		expect(of([alike], { workload: given, budget: { trials: 40, seconds: null } })).toEqual([
			"Batch size 32: one run and no interval, since all seeds give equal results; let the script draw its weights and the order " +
				"of examples from the {seed} that workload.command gives it.",
			"Running the study again may give other numbers, unless the script is deterministic; and which settings are tried depends on how long its steps take.",
		]);
		expect(of([alike], { workload: { trainer: "train.mjs", examples: 1078 } })[0]).toContain(
			"let the trainer draw its weights and the order of examples from the seed that it is given",
		);
	});

	test("replaced candidates", () => {
		expect(of([{ ...good, replaced: [1, 2 ** -0.5] }])).toEqual([
			"Batch size 32: learning rates 1 and 0.71 were selected first, but their reporting runs mostly missed the goal; 0.35 is reported instead.",
		]);
		expect(of([{ ...good, replaced: [1] }])).toEqual([
			"Batch size 32: learning rate 1 was selected first, but its reporting runs mostly missed the goal; 0.35 is reported instead.",
		]);
	});

	test("a trainer that isn't ours", () => {
		expect(of([good], { workload: { trainer: "/home/me/trainer.mjs", examples: 100 } })).toEqual([
			"Running the study again may give other numbers, unless the trainer is deterministic.",
		]);
		const command = { command: ["python3", "train.py"], directory: "/home/me", examples: 1500, grace: 5 };
		expect(of([good], { workload: command })[0]).toMatch(/unless the script is deterministic\.$/);
	});

	test("steps that are known only to the report that met the goal", () => {
		const runs = (after: number, step: number) =>
			Array.from({ length: 7 }, (_, seedIndex) => ({ seedIndex, after, step, examples: 32 * step, first: step }));
		// 1,078 examples: an epoch is 135 steps at batch size 8 and 34 at batch size 32.
		const eight = { ...good, batchSize: 8, runs: runs(270, 405) };
		expect(of([eight, { ...good, runs: runs(102, 136) }])).toEqual([
			"Batch sizes 8 and 32: steps are known only to one epoch (135 steps at batch size 8, 34 at 32); let the trainer report more often.",
		]);
		expect(of([{ ...good, runs: runs(100, 150) }])).toEqual([
			"Batch size 32: steps are known only to one report (50 steps at batch size 32); let the trainer report more often.",
		]);
		expect(of([{ ...good, runs: runs(0, 34) }])).toEqual([
			"Batch size 32: the first report met the goal, so steps are known only to one epoch (34 steps at batch size 32); let the trainer report more often, or set a goal that is harder to reach.",
		]);
		// Later than due, but not so much that it matters.
		expect(of([{ ...good, runs: runs(500, 550) }])).toEqual([]);
	});

	test("the clock is what is unsure", () => {
		const unsure = { ...good, secondsPerStep: { median: 0.05, low: 0.02, high: 0.3 } };
		expect(of([unsure])).toEqual([
			"Most of the uncertainty in time comes from the step timings: a step takes 50 ms [20–300] at batch size 32. " +
				"An idle machine or longer runs would narrow it; --objective cheapest does not need step times.",
		]);
		expect(of([unsure], { objective: "cheapest" })).toEqual([]);
		expect(of([{ ...unsure, steps: { median: 180, low: 10, high: 1000 } }])).toEqual([]);
		expect(of([{ ...unsure, batchSize: 256 }])).toEqual([]); // not among those that the answer is about
	});

	test("few seeds, no test set, limits in seconds", () => {
		const study = {
			seeds: { ...smallStudy.seeds, reporting: 3 },
			data: { ...smallStudy.data, test: 0 },
			limits: { ...smallStudy.limits, seconds: 60 },
		};
		expect(of([good], study)).toEqual([
			"Only 3 reporting runs at each batch size: with fewer than 7, the intervals cover less than the 95 % they claim (seeds.reporting).",
			"No test set: the answer was not checked on examples that were kept out of the search.",
			"Trials were limited to 1 min each: on another machine the answer may differ (limits.seconds).",
		]);
		expect(of([good], { seeds: { ...smallStudy.seeds, reporting: 1 } })[0]).toMatch(/^Only 1 reporting run at each/);
	});
});
