import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { imported, unpackedFixtures } from "./fixtures.js";

const folder = unpackedFixtures();
const at = (path: string) => join(folder, path);
const made = mkdtempSync(join(folder, "made-"));
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** A file of its own folder, such as `metrics.csv`. */
function written(name: string, text: string, nextTo: Readonly<Record<string, string>> = {}): string {
	const place = mkdtempSync(join(made, "run-"));
	writeFileSync(join(place, name), text);
	for (const [other, content] of Object.entries(nextTo)) writeFileSync(join(place, other), content);
	return join(place, name);
}

describe("the batch of one device", () => {
	test("is multiplied by what the epochs show: devices × accumulation", async () => {
		const { runs, notes } = await imported(at("hugging-face"));
		expect(new Set(runs.map(({ batchSize }) => batchSize))).toEqual(new Set([16, 64, 256]));
		expect(notes[0]).toContain("per_device_train_batch_size × 4, by its epochs");
	});

	const state = (batch: object) =>
		JSON.stringify({ ...batch, log_history: [1, 2, 3].map((i) => ({ step: 10 * i, learning_rate: 0.1, eval_accuracy: 0.3 * i })) });

	test("is asked for where nothing shows them, and taken from the flags", async () => {
		const path = written("trainer_state.json", state({ train_batch_size: 8 }));
		await expect(imported(path)).rejects.toMatchObject({
			detail: expect.stringContaining("has per_device_train_batch_size 8, which is of one device"),
			fix: "say `--devices N` and `--accumulation N` (1 where there was one)",
		});
		await expect(imported(path, { answers: { devices: 4 } })).rejects.toMatchObject({
			fix: "say `--accumulation N` (1 where there was one)",
		});
		expect((await imported(path, { answers: { devices: 4, accumulation: 2 } })).runs[0].batchSize).toBe(64);
	});

	test("a batch size next to a number of devices may be of one or of all: asked for", async () => {
		const hparams = { "hparams.yaml": "batch_size: 8\nlr: 0.1\nseed: 1\nnum_gpus: 4\naccumulate_grad_batches: 2\n" };
		const path = written("metrics.csv", "epoch,step,val_acc\n0,49,0.5\n0,99,0.95\n", hparams);
		await expect(imported(path)).rejects.toMatchObject({ fix: expect.stringContaining("`--devices 4` if each of them takes 8") });
		expect((await imported(path, { answers: { devices: 4 } })).runs[0].batchSize).toBe(64);
		expect((await imported(path, { answers: { devices: 1 } })).runs[0].batchSize).toBe(16);
	});
});

test("a global batch size is not multiplied again", async () => {
	const path = written("metrics.csv", "epoch,step,val_acc\n0,49,0.5\n0,99,0.95\n", {
		"hparams.yaml": "global_batch_size: 64\nlr: 0.1\nworld_size: 8\n",
	});
	expect((await imported(path)).runs[0].batchSize).toBe(64);
	await expect(imported(path, { answers: { devices: 8 } })).rejects.toMatchObject({ fix: "omit --devices and --accumulation" });
});

test("an epoch axis is converted where it is known to be one, and refused where it may be one", async () => {
	const epochs = await imported(at("keras-csv"));
	expect(epochs.runs.find(({ batchSize }) => batchSize === 64)?.looks.map(({ step }) => step)).toEqual([64, 128, 192, 256, 320, 384]);
	await expect(imported(at("optuna.db"), { answers: { group: "dozen" } })).rejects.toMatchObject({
		detail: expect.stringContaining("at steps that may be updates or epochs"),
		fix: expect.stringContaining("--steps-are updates"),
	});
	// MLflow's autologging: five epochs, and metrics at 0 to 4.
	const run = join(made, "mlruns/1/abc");
	mkdirSync(join(run, "metrics"), { recursive: true });
	mkdirSync(join(run, "params"));
	writeFileSync(join(run, "meta.yaml"), "run_name: auto\nlifecycle_stage: active\nstatus: 3\n");
	for (const [key, value] of Object.entries({ batch_size: "64", learning_rate: "0.1", epochs: "5" }))
		writeFileSync(join(run, "params", key), value);
	writeFileSync(
		join(run, "metrics/val_accuracy"),
		[0, 1, 2, 3, 4].map((epoch) => `${1000 + epoch} ${0.5 + epoch / 8} ${epoch}\n`).join(""),
	);
	await expect(imported(join(made, "mlruns"))).rejects.toMatchObject({ detail: expect.stringContaining("they look like epochs") });
	const said = await imported(join(made, "mlruns"), { answers: { stepsAre: "epochs-from-0" } });
	expect(said.runs[0].looks.map(({ step }) => step)).toEqual([64, 128, 192, 256, 320]);
});

describe("epochs that no setting shows", () => {
	const curve = (key: string, points: readonly number[]) => ({ [key]: points.map((at) => `${at} ${0.1 + at / 100} ${at}\n`).join("") });
	function mlruns(metrics: Readonly<Record<string, string>>): string {
		const place = mkdtempSync(join(made, "sink-"));
		const run = join(place, "1/r");
		mkdirSync(join(run, "metrics"), { recursive: true });
		writeFileSync(join(run, "meta.yaml"), "run_name: bs64-lr0.1-seed1\nlifecycle_stage: active\n");
		for (const [key, text] of Object.entries(metrics)) writeFileSync(join(run, "metrics", key), text);
		return place;
	}

	test("an evaluation at 0, 1, 2, … is asked about", async () => {
		const path = mlruns(curve("val_acc", [0, 1, 2, 3]));
		await expect(imported(path)).rejects.toMatchObject({ detail: expect.stringContaining("may be updates or epochs") });
		const { runs } = await imported(path, { answers: { stepsAre: "epochs-from-0" } });
		expect(runs[0].looks.map(({ step }) => step)).toEqual([64, 128, 192, 256]);
	});

	test("a loss of every update keeps its updates where the evaluations are of epochs", async () => {
		const path = mlruns({ ...curve("val_acc", [1, 2]), ...curve("train_loss", [10, 20, 30, 128]) });
		const { runs } = await imported(path, { answers: { stepsAre: "epochs" } });
		expect(runs[0].looks.map(({ step }) => step)).toEqual([10, 20, 30, 64, 128]);
	});
});

test("the settings that add_hparams writes into a folder of its own are those of the run above it", async () => {
	const { runs } = await imported(at("tensorboard"));
	expect(runs.length).toBe(12);
	expect(runs[0]).toMatchObject({ batchSize: 16, learningRate: 0.125, seed: "1" });
});

test.each([["mlflow.db"], ["mlruns"]])("%s: a loss of NaN, which the database keeps as 0, doesn't meet the goal", async (path) => {
	const { trials } = await imported(at(path), { answers: { group: "diverged" }, goal: { metric: "train.loss", atMost: 0.01, window: 1 } });
	expect(trials.map(({ result }) => [result.outcome, result.reached, result.evaluations.at(-1)?.metrics])).toEqual([
		["diverged", null, { "validation.accuracy": 0.98828125 }],
	]);
});

test("a deleted run of MLflow is not read", async () => {
	expect((await imported(at("mlflow.db"), { answers: { group: "dozen" } })).runs.length).toBe(12);
});

test("experiments of one store are asked for by name", async () => {
	await expect(imported(at("mlflow.db"))).rejects.toMatchObject({ fix: 'name one of them: `--group "dozen"`' });
});

test.each([["optuna.db"], ["optuna-journal.log"]])("%s: a categorical parameter, kept as its index, is its choice", async (path) => {
	const { runs } = await imported(at(path), { answers: { group: "dozen", stepsAre: "epochs" } });
	expect([...new Set(runs.map(({ batchSize }) => batchSize))]).toEqual([16, 64, 256]);
});

test.each([["optuna.db"], ["optuna-journal.log"]])(
	"%s: a pruned trial is censored where it stood; it hasn't missed the goal",
	async (path) => {
		const goal = { metric: "validation.accuracy", atLeast: 0.97, window: 1 };
		const { trials } = await imported(at(path), { answers: { group: "pruned", stepsAre: "epochs" }, goal });
		expect(trials.map(({ result }) => [result.outcome, result.steps])).toEqual([
			["reached", 1536],
			["reached", 1536],
			["reached", 1536],
			["stopped", 512],
		]);
	},
);

test("Lightning's steps are the index of the last batch: 255 is after 256 updates", async () => {
	const { runs } = await imported(at("lightning_logs"));
	expect(runs.find(({ batchSize }) => batchSize === 16)?.looks.map(({ step }) => step)).toEqual([256, 512, 768, 1024, 1280, 1536]);
});

test("steps such as 49, 99, 149 of a tracker that doesn't say are indices too", async () => {
	const rows = [49, 99, 149].map((step, i) => `{"step": ${step}, "eval_accuracy": ${0.3 * (i + 1)}}`);
	const place = mkdtempSync(join(made, "sink-"));
	mkdirSync(join(place, "1/r/metrics/val"), { recursive: true });
	mkdirSync(join(place, "1/r/params"));
	writeFileSync(join(place, "1/r/meta.yaml"), "run_name: bs32-lr0.1-seed1\nlifecycle_stage: active\n");
	writeFileSync(join(place, "1/r/metrics/val/acc"), rows.map((_, i) => `${i} ${0.3 * (i + 1)} ${50 * i + 49}\n`).join(""));
	expect((await imported(place)).runs[0]).toMatchObject({
		batchSize: 32,
		learningRate: 0.1,
		looks: [{ step: 50 }, { step: 100 }, { step: 150 }],
	});
});

test("W&B's define_metric: an evaluation stands at its own step metric, not at the row's step", async () => {
	const { runs } = await imported(at("wandb/step-metric"));
	const accurate = runs[0].looks.filter(({ metrics }) => "validation.accuracy" in metrics);
	expect(accurate.map(({ step }) => step)).toEqual([256, 512, 768, 1024, 1280, 1536]);
});

test.each([["wandb/resumed"], ["restarted"]])(
	"%s: a run that was begun again is one run, and what it gave up is not in it",
	async (path) => {
		const { runs, trials } = await imported(at(path));
		expect(runs.length).toBe(1);
		const values = runs[0].looks.map(({ step, metrics }) => [step, metrics["validation.accuracy"]]);
		expect(values).toEqual(
			path === "restarted"
				? [
						[10, 0.25],
						[20, 0.375],
						[30, 0.5],
						[40, 0.625],
						[50, 0.75],
					]
				: [
						[256, 0.59375],
						[512, 0.796875],
						[768, 0.8984375],
						[1024, 0.94921875],
						[1280, 0.9765625],
						[1536, 0.98828125],
					],
		);
		expect(trials[0].result.reached?.step ?? null).toBe(path === "restarted" ? null : 1024);
	},
);

test("a rate that falls towards the end is reported as tied to the horizon", async () => {
	const { runs, notes } = await imported(at("hugging-face-tensorboard"));
	expect(runs.map(({ learningRate }) => learningRate)).toEqual([0.125, 0.125, 0.5, 0.5]);
	expect(notes.join(" ")).toContain("The learning rate of 4 of 4 runs falls towards their end");
	expect((await imported(at("hugging-face"))).notes.join(" ")).not.toContain("falls");
	// Without a setting that names the schedule, by what was logged; the peak is the largest of it.
	const rows = [0.05, 0.1, 0.08, 0.02].map((rate, i) => `0,${10 * i + 9},${rate},${i === 3 ? 0.95 : 0.5}`);
	const warmed = await imported(
		written("metrics.csv", ["epoch,step,lr-SGD,val_acc", ...rows].join("\n"), { "hparams.yaml": "batch_size: 8\n" }),
	);
	expect(warmed.runs[0].learningRate).toBe(0.1);
	expect(warmed.notes.join(" ")).toContain("learning rate from the peak of lr-SGD");
	expect(warmed.notes.join(" ")).toContain("The learning rate of 1 of 1 runs falls towards their end");
});

test("an evaluation that appears twice at one step counts once", async () => {
	const { runs } = await imported(at("hugging-face"));
	expect(runs[0].looks.length).toBe(6);
});

test("a step of W&B that only counts calls of log is asked for", async () => {
	const path = written(
		"history.csv",
		["_step,_timestamp,val/accuracy,n", ...[0, 1, 2].map((i) => `${i},${i},0.${i + 5},${10 * i + 10}`)].join("\n"),
	);
	cpSync(path, join(made, "bs32-lr0.1.csv"));
	const run = join(made, "bs32-lr0.1.csv");
	await expect(imported(run)).rejects.toMatchObject({
		fix: expect.stringContaining("--step-key KEY (it logs _timestamp, val/accuracy, n)"),
	});
	expect((await imported(run, { answers: { stepKey: "n" } })).runs[0].looks.map(({ step }) => step)).toEqual([10, 20, 30]);
	expect((await imported(run, { answers: { stepsAre: "updates-from-0" } })).runs[0].looks.map(({ step }) => step)).toEqual([1, 2, 3]);
});
