import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { smallStudy, Workplace } from "./sweetspot.js";

interface Answer {
	readonly study: { readonly id: string };
	readonly reproducible: boolean;
	readonly tradeoff: readonly { readonly batchSize: number; readonly steps: unknown; readonly examples: unknown }[];
}

const place = new Workplace();
afterAll(() => place.remove());
const json = async <T>(...args: readonly string[]): Promise<T> => JSON.parse((await place.start([...args, "--json"])).stdout) as T;

let tuned: Answer;
let imported: Answer;
beforeAll(async () => {
	place.write("small.yaml", smallStudy);
	tuned = await json<Answer>("tune", "small.yaml");
	await place.start(["export", tuned.study.id, "--out", "small.csv"]);
	imported = await json<Answer>("import", "small.csv", "--goal", "validation.loss<=0.25", "--examples", "180", "--name", "again");
}, 60_000);

describe("export", () => {
	test("writes a table to standard output, the same as to a file", async () => {
		const { stdout, code } = await place.start(["export", tuned.study.id]);
		expect(code).toBe(0);
		expect(stdout).toBe(readFileSync(join(place.folder, "small.csv"), "utf8"));
		expect(stdout.split("\r\n")[0]).toMatch(/^phase,batch_size,learning_rate,seed_index,seed,cap,outcome,step,examples,batch.loss,/);
	});

	test("writes everything as JSON", async () => {
		const document = JSON.parse((await place.start(["export", tuned.study.id, "--format", "json"])).stdout) as {
			schemaVersion: number;
			study: { id: string; settings: { name: string } };
			trials: unknown[];
			calibration: { stepTimes: unknown[] };
		};
		expect(document).toMatchObject({ schemaVersion: 1, study: { id: tuned.study.id, settings: { name: "small" } } });
		expect(document.calibration.stepTimes.length).toBe(4);
		const [stored] = (await json<{ studies: { id: string; trials: number }[] }>("studies")).studies.filter(
			({ id }) => id === tuned.study.id,
		);
		expect(document.trials.length).toBe(stored.trials);
	});

	test.each([
		[["export", "nothing"], "no such study in the store"],
		[["export", "again", "--format", "html"], '--format is "html", expected csv, json, parquet, optuna or tensorboard'],
		[["export", "again", "--out", "/proc/nowhere/x.csv"], "the export cannot be written"],
	])("%j: %s", async (args, said) => {
		const { code, stderr } = await place.start(args);
		expect(code).toBe(2);
		expect(stderr).toContain(said);
	});
});

describe("import", () => {
	test("of an exported study gives the same steps and examples at every batch size, with the same intervals", () => {
		const figures = ({ tradeoff }: Answer) => tradeoff.map(({ batchSize, steps, examples }) => ({ batchSize, steps, examples }));
		expect(figures(imported)).toEqual(figures(tuned));
		expect(imported.reproducible).toBe(false);
	});

	test("is a study like any other, but for training", async () => {
		const { id } = imported.study;
		const listed = await json<{ studies: { id: string; state: string }[] }>("studies");
		expect(listed.studies.find((study) => study.id === id)).toMatchObject({ name: "again", state: "complete" });
		expect((await json<Answer>("show", id)).tradeoff).toEqual(imported.tradeoff);
		const report = (await place.start(["report", id])).stdout.trim();
		expect(readFileSync(report, "utf8")).toContain("Runs made elsewhere, imported");
		for (const command of ["resume", "tune"]) {
			const { code, stderr } = await place.start([command, id]);
			expect(code).toBe(2);
			expect(stderr).toContain(`imported runs cannot be trained further: ${id} has`);
		}
		const exported = (await place.start(["export", id])).stdout;
		expect(exported.split("\r\n").length).toBe(readFileSync(join(place.folder, "small.csv"), "utf8").split("\r\n").length);
	});

	test("of the same file is answered from the store", async () => {
		const { stderr } = await place.start(["import", "small.csv", "--goal", "validation.loss<=0.25", "--examples", "180"]);
		expect(stderr).toContain(`The store has these runs already, as ${imported.study.id}.`);
	});

	test("of the same file for another objective chooses anew from the same runs", async () => {
		const words = ["small.csv", "--goal", "validation.loss<=0.25", "--examples", "180", "--name", "again", "--objective"];
		const objectives: string[] = [];
		for (const objective of ["cheapest", "balanced"]) {
			const answer = await json<Answer & { recommendation: { objective: string } }>("import", ...words, objective);
			expect(answer).toMatchObject({ study: imported.study, state: "complete" });
			objectives.push(answer.recommendation.objective);
		}
		expect(objectives).toEqual(["cheapest", "balanced"]);
	});

	test("of a table by other names warns of the winner's curse, and can be removed", async () => {
		const rows = [4, 16, 64].flatMap((size) =>
			[0.1, 0.2].flatMap((rate) =>
				[0, 1, 2].flatMap((seed) =>
					[1, 2, 3, 4].map((look) => {
						const reached = look * size >= 32 * (1 + rate) + seed * 8 || look === 4;
						return `${size};${rate};${seed};${look * 10};${reached ? 0.95 : 0.5};${look * 0.2};note`;
					}),
				),
			),
		);
		place.write("mine.csv", ["Batch Size;LR;Run;Iteration;Val Acc;Elapsed;Comment", ...rows].join("\n"));
		const { code, stdout, stderr } = await place.start([
			"import",
			"mine.csv",
			"--metric",
			"val_acc",
			"--at-least",
			"0.9",
			"--examples",
			"1000",
		]);
		expect(code).toBe(0);
		expect(stderr).toContain("Left aside, since these columns mean nothing here: Comment.");
		expect(stdout.replace(/\s+/g, " ")).toContain("(the winner's curse)");
		const [, id] = stderr.match(/Imported 18 runs as (\S+)\./) ?? [];
		expect(existsSync(join(place.folder, ".sweetspot", "reports", `${id}.html`))).toBe(true);
		expect((await place.start(["remove", id, "--yes"])).stderr).toContain(`Removed ${id} and its 18 trials`);
	});

	test.each([
		[["nowhere.csv", "--goal", "val_acc>=0.9", "--examples", "10"], "no such data: nowhere.csv"],
		[["small.yaml", "--goal", "val_acc>=0.9", "--examples", "10"], "small.yaml has no column batch_size, no learning_rate (or lr)"],
		[["small.csv", "--goal", "val_acc>=0.9"], "the size of the training set is not known"],
		[["small.csv", "--examples", "180"], "no goal: the metric, and the value it must reach"],
		[
			["small.csv", "--goal", "val_acc>=0.9", "--examples", "100"],
			"expected a whole number from 1 to the 100 training examples (--examples)",
		],
		[["small.csv", "--goal", "train.accuracy>90", "--examples", "180"], "expected METRIC>=VALUE or METRIC<=VALUE"],
	])("%j: %s", async (args, said) => {
		const { code, stdout, stderr } = await place.start(["import", ...args]);
		expect(stderr).toContain(said);
		expect(code).toBe(2);
		expect(stdout).toBe("");
	});
});
