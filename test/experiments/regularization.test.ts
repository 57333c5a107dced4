import { expect, test } from "vitest";
import { type CellTask, runCell } from "../../src/experiments/lab/overfit/cell.js";
import { type Regularizer, regularized } from "../../src/experiments/lab/overfit/regularizers.js";
import { figuresOf } from "../../src/experiments/regularization/figures.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { asked, made, peaked, type RiseOf } from "./made/regularization.js";

const { conclude, settings, tasks } = asked;

const concluded = (riseOf: RiseOf, spread?: number) => {
	const cells = made(riseOf, spread);
	const { words, claims } = conclude(cells);
	return { figures: figuresOf(settings, cells), words, verdicts: claims.map(({ verdict }) => verdict) };
};

test("rises, effects and the peak are what the curves were made with", () => {
	const { figures, words, verdicts } = concluded(peaked);
	expect(verdicts).toEqual(["depends", "supported", "supported"]); // with every label right there is no rise
	const row = (regularizer: Regularizer, batchSize: number) =>
		figures.rows.find((one) => one.regularizer === regularizer && one.batchSize === batchSize);
	// Eight draws of −1, 0, 1, −1, 0, 1, −1, 0 thousandths around each rise: a mean of −1/8 of one.
	expect(row("none", 32)?.rise.estimate).toBeCloseTo(0.2 - 0.000125, 12);
	expect(row("dropout", 2)?.effect?.estimate).toBeCloseTo(0.18, 12);
	expect(row("none", 32)?.fits).toEqual({ "under-fitted": 0, "well-fitted": 0, "over-fitted": settings.seeds.reporting });
	expect(row("none", 32)?.accuracyAtLeast.estimate).toBe(0.75);
	expect(row("none", 32)?.accuracy.estimate).toBeCloseTo(0.65 + 0.0000625, 12);
	expect(figures.peaks.map(({ overSmallest }) => overSmallest.estimate)).toEqual([expect.closeTo(0.095, 12), expect.closeTo(0.06, 12)]);
	expect(words[0]).toContain("over-fits at every batch size");
	expect(words[0]).toContain("prevented by dropout, batch normalization, weight decay and gradient noise");
	expect(words[1]).toContain("learning wrong labels by heart");
	expect(words[2]).toContain("at 8 it is larger than at either end");
});

test("over-fitting with right labels but not with wrong ones depends on the labels, and no peak refutes the last claim", () => {
	const { verdicts, words } = concluded((_, batchSize, wrongLabels) => (batchSize === 2 && wrongLabels > 0 ? 0.01 : 0.2));
	expect(verdicts).toEqual(["depends", "refuted", "refuted"]);
	expect(words[0]).toContain(
		"the network over-fits at batch size 8, 32 and 200; it doesn't over-fit at 2. At batch size 32 no regularizer is sure",
	);
	expect(words[1]).toContain("not of wrong labels");
	expect(
		concluded((regularizer, batchSize, wrong) => (regularizer === "batch normalization" ? 0.01 : peaked(regularizer, batchSize, wrong)))
			.verdicts,
	).toEqual(["depends", "supported", "refuted"]);
});

test("what the seeds leave open is undecided", () => {
	const { verdicts, words } = concluded(peaked, 0.3);
	expect(verdicts).toEqual(["undecided", "undecided", "undecided"]);
	expect(words[0]).toContain("these runs cannot tell");
});

test("a regularizer goes where it belongs", () => {
	const kinds = (regularizer: Regularizer) => regularized(settings.workload, regularizer).model.map(({ kind }) => kind);
	expect(kinds("none")).toEqual(["dense", "relu", "dense"]);
	expect(kinds("dropout")).toEqual(["dense", "relu", "dropout", "dense"]);
	expect(kinds("ghost batches")).toEqual(["dense", "batch-norm", "relu", "dense"]);
	expect(regularized(settings.workload, "weight decay").optimizer).toEqual({ ...settings.workload.optimizer, weightDecay: 0.01 });
	expect(regularized(settings.workload, "gradient noise").gradient?.noise).toEqual({ variance: 0.01, decay: 0.55 });
});

test("a cell chooses its rate by the training loss, the same no matter what ran before it", async () => {
	const task: CellTask = {
		...tasks[0],
		arm: { regularizer: "none", batchSize: 32, wrongLabels: 0.2 },
		epochs: 6,
		seeds: { tuning: 2, reporting: 2 },
	};
	const { tuned, runs } = await runCell(task, { read: readBytes });
	const scores = tuned.tried.map(({ score }) => score ?? Number.POSITIVE_INFINITY);
	expect(tuned.tried.find(({ rate }) => rate === tuned.rate)?.score).toBe(Math.min(...scores));
	expect(tuned.tried.length).toBeGreaterThanOrEqual(3);
	expect(runs.map(({ validationLoss }) => validationLoss.length)).toEqual([4, 4]);
	await runCell({ ...task, seed: 7 }, { read: readBytes });
	expect(await runCell(task, { read: readBytes })).toEqual({ arm: task.arm, tuned, runs });
});
