import { describe, expect, test } from "vitest";
import { crossingMark } from "./crossing-mark.js";
import type { Goal } from "./goal.js";

/** A run that met its goal at the last of these looks. */
const run = (metric: string, looks: readonly (readonly [step: number, value: number])[]) => {
	const [after, step] = [looks.at(-2)?.[0] ?? 0, looks.at(-1)?.[0] ?? 0];
	return {
		reached: { after, step, examples: 4 * step },
		evaluations: looks.map(([step, value]) => ({ step, examples: 4 * step, metrics: { [metric]: value } })),
	};
};
const mark = (goal: Goal, looks: readonly (readonly [number, number])[]) =>
	crossingMark(goal, 1.05, run(goal.metric.replace(".error", ".accuracy"), looks));

describe("where a run crossed its goal", () => {
	test("is null without it, and the look itself where looks come as they are due or share a window", () => {
		const goal: Goal = { metric: "train.loss", atMost: 0.1 };
		expect(crossingMark(goal, 1.05, { reached: null, evaluations: [] })).toBeNull();
		expect(
			mark(goal, [
				[1, 1],
				[2, 0.01],
			]),
		).toBe(2); // the next look after 1 is 2
		expect(
			mark(goal, [
				[100, 1],
				[105, 0.01],
			]),
		).toBe(105);
		expect(
			mark(goal, [
				[100, 1],
				[109, 0.01],
			]),
		).toBe(109); // both are in the window of a tenth
	});

	test("between looks that lie apart: along the logarithm of steps, of a loss and of an error; any other metric as it is", () => {
		const halfway = Math.sqrt(100 * 400);
		expect(
			mark({ metric: "train.loss", atMost: 0.1 }, [
				[100, 1],
				[400, 0.01],
			]),
		).toBeCloseTo(halfway, 9);
		expect(
			mark({ metric: "validation.accuracy", atLeast: 0.9 }, [
				[100, 0],
				[400, 0.99],
			]),
		).toBeCloseTo(halfway, 9);
		expect(
			mark({ metric: "validation.error", atMost: 0.1 }, [
				[100, 0],
				[400, 0.99],
			]),
		).toBeCloseTo(halfway, 9);
		expect(
			mark({ metric: "f1", atLeast: 0.5 }, [
				[100, 0.4],
				[400, 0.6],
			]),
		).toBeCloseTo(halfway, 9);
		expect(
			mark({ metric: "return", atLeast: -110 }, [
				[100, -120],
				[400, -100],
			]),
		).toBeCloseTo(halfway, 9);
		expect(
			mark({ metric: "train.loss", atMost: 0 }, [
				[100, 1],
				[400, -1],
			]),
		).toBeCloseTo(halfway, 9); // no logarithm of 0
	});

	test("at the look where the value meets the goal exactly, or the value before is not known", () => {
		expect(
			mark({ metric: "train.loss", atMost: 0.1 }, [
				[100, 1],
				[400, 0.1],
			]),
		).toBe(400);
		const unmeasured = run("auc", [
			[100, 1],
			[400, 0.1],
		]);
		expect(crossingMark({ metric: "train.loss", atMost: 0.1 }, 1.05, unmeasured)).toBe(400);
	});

	test("at the first look of all, runs are told apart by how far beyond the goal they are, by less than a millionth", () => {
		const at = (value: number) => mark({ metric: "train.loss", atMost: 0.1 }, [[200, value]]) ?? 0;
		expect(at(0.1)).toBe(200);
		expect(at(0.01)).toBeLessThan(at(0.05));
		expect(at(0.05)).toBeLessThan(200);
		expect(at(1e-9)).toBeGreaterThan(200 * (1 - 1e-6));
	});
});
