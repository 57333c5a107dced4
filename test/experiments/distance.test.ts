import { expect, test } from "vitest";
import { bestOf, figuresOf } from "../../src/experiments/distance/figures.js";
import { firstStep } from "../../src/experiments/distance/first-step.js";
import { lengthBetween, looksOf, type Travel, travel } from "../../src/experiments/distance/travels.js";
import { subjectOf } from "../../src/experiments/lab/subjects.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { asked, made } from "./made/distance.js";

const { conclude, settings } = asked;

const tools = { read: readBytes };
const { plain } = subjectOf(null, "digits");

test("looks hold the start, the first steps, every epoch's end and both budgets' ends, ascending", () => {
	const looks = looksOf(34, 3, 100);
	for (const step of [0, 1, 2, 9, 34, 68, 100, 102]) expect(looks).toContain(step);
	expect(looks.at(-1)).toBe(102);
	expect([...looks].sort((a, b) => a - b)).toEqual(looks);
	expect(looksOf(1, 30, 100).at(-1)).toBe(100);
});

test("one plain step is as long as η times the gradient's norm, measured apart from it", async () => {
	for (const learningRate of [0.125, 1]) {
		const { distance: moved, expected } = await firstStep({ workload: plain, learningRate, seed: 3 }, tools);
		// Weights of about 0.1 are rounded by 4e-9 each and there are 4,810; steps here are 0.1 and longer.
		expect(moved / expected).toBeCloseTo(1, 5);
	}
	// A linear network, whose loss is another: the identity is the optimizer's alone.
	const linear = { ...plain, model: [{ kind: "dense", units: 10 }] as const };
	const { distance: moved, expected } = await firstStep({ workload: linear, learningRate: 0.5, seed: 4 }, tools);
	expect(moved / expected).toBeCloseTo(1, 5);
});

test("the path of one step is its distance; a longer one is no shorter than the distance", async () => {
	const task = { workload: plain, batchSize: 1087, learningRate: 0.125, epochs: 1, seed: 1 };
	const one = await travel({ ...task, steps: 1 }, tools);
	expect(one.path?.distance).toBe(one.distance[1]);
	expect(one.path?.length).toBeCloseTo(one.distance[1], 12);
	const ten = await travel({ ...task, steps: 10 }, tools);
	expect(ten.step.at(-1)).toBe(10);
	expect(ten.examples.at(-1)).toBe(10 * 1087);
	expect(ten.path?.length).toBeGreaterThanOrEqual(ten.path?.distance ?? Number.NaN);
	expect(ten.distance[0]).toBe(0);
});

test("a run that diverges keeps what it saw before", async () => {
	const lost = await travel({ workload: plain, batchSize: 64, learningRate: 1e30, epochs: 1, steps: 5, seed: 1 }, tools);
	expect(lost.diverged).toBe(true);
	expect(lost.path).toBeNull();
	expect(lost.distance[0]).toBe(0);
});

test("the best weights are those of the lowest validation loss within the budget", () => {
	const run = (validationLoss: number[], distances: number[]) =>
		({ validationLoss, distance: distances, examples: [0, 10, 20, 30] }) as unknown as Travel;
	expect(bestOf([run([3, 2, 1, 0.1], [0, 1, 2, 3]), run([3, 0.5, 2, 2], [0, 7, 8, 9])], 20)).toBe(7);
});

test("Euclidean length, by hand", () => {
	expect(lengthBetween(Float32Array.of(1, 2, 3), Float32Array.of(1, -1, 7))).toBe(5);
});

test("the verdicts on distances that are known", () => {
	const verdicts = (power: number, stepFactor: number) =>
		Object.fromEntries(conclude(made(power, stepFactor)).claims.map(({ id, verdict }) => [id, verdict]));
	expect(verdicts(-0.5, 1)).toEqual({ C28: "supported", C29: "refuted", C30: "supported", C36: "refuted" });
	expect(verdicts(0.5, 1.2)).toEqual({ C28: "refuted", C29: "supported", C30: "refuted", C36: "refuted" });
	const { atEqualExamples } = figuresOf(settings, made(-0.5, 1));
	for (const { slope } of atEqualExamples) expect(slope.estimate).toBeCloseTo(-0.5, 10);
});
