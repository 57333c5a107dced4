import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { optunaJournal } from "../../dist/store/export/optuna.js";
import { parquetBytes } from "../../dist/store/export/parquet.js";
import { tensorboardFiles } from "../../dist/store/export/tensorboard.js";
import { accuracyGoal, imported, unpackedFixtures } from "./fixtures.js";

// Read back by pyarrow 25, Optuna 5 and tbparse 0.0.9 when they were written; here they are read back by our own readers.
const folder = unpackedFixtures();

test("a Parquet export has the same study as what was exported", async () => {
	const { trials, digest } = await imported(join(folder, "runs.csv"));
	const path = join(folder, "exported.parquet");
	writeFileSync(path, parquetBytes(trials));
	expect((await imported(path)).digest).toBe(digest);
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
