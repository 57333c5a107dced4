import { expect, test } from "vitest";
import { Rng } from "../../src/core/rng.js";
import { loadDataset } from "../../src/data/load.js";
import { symmetricEigenpairs } from "../../src/engine/hessian/symmetric-eigenpairs.js";
import { Laboratory } from "../../src/experiments/lab/laboratory.js";
import { subjectOf } from "../../src/experiments/lab/subjects.js";
import { figuresOf } from "../../src/experiments/sharpness/figures.js";
import { bendAt, hillOf } from "../../src/experiments/sharpness/line-figures.js";
import { lineBetween, type Result, run, type Task } from "../../src/experiments/sharpness/tasks.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { asked, made, withoutTenth } from "./made/sharpness.js";

const { conclude, settings, tasks } = asked;

const tools = { read: readBytes };
const { workload } = subjectOf(null, "digits");

test("softmax regression at zero weights: the largest eigenvalue is a tenth of the largest of the mean of xxᵀ", async () => {
	// There every class has p = 1/K, so that H = (I/K − 11ᵀ/K²) ⊗ (1/N)Σxxᵀ, x with a 1 for the bias; the first factor's largest eigenvalue
	// is
	// 1/K.
	const lab = await Laboratory.open({ ...workload, model: [{ kind: "dense", units: 10 }] }, tools);
	lab.begin(1, 0);
	lab.place(new Float32Array(lab.parameterCount));
	const { width, train } = await loadDataset(workload.data, readBytes);
	const moments = Array.from({ length: width + 1 }, () => new Array<number>(width + 1).fill(0));
	for (let n = 0; n < train.count; n++) {
		const x = [...train.features.subarray(n * width, (n + 1) * width), 1];
		for (const [i, row] of moments.entries()) for (let j = 0; j <= width; j++) row[j] += (x[i] * x[j]) / train.count;
	}
	const { eigenvalue, sharpness: box, slope } = lab.landscape.curvature(train.count, Rng.fromSeed(1));
	// The Lanczos method stops within a thousandth, and comes from below.
	expect(eigenvalue / (symmetricEigenpairs(moments)[0].value / 10)).toBeCloseTo(1, 3);
	// The loss is convex: its rise in the box is at least what the gradient says, and at most that and half the largest eigenvalue times |r|²
	// more.
	expect(box).toBeGreaterThanOrEqual(slope);
	const radiusSquared = lab.parameterCount * 1e-6;
	expect(box).toBeLessThanOrEqual(slope + (100 * 0.5 * 1.001 * eigenvalue * radiusSquared) / (1 + Math.log(10)));
	expect([...lab.weights].every((weight) => weight === 0)).toBe(true);
});

test("along a line the loss is that of the weights there, and its ends are the two solutions'", async () => {
	const task = tasks.find(({ kind }) => kind === "lines");
	if (task?.kind !== "lines") throw new Error("no line");
	const short = { ...task, batchSizes: [64, 512], until: { epochs: 2 }, curvatureExamples: 100 };
	const result = await run(short, tools);
	if (result.kind !== "lines") throw new Error("no line");
	const [small, large] = result.solutions;
	const [line] = result.lines;
	const at = (alpha: number) => line?.train[short.alphas.indexOf(alpha)];
	// Weights are put together in double precision and rounded to what they were.
	expect(at(0)).toBe(small?.trainLoss);
	expect(at(1)).toBe(large?.trainLoss);
	expect(small?.epochs).toBe(2);
	expect(result.until).toBe("epochs");
	expect(await run(short, tools)).toEqual(result);
	// A network without hidden layers has a convex loss: no hill, for any ends.
	const lab = await Laboratory.open({ ...workload, model: [{ kind: "dense", units: 10 }] }, tools);
	lab.begin(1, 0);
	const from = lab.weights;
	lab.begin(1, 1);
	const convex = lineBetween(lab, from, lab.weights, short.alphas);
	expect(hillOf(short.alphas, convex.train)).toBeLessThan(0);
	for (const alpha of [0, 1]) expect(bendAt(short.alphas, convex.train, alpha)).toBeGreaterThan(0);
});

test("a run ends at the first look at which the training loss is low enough; one that never is has no solution", async () => {
	const task: Task = {
		kind: "solution",
		workload,
		batchSize: 64,
		learningRate: 0.03125,
		until: { trainLoss: 0.3, mostEpochs: 20, looksPerEpoch: 16 },
		curvatureExamples: 100,
		tuning: true,
		seed: 1,
	};
	const solutionOf = async (changes: Partial<Task>) => {
		const result = await run({ ...task, ...changes } as Task, tools);
		return result.kind === "solution" ? result.solution : null;
	};
	const found = await solutionOf({});
	expect(found?.trainLoss).toBeLessThanOrEqual(0.3);
	// A look comes every 68 examples, at the first end of a batch of 64 or 63 from there on.
	expect(found?.trainLoss).toBeGreaterThan(0.25);
	expect(found?.curvature).toBeNull();
	expect(await solutionOf({ until: { trainLoss: 1e-9, mostEpochs: 1, looksPerEpoch: 16 } })).toBeNull();
	expect(await solutionOf({ learningRate: 1e30 })).toBeNull();
});

test("hill and bend, by hand", () => {
	const alphas = [-0.5, 0, 0.5, 1, 1.5];
	expect(hillOf(alphas, [9, 1, 4, 2, 9])).toBe(2);
	expect(bendAt(alphas, [9, 1, 4, 2, 9], 0)).toBe((4 - 2 + 9) / 0.25);
	expect(bendAt(alphas, [9, 1, 4, 2, 9], 1)).toBe((9 - 4 + 4) / 0.25);
});

const concluded = (results: readonly Result[]) => {
	const { words, claims } = conclude(results);
	return { figures: figuresOf(settings, results), words, claim: claims[0] };
};

test("what grows with the batch size is found, with its power, at the tuned rates", () => {
	const { figures, words, claim } = concluded(made(0.5, 1));
	expect(figures.ends["tuned rates"].map(({ learningRate }) => learningRate)).toEqual(settings.sizes.map(({ rates }) => rates[2]));
	expect(figures.atEdge).toEqual([]);
	for (const { batchSize, sharpness: box, eigenvalue } of figures.ratios) {
		// Seeds are off by a hundredth.
		expect(box.estimate).toBeCloseTo((batchSize / 8) ** 0.5, 0);
		expect((eigenvalue.estimate ?? 0) / (batchSize / 8)).toBeCloseTo(1, 1);
	}
	expect(figures.ends["same rate"][0].slopeShare).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 });
	// 1 + α² bends by 2 everywhere and has its highest place between the ends just before the higher one.
	expect(figures.lines[0].bend.small.estimate).toBeCloseTo(2, 10);
	expect(figures.lines[0].hill.estimate).toBeCloseTo(0.81 - 1, 10);
	expect(words[0]).toContain("sharper than those of 8 by both measures");
	expect(words[4]).toContain("no hill can be made out");
	expect(claim.verdict).toBe("supported");
});

test("sharper by one measure only isn't sharper; flatter isn't; and what scatters widely, or is missing, is undecided", () => {
	const oneOnly = concluded(made(-0.5, 1));
	expect(oneOnly.claim.verdict).toBe("refuted");
	expect(oneOnly.words[0]).toContain(
		"sharper than those of 8 by the largest Hessian eigenvalue, and flatter than them by Keskar's sharpness",
	);
	expect(concluded(made(-0.5, -1)).claim.verdict).toBe("refuted");
	const scattered = concluded(made(0.1, 0.1, 0.9));
	expect(scattered.claim.verdict).toBe("undecided");
	expect(scattered.words[0]).toContain("neither measure distinguishes solutions of batches of 109 from those of 8");
	const { figures, claim } = concluded(withoutTenth(made(0.5, 1)));
	expect(figures.ends["tuned rates"][1].learningRate).toBeNull();
	expect(claim.verdict).toBe("undecided");
});
