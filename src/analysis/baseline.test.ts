import { expect, test } from "vitest";
import { trial } from "../../test/fixtures/finished-trial.js";
import { recommendation as sample } from "../../test/fixtures/small-findings.js";
import { baselineFinding, withCostRatio } from "./baseline.js";

const setting = { batchSize: 8, learningRate: 0.5 };
const recommended = { ...sample, batchSize: 16, learningRate: 1 };
type Change = Parameters<typeof trial>[1];
const onSeed = (spec: Parameters<typeof trial>[0], change: Change) => {
	const { spec: made, result } = trial(spec, change);
	return { spec: { ...made, seed: spec.seedIndex }, result };
};
const ownRun = (seedIndex: number, change: Change) => onSeed({ phase: "baseline", ...setting, seedIndex }, change);
const own = (seedIndex: number, step: number) => ownRun(seedIndex, { crossed: [step - 5, step] });
const reported = (seedIndex: number, step: number) =>
	onSeed({ phase: "reporting", batchSize: 16, learningRate: 1, seedIndex }, { crossed: [step - 5, step] });

const found = (trials: readonly ReturnType<typeof trial>[]) => {
	const finding = baselineFinding(trials, setting, null);
	if (finding === null) throw new Error("no runs");
	return withCostRatio(finding, { trials, objective: "cheapest" }, recommended).costRatio;
};

test("the own setting is compared seed by seed, by what the objective counts", () => {
	const steps = [100, 200, 400];
	const trials = steps.flatMap((step, seed) => [own(seed, step), reported(seed, step)]);
	expect(found(trials)).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 }); // as many steps, of half the examples
	const scattered = steps.flatMap((step, seed) => [own(seed, step * (1 + seed)), reported(seed, step)]);
	const ratio = found(scattered);
	expect(ratio?.estimate).toBeCloseTo(0.5 * 6 ** (1 / 3), 12);
	expect(ratio?.high).toBeGreaterThan(1);
});

test("nothing is said where a run of it missed the goal, or where too few seeds are shared", () => {
	const steps = [100, 200, 400];
	const trials = steps.flatMap((step, seed) => [own(seed, step), reported(seed, step)]);
	expect(found([...trials, ownRun(3, { cap: 900 })])).toBeUndefined();
	expect(found(steps.flatMap((step, seed) => [own(seed, step), reported(seed + 1, step)]))).toBeUndefined();
});
