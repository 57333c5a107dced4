import { expect, test } from "vitest";
import type { LinearSource } from "../../src/data/oracles/linear.js";
import { figuresOf } from "../../src/experiments/convex/figures.js";
import { openConvex, squaredDistance } from "../../src/experiments/convex/problems.js";
import { converge, hover, race } from "../../src/experiments/convex/tasks.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { asked, made } from "./made/convex.js";

const { conclude, settings } = asked;

const tools = { read: readBytes };
const line: LinearSource = { name: "least-squares", examples: 100, dimensions: 5, noise: 0.5, penalty: 0.1, seed: 1 };
const logistic: LinearSource = { name: "logistic", examples: 100, dimensions: 5, noise: 1, penalty: 0.05, seed: 1 };
const digits = { name: "even-or-odd", penalty: 0.05 } as const;

test("the largest curvature is that of the direction in which least squares bends most", async () => {
	const { problem, largestCurvature } = await openConvex(line, "reshuffle", tools);
	const { features, count } = problem.train;
	// Power iteration, the slow obvious way.
	let vector = [1, 1, 1, 1, 1];
	let value = 0;
	for (let k = 0; k < 2000; k++) {
		const next = vector.map((_, j) => {
			let sum = 0.1 * vector[j];
			for (let i = 0; i < count; i++) {
				const score = vector.reduce((s, v, l) => s + v * features[i * 5 + l], 0);
				sum += (score * features[i * 5 + j]) / count;
			}
			return sum;
		});
		value = Math.hypot(...next);
		vector = next.map((x) => x / value);
	}
	expect(largestCurvature / value).toBeCloseTo(1, 10);
});

test("the full batch reaches the optimum below 2/L, and least squares diverges above", async () => {
	for (const source of [line, logistic, digits])
		for (const share of [0.5, 0.95]) {
			const { left } = await converge({ kind: "converge", source, share, steps: 1000, seed: 2 }, tools);
			// Gradient descent on a λ-strongly convex loss brings the optimum nearer by 1 − ηλ a step or better; λ ≥ the penalty. Rounding stays.
			const { largestCurvature } = await openConvex(source, "reshuffle", tools);
			expect(left).toBeLessThan((1 - ((share * 2) / largestCurvature) * source.penalty) ** 1000 + 1e-12);
		}
	expect((await converge({ kind: "converge", source: line, share: 1.05, steps: 1000, seed: 2 }, tools)).left).toBeNull();
});

test("with replacement the measured radius is the closed form's; reshuffled epochs hover closer", async () => {
	const task = { kind: "hover", source: line, batchSize: 4, learningRate: 0.1, looks: 2000, seed: 3 } as const;
	const replaced = await hover({ ...task, sampler: "with-replacement" }, tools);
	// 2,000 looks four time constants apart are all but independent; d² has a relative sd of about 0.7 in five dimensions, so its mean one of
	// 1.6 %. Four of them.
	expect(Math.abs(replaced.squaredDistance / (replaced.expected ?? Number.NaN) - 1)).toBeLessThan(0.07);
	const reshuffled = await hover({ ...task, sampler: "reshuffle" }, tools);
	expect(reshuffled.squaredDistance).toBeLessThan(0.8 * replaced.squaredDistance);
	expect(reshuffled.expected).toBeNull();
});

test("the full batch stays at the optimum", async () => {
	const task = { kind: "hover", source: logistic, sampler: "reshuffle", batchSize: 80, learningRate: 0.1, looks: 10, seed: 4 } as const;
	const { squaredDistance: squares, excessError } = await hover(task, tools);
	expect(squares).toBeLessThan(1e-28);
	expect(excessError).toBe(0);
});

test("a race reports the first look within each target, and null for what it doesn't reach", async () => {
	const task = { kind: "race", source: line, learningRate: 0.5, targets: [0.1, 1e-12], epochs: 20, seed: 5 } as const;
	const small = await race({ ...task, batchSize: 4 }, tools);
	expect(small.reached[0]?.examples).toBe(4 * (small.reached[0]?.steps ?? Number.NaN));
	expect(small.reached[1]).toBeNull();
	const full = await race({ ...task, batchSize: 80, learningRate: 1, epochs: 200 }, tools);
	expect(full.reached[1]?.examples).toBe(80 * (full.reached[1]?.steps ?? Number.NaN));
	expect((await race({ ...task, batchSize: 80, learningRate: 10 }, tools)).reached).toEqual([null, null]);
});

test("real digits: the optimum is where the gradient over all training examples is zero, and it separates even from odd", async () => {
	const { problem, optimum, machinery } = await openConvex(digits, "reshuffle", tools);
	expect([problem.dimensions, problem.train.count, problem.validation.count]).toEqual([65, 1087, 355]);
	const { features, targets, count } = problem.train;
	const gradient = optimum.map((weight, j) => {
		let sum = digits.penalty * weight;
		for (let i = 0; i < count; i++) {
			const score = optimum.reduce((s, w, k) => s + w * features[i * 65 + k], 0);
			sum -= (targets[i] * features[i * 65 + j]) / (1 + Math.exp(targets[i] * score)) / count;
		}
		return sum;
	});
	expect(Math.hypot(...gradient)).toBeLessThan(1e-12);
	machinery.weights.set(optimum);
	// More than the share of even digits, a half, by far; 0.89 when this was written.
	expect(machinery.evaluate("validation")?.accuracy).toBeGreaterThan(0.8);
});

test("squared distance, by hand", () => {
	expect(squaredDistance(Float64Array.of(1, 2), Float64Array.of(4, -2))).toBe(25);
});

const verdicts = (power: number, harm: number) =>
	Object.fromEntries(conclude(made(power, harm)).claims.map(({ id, verdict }) => [id, verdict]));

test("the verdicts where B sets the radius, and where B/N does", () => {
	expect(verdicts(0, 0.001)).toEqual({ C17: "supported", C18: "supported", C19: "refuted", C20: "supported" });
	expect(verdicts(0.5, 0.05)).toEqual({ C17: "supported", C18: "supported", C19: "supported", C20: "refuted" });
});

test("examples that rise in proportion to B have the slope 1", () => {
	const { looseSlope } = figuresOf(settings, made(0, 0.001));
	expect(looseSlope.estimate).toBeCloseTo(1, 10);
});
