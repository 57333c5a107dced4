import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parquetWriteBuffer } from "hyparquet-writer";
import Database from "libsql";
import { describe, expect, test } from "vitest";
import { mlflowPlan } from "../../dist/trackers/mlflow/database.js";
import { readDatabase } from "../../dist/trackers/sql/read.js";
import { meantBy } from "../../src/trackers/float32.js";
import { imported, unpackedFixtures } from "./fixtures.js";

const folder = unpackedFixtures();
const place = () => mkdtempSync(join(folder, "made-"));

test.each([
	[Math.fround(0.9), 0.9],
	[Math.fround(0.1), 0.1],
	[Math.fround(2.5e-5), 2.5e-5],
	[0.98828125, 0.98828125], // exact in float32 already, and short
	[0.1, 0.1], // no float32
	[1 / 3, 1 / 3],
	[Math.fround(1 / 3), 0.33333334],
	[0, 0],
	[16_777_216, 16_777_216],
])("%d was meant as %d", (kept, meant) => {
	expect(meantBy(kept)).toBe(meant);
	expect(meantBy(-kept)).toBe(-meant);
});

describe("folders", () => {
	test("with runs of two formats ask which is meant", async () => {
		const both = place();
		cpSync(join(folder, "keras-csv"), join(both, "csv"), { recursive: true });
		cpSync(join(folder, "restarted"), join(both, "events"), { recursive: true });
		await expect(imported(both)).rejects.toMatchObject({
			detail: expect.stringContaining("1 of tensorboard, 12 of keras"),
			fix: "say which: `--from tensorboard`",
		});
		expect((await imported(both, { from: "keras" })).runs.length).toBe(12);
	});

	test("a damaged file is named, with the byte", async () => {
		const broken = place();
		writeFileSync(join(broken, "events.out.tfevents.1.h.0"), Buffer.alloc(100, 1));
		await expect(imported(broken)).rejects.toMatchObject({
			code: "data/damaged",
			detail: "events.out.tfevents.1.h.0: the length of the record at byte 0 has another checksum than it should",
		});
	});

	test("what a writer was killed over is left out", async () => {
		const cut = place();
		const [event] = ["restarted/batch_size=16,lr=0.1,seed=1/events.out.tfevents.1700000000.host.9"];
		mkdirSync(join(cut, "bs16-lr0.1"));
		writeFileSync(join(cut, "bs16-lr0.1/events.out.tfevents.1.h.0"), readFileSync(join(folder, event)).subarray(0, -5));
		expect((await imported(cut)).runs[0].looks.map(({ step }) => step)).toEqual([10, 20, 30, 40]);
	});
});

test("settings of a Python object in hparams.yaml are read as plain data", async () => {
	const run = join(place(), "version_0");
	mkdirSync(run);
	writeFileSync(join(run, "hparams.yaml"), "batch_size: 32\noptimizer: !!python/object:a.B\n  lr: 0.1\nseed: !!python/name:os.system\n");
	writeFileSync(join(run, "metrics.csv"), "epoch,step,val_acc\n0,9,0.5\n0,19,0.95\n");
	expect((await imported(run)).runs).toMatchObject([{ batchSize: 32, learningRate: 0.1, seed: "version_0" }]);
});

test("accuracies in per cent are read as shares, and said to be", async () => {
	const path = join(place(), "bs32_lr0.1_seed3.csv");
	writeFileSync(path, "epoch,val_accuracy\n0,52.5\n1,95\n");
	const { runs, notes } = await imported(path);
	expect(runs[0].looks.map(({ metrics }) => metrics["validation.accuracy"])).toEqual([0.525, 0.95]);
	expect(notes).toContain("validation.accuracy is logged in per cent: it is read as a share.");
});

test("two runs of one batch size, rate and seed are distinguished by their names, if the flag says so", async () => {
	const runs = place();
	for (const name of ["a", "b"]) {
		mkdirSync(join(runs, name));
		writeFileSync(join(runs, name, "hparams.yaml"), "batch_size: 32\nlr: 0.1\nseed: 1\n");
		writeFileSync(join(runs, name, "metrics.csv"), "epoch,step,val_acc\n0,9,0.5\n0,19,0.95\n");
	}
	await expect(imported(runs)).rejects.toMatchObject({ detail: "a and b both have batch size 32, learning rate 0.1 and seed 1" });
	expect((await imported(runs, { answers: { seedKey: "run" } })).runs.map(({ seed }) => seed)).toEqual(["a", "b"]);
});

describe("databases", () => {
	const made = (statements: string): string => {
		const path = join(place(), "mlflow.db");
		const database = new Database(path);
		database.exec(statements);
		database.close();
		return path;
	};
	const tables = `
		CREATE TABLE experiments (experiment_id INTEGER, name TEXT, lifecycle_stage TEXT);
		CREATE TABLE runs (run_uuid TEXT, name TEXT, status TEXT, start_time INTEGER, lifecycle_stage TEXT, experiment_id INTEGER);
		CREATE TABLE params (key TEXT, value TEXT, run_uuid TEXT);`;
	const metrics = "CREATE TABLE metrics (key TEXT, value REAL, timestamp INTEGER, run_uuid TEXT, step INTEGER, is_nan INTEGER);";

	test("a million rows don't take more memory than SQLite is given", async () => {
		const ordered = metrics.replace(");", ", PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan));");
		const path = made(`${tables}${ordered}
			INSERT INTO metrics WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
			SELECT 'val_acc', i / 1e6, 1700000000000 + i, 'a2c0f3e8b1d94f6f9f0f5a6b7c8d9e0f', i, 0 FROM n;`);
		let rows = 0;
		await readDatabase(
			{ path, file: "mlflow.db", bytes: 50e6 },
			[mlflowPlan],
			() => {},
			() => rows++,
		);
		expect(rows).toBe(1_000_000);
	});

	test("a view in a table's place is not run", async () => {
		const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
		const path = made(
			`${tables} CREATE VIEW metrics AS
			SELECT 'a' AS key, i AS value, i AS timestamp, 'r' AS run_uuid, i AS step, 0 AS is_nan FROM (${endless});`,
		);
		await expect(imported(path)).rejects.toMatchObject({ detail: expect.stringContaining("none of MLflow") });
	});

	test("that no tracker wrote are refused with what to do", async () => {
		await expect(imported(made("CREATE TABLE recipes (dish)"))).rejects.toMatchObject({ code: "import/unusable" });
	});

	test("that are read are not written, and neither is anything next to them", async () => {
		const alone = place();
		cpSync(join(folder, "mlflow.db"), join(alone, "mlflow.db"));
		await imported(join(alone, "mlflow.db"), { answers: { group: "dozen" } });
		expect(readdirSync(alone)).toEqual(["mlflow.db"]);
		expect(readFileSync(join(alone, "mlflow.db")).equals(readFileSync(join(folder, "mlflow.db")))).toBe(true);
	});
});

test("a Parquet file that claims two billion rows is refused before they are made", async () => {
	const path = join(place(), "runs.parquet");
	const bytes = Buffer.from(parquetWriteBuffer({ columnData: [{ name: "a", data: [1, 2, 3], type: "INT32", nullable: false }] }));
	writeFileSync(path, bytes);
	expect(readFileSync(path).subarray(0, 4).toString()).toBe("PAR1");
	// num_rows is a zigzag varint: 3 is 06. Of all places where it may stand, at least one makes it 2³¹ - 2.
	const ends: string[] = [];
	for (let at = 4; at < bytes.length - 12; at++) {
		if (bytes[at] !== 6) continue;
		const lie = Buffer.concat([bytes.subarray(0, at), Buffer.from([0xfc, 0xff, 0xff, 0xff, 0x0f]), bytes.subarray(at + 1)]);
		lie.writeUInt32LE(bytes.readUInt32LE(bytes.length - 8) + 4, lie.length - 8);
		writeFileSync(path, lie);
		ends.push(
			await imported(path).then(
				() => "taken",
				(error: { detail: string }) => error.detail,
			),
		);
	}
	expect(ends.some((end) => /it says that it has \d{8,} rows in \d+ bytes/.test(end))).toBe(true);
	rmSync(path);
});
