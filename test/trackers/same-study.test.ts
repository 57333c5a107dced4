import { join } from "node:path";
import { expect, test } from "vitest";
import type { Answers } from "../../dist/store/import/tracked/answers.js";
import { imported, unpackedFixtures } from "./fixtures.js";

const folder = unpackedFixtures();

interface Case {
	readonly path: string;
	readonly answers?: Answers;
}

const everything: readonly Case[] = [
	{ path: "tensorboard" },
	{ path: "keras-tensorboard" },
	{ path: "wandb/dozen" },
	{ path: "mlflow.db", answers: { group: "dozen" } },
	{ path: "trackio.db" },
	{ path: "hugging-face" },
	{ path: "lightning_logs" },
	{ path: "keras-csv" },
	{ path: "runs.parquet" },
	{ path: "runs-gzip.parquet" },
];

test.each(everything)("$path has the same dozen runs as the table, look for look", async ({ path, answers = {} }) => {
	const table = await imported(join(folder, "runs.csv"));
	const tracked = await imported(join(folder, path), { answers });
	expect(tracked.runs.length).toBe(12);
	expect(tracked.digest).toBe(table.digest);
});

const accuracyOnly: readonly Case[] = [
	{ path: "optuna.db", answers: { group: "dozen", stepsAre: "epochs" } },
	{ path: "optuna-journal.log", answers: { group: "dozen", stepsAre: "epochs" } },
	{ path: "wandb-chart.csv" },
];

test.each(accuracyOnly)("$path has them but for the training loss, which it doesn't hold", async ({ path, answers = {} }) => {
	const table = await imported(join(folder, "runs.csv"));
	const tracked = await imported(join(folder, path), { answers });
	const steps = ({ trials }: Awaited<ReturnType<typeof imported>>) =>
		trials
			.map(({ spec, result }) => [spec.batchSize, spec.learningRate, spec.seed, result.reached?.step ?? null, result.steps])
			.sort(byKey);
	expect(steps(tracked)).toEqual(steps(table));
});

const byKey = (a: readonly unknown[], b: readonly unknown[]): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

test.each([
	["mlruns", 4, { group: "dozen" }],
	["hugging-face-tensorboard", 4, {}],
	["pytorch", 2, {}],
])("%s has %d of the runs, look for look", async (path, count, answers) => {
	const table = await imported(join(folder, "runs.csv"));
	const tracked = await imported(join(folder, path), { answers });
	const of = ({ batchSize, learningRate, seed }: (typeof table.runs)[number]) => `${batchSize} ${learningRate} ${seed}`;
	const looks = new Map(table.runs.map((run) => [of(run), run.looks.map(({ step, metrics }) => ({ step, metrics }))]));
	expect(tracked.runs.length).toBe(count);
	for (const run of tracked.runs) expect(run.looks.map(({ step, metrics }) => ({ step, metrics }))).toEqual(looks.get(of(run)));
});

test("a folder of one file, and the file itself, are the same run", async () => {
	const [run] = ["keras-csv/batch_size=16,lr=0.125,seed=1.csv"];
	const alone = await imported(join(folder, run));
	expect(alone.runs).toMatchObject([{ batchSize: 16, learningRate: 0.125, seed: "1" }]);
	const all = await imported(join(folder, "keras-csv"));
	expect(all.runs.find(({ batchSize, learningRate, seed }) => batchSize === 16 && learningRate === 0.125 && seed === "1")).toEqual(
		alone.runs[0],
	);
});
