import { describe, expect, test } from "vitest";
import { type ArmTask, runArm } from "../../src/experiments/generalization/arms.js";
import { type CrossedCell, type CrossedTask, ofWidth, runCrossed } from "../../src/experiments/generalization/crossed.js";
import { figuresOf } from "../../src/experiments/generalization/figures.js";
import { Laboratory } from "../../src/experiments/lab/laboratory.js";
import { seedOf } from "../../src/study/search/seeds.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { asked, type Known, known, largest, made } from "./made/generalization.js";

const { conclude, isTimed, settings, tasks } = asked;

const { batchSizes } = settings.study;
const tools = { read: readBytes };

function concluded(change: Partial<Known>) {
	const results = made({ ...known, ...change });
	const { words, claims } = conclude(results);
	return { figures: figuresOf(settings, results), words, verdicts: Object.fromEntries(claims.map(({ id, verdict }) => [id, verdict])) };
}

describe("sizes of known accuracy", () => {
	test("both ends worse under every budget, tuned or not: all three claims are supported", () => {
		const { figures, words, verdicts } = concluded({});
		for (const { large, small } of figures.readings) {
			// The scatter's mean over ten seeds is a tenth of it at most.
			expect(large.estimate).toBeCloseTo(0.05, 3);
			expect(small.estimate).toBeCloseTo(0.1, 3);
		}
		expect(figures.cells.slice(0, 6).every(({ batchSize }) => batchSize === 1)).toBe(true); // lines of charts run along ascending sizes
		for (const { gap } of figures.cells) expect(gap.estimate).toBeCloseTo(0.03, 10);
		expect(figures.middle?.batchSize).toBe(16);
		expect(verdicts).toMatchObject({ C23: "supported", C24: "supported", C25: "supported" });
		expect(words[0]).toContain("At equal steps, each at its own rate, it is 5");
	});

	test("worse untuned at equal epochs only: that a large batch generalizes worse is refuted, and the first sentence says both", () => {
		const accuracy: Known["accuracy"] = (batchSize, tuning, budget) =>
			batchSize === largest && tuning === "untuned" && budget === "epochs" ? 0.8 : 0.95;
		const { words, verdicts } = concluded({ accuracy });
		expect(verdicts).toMatchObject({ C23: "depends", C24: "refuted" });
		expect(words[0]).toContain("the large batch generalizes worse.");
		expect(words[0]).toContain("the large batch does not generalize worse by more than two points");
	});

	test("an end that is best refutes that one between beats both", () => {
		const { verdicts } = concluded({ accuracy: (batchSize) => (batchSize === largest ? 0.97 : 0.95) });
		expect(verdicts.C25).toBe("refuted");
	});

	test("runs that scatter by ten points decide nothing of two", () => {
		const { verdicts, words } = concluded({ accuracy: () => 0.8, scatter: 0.1 });
		expect(verdicts).toMatchObject({ C23: "undecided", C24: "undecided", C25: "undecided" });
		expect(words[0]).toContain("these runs cannot tell");
	});
});

describe("a crossed design without interactions", () => {
	/** Of places 0 … levels − 1, in the unit of a step. */
	const spread = (levels: number) => Math.sqrt((levels ** 2 - 1) / 12);

	test("an effect is its factor's own, exactly", () => {
		const { figures, verdicts } = concluded({});
		const { effects, second, ahead, tuned, change } = figures.crossed;
		const sizes = Object.fromEntries(effects.map(({ factor, size }) => [factor, size.estimate]));
		expect(sizes["learning rate"]).toBeCloseTo(0.1 * spread(4), 12);
		expect(sizes.momentum).toBeCloseTo(0.02 * spread(2), 12);
		expect(sizes.width).toBeCloseTo(0.01 * spread(3), 12);
		expect(sizes["batch size"]).toBeCloseTo(0.05 * spread(4), 12);
		expect(second).toBe("momentum");
		expect(ahead.estimate).toBeCloseTo(0.05 * spread(4) - 0.02 * spread(2), 12);
		// The highest rate is best everywhere, so that tuning leaves the batch size its effect.
		expect(tuned.size.estimate).toBeCloseTo(0.05 * spread(4), 12);
		expect(change.estimate).toBeCloseTo(0, 12);
		expect(verdicts.C9).toBe("supported");
	});

	test("a batch size that only shifts the best rate has nothing left once that is tuned", () => {
		const crossed: Known["crossed"] = (rate, momentum, width, batchSize) =>
			0.9 - 0.05 * Math.abs(rate - batchSize) + 0.001 * momentum * width;
		const { figures } = concluded({ crossed });
		expect(figures.crossed.tuned.size.estimate).toBeCloseTo(0, 12);
		expect(figures.crossed.change.estimate).toBeGreaterThan(0.01);
	});

	test("behind two others it is refuted; as far as the second it is undecided", () => {
		const crossed: Known["crossed"] = (rate, momentum, width) => 0.5 + 0.1 * rate + 0.05 * momentum + 0.01 * width;
		expect(concluded({ crossed }).verdicts.C9).toBe("refuted");
		expect(concluded({ crossed: () => 0.5 }).verdicts.C9).toBe("undecided");
	});
});

describe("runs", () => {
	const { study, reference, untunedRate } = settings;

	test("an arm's test accuracy is that of its runs, trained by hand", async () => {
		const small = { ...study, seeds: { tuning: 1, selecting: 1, reporting: 2 } };
		const task: ArmTask = { kind: "arm", study: small, budget: "steps", batchSize: 64, steps: 40, reference, untunedRate };
		const arm = await runArm(task, tools);
		const lab = await Laboratory.open(study.workload, tools);
		for (const { learningRate, ends } of [arm.untuned, arm.tuned ?? arm.untuned]) {
			for (const [seed, end] of ends.entries()) {
				lab.begin(64, seedOf(study.seed, "steps reporting", seed));
				for (let step = 0; step < 40; step++) lab.step(learningRate);
				expect([end?.train, end?.test]).toEqual([lab.evaluate("train")?.accuracy, lab.evaluate("test")?.accuracy]);
			}
		}
		expect(arm.untuned.learningRate).toBe(untunedRate);
		expect(arm.tuningAccuracy).toBeGreaterThan(0.5);
	});

	test("momentum and width are those of the cell; a rate far too large is reported as diverged", async () => {
		const workload = ofWidth(study.workload, 16);
		const about = { kind: "crossed", workload, width: 16, batchSize: 64, rates: [0.0625, 1e30], epochs: 1, seeds: [5] } as const;
		const cells: CrossedCell[] = [];
		for (const momentum of [0, 0.9]) cells.push(await runCrossed({ ...about, momentum } satisfies CrossedTask, tools));
		for (const [i, momentum] of [0, 0.9].entries()) {
			const optimizer = { name: "sgd", momentum } as const;
			const lab = await Laboratory.open({ ...workload, optimizer }, tools);
			lab.begin(64, 5);
			for (let step = 0; step < 17; step++) lab.step(0.0625);
			const [[end], diverged] = cells[i].ends;
			expect([end?.validation, end?.test]).toEqual([lab.evaluate("validation")?.accuracy, lab.evaluate("test")?.accuracy]);
			expect(diverged).toEqual([null]);
		}
		expect(cells[0].ends).not.toEqual(cells[1].ends);
	});
});

test("the budgets agree at the reference, and only the timing is timed", () => {
	const place = batchSizes.indexOf(settings.reference);
	const { epochs, steps, seconds } = settings.steps;
	expect([steps[place], seconds[place]]).toEqual([epochs[place], epochs[place]]);
	expect(epochs[batchSizes.length - 1]).toBe(settings.epochs);
	expect(tasks.filter(isTimed).map(({ kind }) => kind)).toEqual(["time"]);
});
