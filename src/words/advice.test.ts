import { describe, expect, test } from "vitest";
import {
	missedRow,
	nothingReached,
	recommendation,
	row,
	smallFindings,
	smallStudy,
	storedStudy,
} from "../../test/fixtures/small-findings.js";
import type { Recommendation } from "../analysis/findings.js";
import { adviceText, nextSteps } from "./advice.js";

const missedRate = { phase: "tuning", learningRate: 1, medianSteps: null, state: "missed", runs: 1, longest: 100 } as const;
const texts = (...known: Parameters<typeof nextSteps>): string[] => nextSteps(...known).map(adviceText);

test("a command stands apart from the words that lead to it", () => {
	const findings = smallFindings({ recommendation: { ...recommendation, verdict: "undecided" } });
	expect(nextSteps(findings, storedStudy)).toEqual([{ text: "Run more reporting runs:", command: "sweetspot tune --continue digits-1" }]);
});

describe("nextSteps", () => {
	const stored = { ...storedStudy, id: "digits-3f9a" };
	const steps = (changes: Partial<Recommendation>, batchSizes = smallStudy.batchSizes) =>
		texts(smallFindings({ recommendation: { ...recommendation, ...changes } }), { ...stored, study: { ...smallStudy, batchSizes } });

	test("nothing is left to do", () => {
		expect(steps({})).toEqual([]);
	});

	test("runs that would decide", () => {
		const next = [
			{ batchSize: 16, learningRate: 0.25, runs: 8 },
			{ batchSize: 32, learningRate: 2 ** -1.5, runs: 12 },
			{ batchSize: 64, learningRate: 0.5, runs: 8 },
		];
		expect(steps({ verdict: "undecided", next })).toEqual([
			"To decide, add 8 reporting runs at each of batch sizes 16 and 64 " +
				"and 12 at batch size 32: sweetspot tune --continue digits-3f9a",
		]);
		expect(steps({ verdict: "undecided" })).toEqual(["Run more reporting runs: sweetspot tune --continue digits-3f9a"]);
	});

	test("where no step was timed, more runs would not help", () => {
		const nothing = { median: null, low: null, high: null };
		const findings = smallFindings({
			recommendation: { ...nothingReached, verdict: "undecided" },
			tradeoff: [{ ...row(32, 1, 150, 1e-5), secondsPerStep: nothing, seconds: nothing }],
		});
		expect(texts(findings, stored)).toEqual([
			"Let the trainer report more often, so that its steps can be timed; or compare by examples alone (--objective cheapest).",
		]);
	});

	test("where different seeds give equal results, no further runs would decide", () => {
		const command = { command: ["python3", "train.py"], directory: "/", grace: 2 };
		const findings = smallFindings({
			recommendation: { ...recommendation, verdict: "undecided" },
			tradeoff: [{ ...row(32, 1, 150, 1e-5), equalSeeds: true }],
		});
		expect(texts(findings, { ...stored, study: { ...smallStudy, workload: command } })).toEqual([
			"Give the script its trial's seed ({seed} in workload.command, or seed in SWEETSPOT_TRIAL), for its weights and the order of examples: " +
				"several runs then show how certain the answer is. Run the study again.",
		]);
	});

	test("a study that is not complete is continued, and nothing else is advised", () => {
		const findings = smallFindings({ recommendation: { ...recommendation, verdict: "undecided" } });
		const interrupted = { ...stored, state: "interrupted" } as const;
		expect(texts(findings, interrupted)).toEqual(["Continue the unfinished trials: sweetspot resume digits-3f9a"]);
		const spent = { ...interrupted, seconds: 61, study: { ...smallStudy, budget: { trials: null, seconds: 60 } } };
		expect(texts(findings, spent)).toEqual(["Continue the unfinished trials: sweetspot tune --continue digits-3f9a --budget 1min"]);
		expect(texts(findings, { ...stored, state: "running" })).toEqual([]);
	});

	test("the best size is the last one tried", () => {
		expect(steps({}, [16, 32])).toEqual([
			"The best batch size is the largest one tried: add larger ones (batchSizes), up to all 1,078 examples.",
		]);
		expect(steps({}, [32, 64])).toEqual(["The best batch size is the smallest one tried: add smaller ones (batchSizes)."]);
		expect(steps({}, [32])).toEqual(["Only one batch size was tried: add others (batchSizes), to see whether one is better."]);
		expect(steps({ batchSize: 1078 })).toEqual([]);
		expect(steps({ batchSize: 1 })).toEqual([]);
	});

	test("the goal was not reached", () => {
		expect(steps(nothingReached)).toEqual([
			"Let trials run longer: limits.epochs is 100, limits.steps 5,000.",
			"Lower the goal: goal.atLeast is 0.95.",
			"Try other learning rates: tune.learningRate.from and tune.learningRate.to.",
		]);
	});

	test("the search found nothing, but the user's own setting reached the goal: neither length nor goal is wrong", () => {
		const own = {
			batchSize: 64,
			learningRate: 0.25,
			runs: 3,
			reached: 3,
			steps: 100,
			examples: 6400,
			seconds: 0.003,
			cap: 900,
			secondsPerStep: 3e-5,
		};
		const advised = (baseline: typeof own | (Omit<typeof own, "steps"> & { steps: null })) =>
			texts(smallFindings({ recommendation: nothingReached, baseline }), stored);
		expect(advised(own)).toEqual([
			"To see whether a setting is better than yours, search around it: batch sizes near 64 (batchSizes), and learning rates near 0.25 (tune.learningRate.from and tune.learningRate.to).",
		]);
		expect(advised({ ...own, reached: 1, steps: null })[0]).toMatch(/^Let trials run longer/);
	});

	test("the goal was not reached, with a loss, and runs diverged", () => {
		const rate = { phase: "tuning", learningRate: 8, medianSteps: null, state: "diverged", runs: 3, longest: 12 } as const;
		const alone = smallFindings({ recommendation: nothingReached, tradeoff: [{ ...missedRow(32), rates: [rate] }] });
		expect(texts(alone, stored)).toEqual([
			"Every rate that was tried diverged. Try smaller ones: tune.learningRate.from and tune.learningRate.to.",
		]);
		const findings = smallFindings({ recommendation: nothingReached, tradeoff: [{ ...missedRow(32), rates: [missedRate, rate] }] });
		expect(texts(findings, { ...stored, study: { ...smallStudy, goal: { metric: "train.loss", atMost: 0.1 } } })).toEqual([
			"Let trials run longer: limits.epochs is 100, limits.steps 5,000.",
			"Raise the goal: goal.atMost is 0.1.",
			"Try smaller learning rates: tune.learningRate.from and tune.learningRate.to.",
		]);
	});

	test("the goal was not reached since the script ends by itself: no limit would lengthen its runs", () => {
		const command = { command: ["python3", "train.py", "--epochs", "3"], directory: "/", grace: 2 };
		const stopped = { ...missedRow(32), rates: [missedRate], stopped: 12 };
		const advised = (...tradeoff: readonly ReturnType<typeof missedRow>[]) =>
			texts(smallFindings({ recommendation: nothingReached, tradeoff }), { ...stored, study: { ...smallStudy, workload: command } });
		expect(advised(stopped, missedRow(64))).toEqual([
			"Let the script train for longer (--epochs 3, in workload.command): 12 of 310 trials ended by themselves before their limits.",
			"Lower the goal: goal.atLeast is 0.95.",
			"Try other learning rates: tune.learningRate.from and tune.learningRate.to.",
		]);
		expect(advised(stopped, { ...missedRow(64), rates: [missedRate] })[1]).toBe(
			"Let trials run longer: limits.epochs is 100, limits.steps 5,000.",
		);
	});

	test.each(["undecided", "not reached"] as const)(
		"where every trial failed the cause is to be fixed, also where the verdict is %s",
		(verdict) => {
			const failure = { trials: 40, alike: 40, how: "exit code 1" };
			expect(texts(smallFindings({ recommendation: { ...nothingReached, verdict }, failure }), storedStudy)).toEqual([
				"Fix the cause and run the study again (add --fresh if none of its files changed).",
			]);
		},
	);

	test("a ladder's best guess can be made surer; where it is found, only the whole study has more to say", () => {
		const study = { ...smallStudy, budget: { trials: null, seconds: null, trainings: 20 } };
		const commands = (verdict: "found" | "undecided") =>
			nextSteps(smallFindings({ ladder: [], recommendation: { ...recommendation, verdict } }), { ...stored, study }).flatMap(
				({ command }) => command ?? [],
			);
		expect(commands("undecided")).toEqual([
			`sweetspot tune --continue ${stored.id} --budget 40x`,
			`sweetspot tune --continue ${stored.id} --whole`,
		]);
		expect(commands("found")).toEqual([`sweetspot tune --continue ${stored.id} --whole`]);
	});
});
