import { expect, test } from "vitest";
import { bestEnding, endOf, type HorizonRun, isBestGoal, lossAgainst } from "./horizon.js";

const goal = { metric: "validation.error", best: "lowest", horizon: { epochs: 3 }, give: 0.01 } as const;
const looks = [0.5, 0.75, 0.6].map((accuracy, i) => ({ step: i + 1, examples: i + 1, metrics: { "validation.accuracy": accuracy } }));

test("the last look is the end; what came before doesn't count", () => {
	expect(endOf(goal, { outcome: "missed", evaluations: looks })).toEqual({ kind: "value", value: 0.4 });
});

test("a run that was cut off has no end; one that diverged, or whose last look is no number, ended as badly as can be", () => {
	for (const outcome of ["stopped", "timed out", "failed", "out of memory"] as const)
		expect(endOf(goal, { outcome, evaluations: looks })).toEqual({ kind: "cut off" });
	expect(endOf(goal, { outcome: "diverged", evaluations: looks })).toEqual({ kind: "diverged" });
	expect(endOf(goal, { outcome: "missed", evaluations: [] })).toEqual({ kind: "diverged" });
});

test("a loss is positive where it is worse, in either direction", () => {
	expect(lossAgainst(goal, 0.5, 0.25)).toBe(0.25);
	expect(lossAgainst({ metric: "f1", best: "highest" }, 0.5, 0.75)).toBe(0.25);
	expect(isBestGoal(goal)).toBe(true);
	expect(isBestGoal({ metric: "f1", atLeast: 0.5 })).toBe(false);
});

test("the best ending is the highest or the lowest value, without runs that ended with none; null where all did", () => {
	const run = (learningRate: number, value: number | null): HorizonRun => ({
		batchSize: 8,
		learningRate,
		share: 1,
		steps: 100,
		end: value === null ? { kind: "diverged" } : { kind: "value", value },
	});
	const runs = [run(0.1, 0.4), run(0.2, 0.3), run(0.4, null), run(0.8, 0.5)];
	expect(bestEnding(goal, runs)).toMatchObject({ run: { learningRate: 0.2 }, value: 0.3 });
	expect(bestEnding({ metric: "f1", best: "highest" }, runs)).toMatchObject({ run: { learningRate: 0.8 }, value: 0.5 });
	expect(bestEnding(goal, [run(0.4, null)])).toBeNull();
});
