import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { unpackedFixtures } from "../trackers/fixtures.js";
import { Workplace } from "./sweetspot.js";

const fixtures = unpackedFixtures();
const place = new Workplace();
afterAll(() => place.remove());

const goal = ["--goal", "validation.accuracy>=0.9", "--window", "1", "--examples", "4096"];
const start = (path: string, ...flags: readonly string[]) => place.start(["import", join(fixtures, path), ...goal, ...flags]);

test("runs of TensorBoard and the same runs as a table give one answer", async () => {
	const answers = [];
	for (const path of ["runs.csv", "tensorboard"]) {
		const { code, stdout } = await start(path, "--json");
		expect(code).toBe(0);
		answers.push(JSON.parse(stdout) as { digest: string; tradeoff: readonly { steps: unknown }[]; recommendation: unknown });
	}
	const [table, tracker] = answers;
	expect(tracker.digest).toBe(table.digest);
	expect(tracker.tradeoff.map(({ steps }) => steps)).toEqual(table.tradeoff.map(({ steps }) => steps));
});

test("the same runs of two trackers are one study", async () => {
	await start("wandb/dozen", "--json");
	const { stderr } = await start("hugging-face", "--dry-run", "--json");
	expect(stderr).not.toContain("Imported");
	const again = await start("wandb/dozen", "--json");
	expect(again.stderr).toContain("The store has these runs already");
});

test("a study of the ladder, exported for Optuna or TensorBoard, has each of its runs once, and can be imported again", async () => {
	const own = new Workplace();
	const tuned = await own.start(["tune", "--budget", "5x", "--set", "goal.atLeast=0.9", "--json"]);
	const { id } = (JSON.parse(tuned.stdout) as { study: { id: string } }).study;
	const imported = [];
	for (const format of ["optuna", "tensorboard"]) {
		await own.start(["export", id, "--format", format, "--out", format]);
		const flags = ["--goal", "validation.accuracy>=0.9", "--examples", "1087", "--steps-are", "updates", "--json"];
		const { code, stdout, stderr } = await own.start(["import", format, ...flags]);
		expect(code, stderr).toBe(0);
		imported.push((JSON.parse(stdout) as { tradeoff: readonly { steps: unknown }[] }).tradeoff.map(({ steps }) => steps));
	}
	expect(imported[1]).toEqual(imported[0]);
	expect(imported[0].some((steps) => steps !== null)).toBe(true);
	own.remove();
});

test("a path without a file is said before any question about what it holds", async () => {
	const { code, stderr } = await place.start(["import", "nofile.csv", "--goal", "validation.accuracy>=0.9"]);
	expect(code).toBe(2);
	expect(stderr).toContain("no such data: nofile.csv");
	expect(stderr).not.toContain("training set");
});

test("runs without a clock took a time that isn't known, and not 0 s", async () => {
	const table = "batch_size,lr,seed,step,val_acc\n4,0.1,1,5,0.5\n4,0.1,1,10,0.95\n";
	writeFileSync(join(place.folder, "clockless.csv"), table);
	const { stdout } = await place.start(["import", "clockless.csv", "--goal", "validation.accuracy>=0.9", "--examples", "100"]);
	expect(stdout).toMatch(/^1 trials?, 40 examples\.$/m);
	expect((await place.start(["studies"])).stdout).toMatch(/complete +1 +— /);
});

test("--dry-run shows the runs, says where their settings are from, and stores nothing", async () => {
	const empty = new Workplace();
	const { code, stdout, stderr } = await empty.start(["import", join(fixtures, "lightning_logs"), ...goal, "--dry-run"]);
	expect(code).toBe(0);
	expect(stderr).toContain("Batch size from batch_size, learning rate from learning_rate, seed from seed.");
	expect(stdout).toMatch(/^run +batch size +rate +seed +looks +steps/);
	expect(stdout).toMatch(/^version_0 +16 +0\.125 +1 +6 +1,536 /m);
	expect(stdout).toContain("12 runs; 10 reached a validation accuracy of at least 0.9. Nothing was stored");
	expect(existsSync(join(empty.folder, ".sweetspot"))).toBe(false);
	empty.remove();
});

test("a table can be looked at first as well", async () => {
	const { stdout } = await start("runs.csv", "--dry-run", "--json");
	const { runs } = JSON.parse(stdout) as { runs: readonly object[] };
	expect(runs[0]).toMatchObject({ run: null, batchSize: 16, learningRate: 0.125, seed: "1", evaluations: 6, reachedAt: 1024 });
});

test("the command that repeats an import has the flags that it needed", async () => {
	const { code } = await start("optuna.db", "--group", "dozen", "--steps-are", "epochs", "--name", "trials", "--json");
	expect(code).toBe(0);
	const report = (await place.start(["report", "trials", "--format", "md", "--out", "trials.md"])).code;
	expect(report).toBe(0);
	const { stdout } = await place.start(["export", "trials", "--format", "json"]);
	expect(JSON.parse(stdout)).toMatchObject({
		study: { settings: { workload: { imported: { file: "optuna.db", flags: ["--group", "dozen", "--steps-are", "epochs"] } } } },
	});
});

describe("export", () => {
	test("for TensorBoard fills a new folder, which can be imported, and is refused one that has something in it", async () => {
		await start("trackio.db", "--name", "out", "--json");
		const args = ["export", "out", "--format", "tensorboard", "--out", join(place.folder, "events")];
		expect((await place.start(args)).stdout.trim()).toBe(join(place.folder, "events"));
		const { stdout } = await place.start(["import", "events", ...goal, "--dry-run", "--json"]);
		expect((JSON.parse(stdout) as { runs: object[] }).runs.length).toBe(12);
		const again = await place.start(args);
		expect(again.code).toBe(2);
		expect(again.stderr).toContain("events has something in it already");
	});

	test.each(["parquet", "tensorboard"])("as %s needs a place to go", async (format) => {
		const { code, stderr } = await place.start(["export", "out", "--format", format]);
		expect(code).toBe(2);
		expect(stderr).toContain("say where to write it: `--out ");
	});
});

describe("what isn't known is an error that names the flag", () => {
	test.each([
		["mlflow.db", [], "there are runs of dozen, diverged", '--group "dozen"'],
		["optuna.db", ["--group", "dozen"], "at steps that may be updates or epochs", "--steps-are updates"],
		["wandb/dozen", ["--batch-size-key", "width"], "has no setting width; it has batch_size, learning_rate", "--batch-size-key"],
		["wandb/dozen", ["--metric-key", "top1"], "logs no top1; it logs train/loss, val/accuracy", "--metric-key"],
		["wandb/dozen", ["--step-key", "n"], "logs no n; it logs train/loss, val/accuracy", "--step-key"],
		["wandb", ["--from", "mlflow"], "none of them holds runs that can be read as mlflow", "docs/import.md"],
		["zhang-2024.csv", [], "has no column learning_rate", "docs/import.md"],
		["nowhere", [], "no such data", "check the path"],
	])("%s %j: %s", async (path, flags, found, fix) => {
		const { code, stdout, stderr } = await start(path, ...flags);
		expect(stderr).toContain(found);
		expect(stderr).toContain(fix);
		expect(stdout).toBe("");
		expect(code).toBe(2);
	});
});
