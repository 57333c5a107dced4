import { expect, test } from "vitest";
import { trial } from "../../test/fixtures/finished-trial.js";
import { costOf, trainingsOf } from "./cost.js";

const tuning = (batchSize: number, learningRate: number, seedIndex: number, change: Parameters<typeof trial>[1]) =>
	trial({ phase: "tuning", batchSize, learningRate, seedIndex }, change);

test("costOf counts what was asked for, and the best rate's own runs at every size", () => {
	const trials = [
		tuning(8, 1, 0, { cap: 25 }), // begun again below: paid for, but not by one who knows
		tuning(8, 1, 0, { crossed: [95, 100] }),
		tuning(8, 1, 1, { crossed: [86, 90] }),
		tuning(8, 1, 2, { cap: 95 }),
		tuning(8, 2, 0, { crossed: [110, 116] }),
		tuning(8, 2, 1, { crossed: [110, 116] }),
		tuning(8, 2, 2, { cap: 110 }),
		tuning(16, 1, 0, { cap: 10 }), // no rate has a median here
		tuning(16, 1, 1, { outcome: "cancelled", steps: 7 }),
		trial({ phase: "reporting", batchSize: 8, learningRate: 1, seedIndex: 0 }, { crossed: [95, 100] }),
	];
	expect(costOf(trials, [8, 16], 3)).toEqual({
		trials: 9,
		examples: 8 * (25 + 100 + 90 + 95 + 116 + 116 + 110 + 100) + 16 * 10,
		search: 8 * (25 + 100 + 90 + 95 + 116 + 116 + 110) + 16 * 10,
		clairvoyant: 8 * (100 + 90 + 95),
	});
});

test("costOf no trials is zero", () => {
	expect(costOf([], [1, 2], 3)).toEqual({ trials: 0, examples: 0, search: 0, clairvoyant: 0 });
});

test("a trial that took no step costs nothing, though its batch size has no time per step", () => {
	const known = (median: number) => ({ median, low: median, high: median });
	const at = (batchSize: number) => ({ phase: "reporting", batchSize, learningRate: 0.5, seedIndex: 0 }) as const;
	const trials = [trial(at(32), { crossed: [190, 200] }), trial(at(128), { outcome: "out of memory", steps: 0 })];
	const times = (size: number) => (size === 32 ? 0.01 : null);
	expect(trainingsOf(trials, { examples: known(3200), seconds: known(0.5) }, times)).toEqual({ trainings: 2, trainingSeconds: 4 });
});

test("what the user's own setting took is part of the price, and known apart", () => {
	const at = (phase: "reporting" | "baseline") => ({ phase, batchSize: 8, learningRate: 0.5, seedIndex: 0 }) as const;
	const trials = [trial(at("reporting"), { crossed: [95, 100] }), trial(at("baseline"), { cap: 250 })];
	const examples = { median: 800, low: 800, high: 800 };
	expect(trainingsOf(trials, { examples, seconds: examples }, () => null)).toMatchObject({ trainings: 3.5, own: 2.5 });
});
