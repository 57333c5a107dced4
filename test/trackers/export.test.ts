import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { csvLines } from "../../dist/store/export/csv.js";
import { jsonParts } from "../../dist/store/export/json.js";
import { optunaJournal } from "../../dist/store/export/optuna.js";
import { parquetBytes } from "../../dist/store/export/parquet.js";
import { tensorboardFiles } from "../../dist/store/export/tensorboard.js";
import type { FinishedTrial } from "../../src/core/trial.js";
import { exampleStudy } from "../fixtures/example-study.js";
import { accuracyGoal, imported, unpackedFixtures } from "./fixtures.js";

// Read back by pyarrow 25, Optuna 5 and tbparse 0.0.9 when they were written; here they are read back by our own readers.
const folder = unpackedFixtures();

test("a Parquet export has the same study as what was exported", async () => {
	const { trials, digest } = await imported(join(folder, "runs.csv"));
	const path = join(folder, "exported.parquet");
	writeFileSync(path, parquetBytes(trials));
	expect((await imported(path)).digest).toBe(digest);
});

test("a whole study as JSON is refused for what it is, and the fix names the formats that can be read", async () => {
	const path = join(folder, "exported.json");
	writeFileSync(
		path,
		[...jsonParts({ ...exampleStudy("one missing", "digits"), calibration: null, extensions: [], testResults: [] })].join(""),
	);
	await expect(imported(path)).rejects.toMatchObject({
		code: "import/unusable",
		message: expect.stringContaining("can't be imported"),
		fix: expect.stringContaining("--format csv"),
	});
});

test("an export for TensorBoard has the same study", async () => {
	const { trials, digest } = await imported(join(folder, "runs.csv"));
	for (const { path, parts } of tensorboardFiles(trials, 1_700_000_000)) {
		const file = join(folder, "exported", path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, Buffer.concat([...parts]));
	}
	const again = await imported(join(folder, "exported"));
	expect(again.runs.length).toBe(12);
	expect(again.digest).toBe(digest);
	expect(again.calibration).not.toBeNull();
});

/** The same trials as those of a study that searched a placeholder of its own. */
const searched = (trials: readonly FinishedTrial[]): readonly FinishedTrial[] =>
	trials.map(({ spec, result }) => ({ spec: { ...spec, flags: { warmup: 10 * (spec.seed % 2) } }, result }));

test("flags that a study searched come back from every format, by themselves", async () => {
	const { trials } = await imported(join(folder, "runs.csv"));
	const flagged = searched(trials);
	const parquet = join(folder, "flagged.parquet");
	writeFileSync(parquet, parquetBytes(flagged));
	const csv = join(folder, "flagged.csv");
	writeFileSync(csv, [...csvLines(flagged)].join(""));
	for (const { path, parts } of tensorboardFiles(flagged, 1_700_000_000)) {
		const file = join(folder, "flagged", path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, Buffer.concat([...parts]));
	}
	const journal = join(folder, "flagged.log");
	writeFileSync(journal, [...optunaJournal("dozen", flagged, accuracyGoal, "2026-11-28T00:00:00.000Z")].join(""));
	const settings = (all: readonly FinishedTrial[]) => all.map(({ spec }) => [spec.batchSize, spec.seed, spec.flags]).sort();
	for (const path of [parquet, csv, join(folder, "flagged"), journal])
		expect(settings((await imported(path, { answers: { stepsAre: "updates" } })).trials), path).toEqual(settings(flagged));
});

test("an Optuna journal has the goal's metric at every look, and who reached it", async () => {
	const { trials } = await imported(join(folder, "runs.csv"));
	const path = join(folder, "exported.log");
	writeFileSync(path, [...optunaJournal("dozen", trials, accuracyGoal, "2026-11-28T00:00:00.000Z")].join(""));
	const again = await imported(path, { answers: { stepsAre: "updates" } });
	const steps = (all: typeof trials) => all.map(({ spec, result }) => [spec.batchSize, spec.seed, result.reached?.step ?? null]);
	expect(steps(again.trials)).toEqual(steps(trials));
	// Those that ended without it are pruned, to Optuna: censored, when they come back.
	expect(again.trials.filter(({ result }) => result.outcome === "stopped").length).toBe(2);
});
