import { expect, test } from "vitest";
import { trial } from "../../test/fixtures/finished-trial.js";
import type { BestGoal } from "../core/horizon.js";
import type { FinishedTrial } from "../core/trial.js";
import { horizonFinding } from "./horizon.js";

const setting = { batchSize: 8, learningRate: 0.1, steps: 100 };
const accuracyGoal: BestGoal = { metric: "validation.accuracy", best: "highest", horizon: { epochs: 1 }, give: 0.01 };

function ended(metrics: Readonly<Record<string, number>>, seedIndex: number): FinishedTrial {
	const { spec, result } = trial({ phase: "reporting", batchSize: 8, learningRate: 0.1, seedIndex }, { cap: 100 });
	return {
		spec: { ...spec, phase: "horizon reporting" },
		result: { ...result, evaluations: [{ step: 100, examples: 800, metrics }] },
	};
}

const bestEnd = (goal: BestGoal, metric: string, values: readonly number[]) =>
	horizonFinding(
		goal,
		{ runs: [], best: setting, larger: [], untested: null, isOver: true },
		values.map((value, seedIndex) => ended({ [metric]: value }, seedIndex)),
	).best?.end;

test("the interval of an accuracy at the end doesn't reach beyond 1, nor that of an error below 0", () => {
	expect(bestEnd(accuracyGoal, "validation.accuracy", [1, 1, 0.97])).toMatchObject({ high: 1 });
	const errorGoal: BestGoal = { ...accuracyGoal, metric: "validation.error", best: "lowest" };
	expect(bestEnd(errorGoal, "validation.accuracy", [1, 1, 0.97])).toMatchObject({ low: 0 });
});

test("what a metric of the user's own can be isn't known: its interval is left as it is", () => {
	const own: BestGoal = { ...accuracyGoal, metric: "score" };
	expect(bestEnd(own, "score", [1, 1, 0.97])?.high).toBeGreaterThan(1);
});
