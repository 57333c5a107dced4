import { describe, expect, test } from "vitest";
import { nextLook } from "../core/looks.js";
import type { TrialSpec } from "../core/trial.js";
import type { Report } from "./report.js";
import { ReportWatch } from "./report-watch.js";

const looks = { ratio: 1.05, examples: 1024 };
const watchOf = (trial: Partial<TrialSpec> = {}, metric: "validation.loss" | "validation.error" = "validation.loss") =>
	new ReportWatch({ goal: { metric, atMost: 0.5 }, looks }, { batchSize: 10, cap: 100, until: "goal", ...trial });

/** Reports at these steps, with this loss at each, until the watch says that the trial is over. */
function reported(watch: ReportWatch, steps: readonly number[], loss: (step: number) => number = () => 1) {
	for (const step of steps) if (watch.report({ step, metrics: { "validation.loss": loss(step) } })) break;
	return watch.result(0);
}

const every = (k: number, to = 400): number[] => Array.from({ length: Math.floor(to / k) }, (_, i) => k * (i + 1));
const onceFrom = (step: number) => (at: number) => (at >= step ? 0.4 : 1);

describe("where a trainer is looked at", () => {
	const grid: number[] = [];
	for (let step = 1; step <= 100; step = nextLook(step, looks.ratio)) grid.push(step);

	test("one that reports after every step: exactly where the built-in trainer is", () => {
		const { evaluations, outcome, steps, examples } = reported(watchOf(), every(1));
		expect(evaluations.map(({ step }) => step)).toEqual(grid);
		expect({ outcome, steps, examples }).toEqual({ outcome: "missed", steps: 100, examples: 1000 });
	});

	test("`isDue` says at which steps, and at the cap", () => {
		const watch = watchOf({ cap: 97 });
		const due = every(1, 97).filter((step) => watch.isDue(step) && !watch.report({ step, metrics: { "validation.loss": 1 } }));
		expect(due).toEqual(grid.filter((step) => step < 97));
		expect(watch.ended).toEqual({ outcome: "missed", message: null });
	});

	test("one that reports every 7 steps: at each report while looks are as frequent, known to cross since the one before", () => {
		const { evaluations, first } = reported(watchOf(), every(7), onceFrom(30));
		expect(evaluations.map(({ step }) => step)).toEqual([7, 14, 21, 28, 35]);
		expect(first).toEqual({ after: 28, step: 35, examples: 350 });
	});

	test("a report without the goal's metric is no look", () => {
		const watch = watchOf();
		watch.report({ step: 1, metrics: { "train.loss": 3 } });
		watch.report({ step: 2, metrics: { "validation.loss": 2, "train.loss": 2.5 } });
		expect(watch.evaluations).toEqual([{ step: 2, examples: 20, metrics: { "validation.loss": 2, "train.loss": 2.5 } }]);
	});

	test("a goal on the error is checked on the accuracy", () => {
		const watch = watchOf({}, "validation.error");
		expect(watch.report({ step: 1, metrics: { "validation.accuracy": 0.4 } })).toBe(false);
		expect(watch.report({ step: 2, metrics: { "validation.accuracy": 0.6 } })).toBe(true);
	});
});

describe("when a trial is over", () => {
	test("a report beyond the cap doesn't count, and steps and examples are cut back to the cap", () => {
		const { outcome, steps, examples, evaluations } = reported(watchOf({ cap: 25 }), every(10), onceFrom(30));
		expect({ outcome, steps, examples }).toEqual({ outcome: "missed", steps: 25, examples: 250 });
		expect(evaluations.map(({ step }) => step)).toEqual([10, 20]);
	});

	test("examples that the trainer counted itself are cut back in proportion", () => {
		const watch = watchOf({ cap: 25 });
		watch.report({ step: 20, examples: 180, metrics: {} });
		watch.report({ step: 30, examples: 270, metrics: {} });
		expect(watch.result(0)).toMatchObject({ steps: 25, examples: 225 });
	});

	test("asked to go to its cap, a run does so past the goal, and is looked at exactly there", () => {
		const { outcome, steps, first, evaluations } = reported(watchOf({ until: "cap" }), every(1), onceFrom(20));
		expect({ outcome, steps, first: first?.step }).toEqual({ outcome: "reached", steps: 100, first: 20 });
		expect(evaluations.slice(-2).map(({ step }) => step)).toEqual([97, 100]); // the next look would be 101
	});
});

describe("what comes of a trainer that doesn't do as it should", () => {
	const wrong = (second: Partial<Report> & Record<string, unknown>) => {
		const watch = watchOf();
		watch.report({ step: 5, examples: 50, metrics: { "validation.loss": 1 } });
		expect(watch.report({ step: 6, metrics: {}, ...second } as Report)).toBe(true);
		return watch.ended;
	};

	test.each([
		[{ metrics: { "validation.loss": Number.NaN } }, "diverged", "validation.loss became NaN at step 6"],
		[{ metrics: { "train.loss": Number.POSITIVE_INFINITY } }, "diverged", "train.loss became Infinity at step 6"],
		[{ step: 4 }, "failed", "step 4 was reported after step 5: steps must go forwards"],
		[{ step: 5 }, "failed", "step 5 was reported after step 5: steps must go forwards"],
		[{ step: 5.5 }, "failed", "a report's step is 5.5, expected a whole number of 1 or more"],
		[{ examples: 40 }, "failed", "the report at step 6 has 40 examples after 50"],
		[
			{ metrics: { "validation.acuracy": 0.5 } },
			"failed",
			'at step 6: unknown metric "validation.acuracy" (did you mean `validation.accuracy`?)',
		],
		[{ metrics: { val_acc: 0.5 } }, "failed", 'at step 6: "val_acc" is another way to write validation.accuracy'],
		[{ metrics: { "f1 macro": 0.5 } }, "failed", 'at step 6: "f1 macro" can\'t name a metric'],
		[{ metrics: { f1: Number.NaN } }, "diverged", "f1 became NaN at step 6"],
		[{ metrics: { "validation.accuracy": 95 } }, "failed", "validation.accuracy is 95 at step 6, expected a share from 0 to 1"],
		[{ metrics: { "validation.loss": "0.5" } }, "failed", 'validation.loss at step 6 is "0.5", expected a number'],
		[{ metrics: undefined }, "failed", "the report at step 6 has no metrics"],
	] as const)("%j: %s", (second, outcome, message) => {
		const ended = wrong(second as Partial<Report>);
		expect(ended?.outcome).toBe(outcome);
		expect(ended?.message).toContain(message);
	});

	test("one that reports, and never what the goal is on, says what it reported", () => {
		const watch = watchOf({ cap: 20 });
		for (const step of [10, 20]) watch.report({ step, metrics: { "train.loss": 1, f1: 0.5 } });
		expect(watch.ended).toEqual({
			outcome: "missed",
			message: "it reached its limit of 20 steps without having reported validation.loss; it reported train.loss, f1",
		});
		const late = watchOf({ cap: 20 });
		late.report({ step: 10, metrics: { f1: 0.5 } });
		late.report({ step: 30, metrics: { "validation.loss": 0.5 } });
		expect(late.ended).toEqual({ outcome: "missed", message: null });
	});

	test("one that returns before its time has stopped; one that never reported the goal's metric has failed", () => {
		const early = watchOf();
		early.report({ step: 5, metrics: { "validation.loss": 1 } });
		early.returned();
		expect(early.ended).toEqual({ outcome: "stopped", message: "the trainer ended by itself after step 5, before its limit of 100" });

		const silent = watchOf();
		silent.returned();
		expect(silent.ended).toEqual({ outcome: "failed", message: "the trainer ended without having reported validation.loss" });

		const other = watchOf();
		other.report({ step: 5, metrics: { "train.loss": 1 } });
		other.returned();
		expect(other.ended?.message).toBe("the trainer ended without having reported validation.loss; it reported train.loss");
	});

	test("after the goal was met it stays reached, come what may; but for being cancelled or out of time", () => {
		for (const [outcome, kept] of [
			["diverged", "reached"],
			["failed", "reached"],
			["cancelled", "cancelled"],
			["timed out", "timed out"],
		] as const) {
			const watch = watchOf({ until: "cap" });
			watch.report({ step: 5, metrics: { "validation.loss": 0.1 } });
			watch.end(outcome, "why");
			expect(watch.ended).toEqual({ outcome: kept, message: "why" });
			expect(watch.result(0).first?.step).toBe(5);
		}
	});
});

describe("a trainer whose schedule follows its planned length", () => {
	const planned = (cap: number) =>
		new ReportWatch({ goal: { metric: "validation.loss", atMost: 0.5 }, looks }, { batchSize: 10, cap, until: "cap" }, "by itself");
	const ran = (watch: ReportWatch, steps: readonly number[], loss: (step: number) => number = () => 1) => {
		for (const step of steps) if (watch.report({ step, metrics: { "validation.loss": loss(step) } })) break;
		watch.returned("script");
		return watch.result(0);
	};

	test("ends where it ends: its last report is a look, though none is due, and a step beyond the plan counts", () => {
		const watch = planned(100);
		const { outcome, steps, evaluations } = ran(watch, every(1, 101), (step) => 1 / step);
		expect({ outcome, steps }).toEqual({ outcome: "missed", steps: 101 });
		expect(evaluations.at(-1)).toMatchObject({ step: 101, metrics: { "validation.loss": 1 / 101 } });
	});

	test("that its looks met the goal on the way is no end: it goes on", () => {
		const { outcome, steps } = ran(planned(100), every(10, 100), () => 0.1);
		expect({ outcome, steps }).toEqual({ outcome: "missed", steps: 100 });
	});

	test("one that ends well before was cut off, goal or not; one that reports seldom was not", () => {
		const { outcome, message } = ran(planned(100), every(10, 50), () => 0.1);
		expect(outcome).toBe("stopped");
		expect(message).toContain("its last report is of step 50 of the 100 that were planned");
		expect(ran(planned(100), [40, 80]).outcome).toBe("missed");
	});

	test("one that goes on well beyond has another length than was planned", () => {
		const { outcome, message } = ran(planned(100), every(10, 200));
		expect(outcome).toBe("stopped");
		expect(message).toContain("beyond the 100 that were planned: let it take its length from {steps} or {epochs}");
	});
});
