import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Answers } from "../../dist/store/import/tracked/answers.js";
import { runsAt } from "../../dist/trackers/find/find.js";
import { readBytes } from "../../dist/trainers/read-bytes.js";
import { imported, unpackedFixtures } from "./fixtures.js";

const folder = unpackedFixtures();
mkdirSync(join(folder, "history"));
writeFileSync(
	join(folder, "history/batch_size=16,lr=0.125,seed=1.csv"),
	"_step,_runtime,_timestamp,val/accuracy\n256,1.5,1700000001.5,0.5\n512,3,1700000003,0.95\n",
);

const dozen = { group: "dozen" };
/** By the first column of the table in docs/import.md; each is all that its format keeps. */
const fixtures: Readonly<Record<string, readonly (readonly [path: string, answers: Answers])[]>> = {
	TensorBoard: [
		["tensorboard", {}],
		["keras-tensorboard", {}],
	],
	"Weights & Biases, local": [["wandb/dozen", {}]],
	"Weights & Biases, a chart": [["wandb-chart.csv", {}]],
	"Weights & Biases, a history": [["history/batch_size=16,lr=0.125,seed=1.csv", {}]],
	"MLflow, database": [["mlflow.db", dozen]],
	"MLflow, files": [["mlruns", dozen]],
	Optuna: [
		["optuna.db", dozen],
		["optuna-journal.log", dozen],
	],
	trackio: [["trackio.db", {}]],
	"Hugging Face's trainer": [["hugging-face", {}]],
	"Hugging Face's, in TensorBoard": [["hugging-face-tensorboard", {}]],
	"Lightning's CSVLogger": [["lightning_logs", {}]],
	"Keras' CSVLogger": [["keras-csv", {}]],
};

const cells = (line: string) =>
	line
		.slice(1, -1)
		.split("|")
		.map((cell) => cell.trim());
const documented = readFileSync(new URL("../../docs/import.md", import.meta.url), "utf8")
	.split("### Runs of a tracker")[1]
	.split("\n")
	.filter((line) => line.startsWith("|"))
	.slice(2)
	.map(cells)
	.slice(0, Object.keys(fixtures).length + 1);

test("the table of formats has a fixture for each, but Parquet, which is a table", () => {
	expect(documented.map(([format]) => format)).toEqual([...Object.keys(fixtures), "Parquet"]);
});

const cases = documented.flatMap(([format, , settings, seed, steps, seconds, ended]) =>
	(fixtures[format] ?? []).map(([path, answers]) => ({ format, path, answers, settings, seed, steps, seconds, ended })),
);

test.each(cases)(
	"$format, $path: what the table says is read is read, what is asked for is asked, what is absent is absent",
	async (row) => {
		const path = join(folder, row.path);
		const asks = await imported(path, { answers: row.answers }).then(
			() => [],
			(error: { readonly asks?: readonly string[] }) => error.asks ?? [],
		);
		// "Read, or asked for": where its values don't show it.
		if (row.steps === "asked for") expect(asks).toEqual(["stepsAre"]);
		else if (!row.steps.includes("asked for")) expect(asks).toEqual([]);
		const answers = asks.length > 0 ? { ...row.answers, stepsAre: "epochs" as const } : row.answers;
		const [note] = (await imported(path, { answers })).notes;
		const [, batchSize, rate, seed] = /^Batch size from (.+), learning rate from (.+), seed from (.+)\.$/.exec(note) ?? [];
		const isName = (from: string) => / name$/.test(from);
		const agrees = (cell: string, from: string) => {
			if (/^(the name|the file's name)$/.test(cell)) return isName(from);
			return cell === "read" || /^a parameter|^per device/.test(cell) ? !isName(from) : true;
		};
		expect([agrees(row.settings, batchSize), agrees(row.settings.startsWith("per device") ? "" : row.settings, rate)]).toEqual([
			true,
			true,
		]);
		expect(agrees(row.seed, seed)).toBe(true);
		const found = await runsAt(path, readBytes, null);
		const runs = "runs" in found ? found.runs : [];
		expect(runs.length).toBeGreaterThan(0);
		const timed = runs.some(({ curves }) => [...curves.values()].some((curve) => curve.seconds.some(Number.isFinite)));
		expect(timed).toBe(row.seconds !== "absent");
		const states = new Set(runs.map(({ state }) => state));
		if (row.ended === "absent") expect([...states]).toEqual(["unknown"]);
		else if (row.ended === "read") expect(states).not.toContain("unknown");
		else expect(row.ended).toMatch(/^read, with /);
	},
);
