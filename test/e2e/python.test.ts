import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { pythonEnvironment, pythonWith } from "../fixtures/python.js";
import { Workplace } from "./sweetspot.js";

const place = new Workplace();
afterAll(() => place.remove());

const withNumpy = pythonWith("numpy");
const withTorch = pythonWith("torch", "numpy");

/** Few trials, each of a second or less. */
const small = ["batchSizes=[64]", "seeds.tuning=1", "seeds.selecting=1", "seeds.reporting=2"];
const rates = (from: number, to: number) => [`tune.learningRate.from=${from}`, `tune.learningRate.to=${to}`];

/** Of `export --format json`. */
interface ExportedTrial {
	readonly spec: { readonly phase: string };
	readonly result: {
		readonly outcome: string;
		readonly steps: number;
		readonly examples: number;
		readonly gradientNorms?: readonly {
			readonly step: number;
			readonly small: { readonly batch: number };
			readonly big: { readonly batch: number };
		}[];
	};
}

/** What the real program makes of a study file: the row of its one batch size, and its trials. */
async function tuned(study: string, python: string | null, settings: readonly string[]) {
	const sets = [...small, ...settings].flatMap((setting) => ["--set", setting]);
	const ended = await place.start(["tune", study, "--json", ...sets], undefined, pythonEnvironment(python ?? ""));
	expect([0, 3], ended.stderr).toContain(ended.code); // two reporting runs may leave it undecided
	const answer = JSON.parse(ended.stdout);
	const exported = await place.start(["export", answer.study.id, "--format", "json"]);
	const { trials } = JSON.parse(exported.stdout) as { readonly trials: readonly ExportedTrial[] };
	const [row] = answer.tradeoff;
	expect(row.outcome).toBe("reached");
	expect(row.secondsPerStep).toBeGreaterThan(0);
	expect(trials.map(({ result }) => result.outcome)).not.toContain("failed");
	return { row, results: trials.map(({ result }) => result), reporting: trials.filter(({ spec }) => spec.phase === "reporting") };
}

/** Steps at which a run's gradient was measured, with the two batch sizes. */
const measured = ({ result }: ExportedTrial) => result.gradientNorms?.map(({ step, small, big }) => [step, small.batch, big.batch]);
const probed = ({ result }: ExportedTrial) => [0, 1, 2, 4, 8, 16, 32, 64, 128, 256].filter((step) => step < result.steps);

describe("examples/python", () => {
	const example = (name: string) => fileURLToPath(new URL(`../../examples/python/${name}.yaml`, import.meta.url));

	test.skipIf(withNumpy === null)("a NumPy script that reads its trial (needs python3 with numpy)", async () => {
		const { row, results } = await tuned(example("numpy"), withNumpy, rates(0.06, 0.5));
		// The embedded study takes some 35 steps at 64.
		expect(row.steps.median).toBeGreaterThan(15);
		expect(row.steps.median).toBeLessThan(100);
		// The last batch of each epoch has 63 examples: 1,087 = 16·64 + 63.
		for (const { steps, examples } of results) expect(examples).toBe(64 * steps - Math.floor(steps / 17));
	});

	test.skipIf(withNumpy === null)("a script that only prints (needs python3 with numpy)", async () => {
		const { results } = await tuned(example("plain"), withNumpy, rates(0.12, 1));
		// It says something once an epoch, which is 17 steps.
		for (const { outcome, steps } of results) if (outcome === "reached") expect(steps % 17).toBe(0);
	});

	test.skipIf(withTorch === null)("a PyTorch script that reports its gradient's norms (needs python3 with torch)", async () => {
		const { row, reporting } = await tuned(example("pytorch"), withTorch, rates(0.125, 0.25));
		expect(row.steps.median).toBeGreaterThan(15);
		expect(row.steps.median).toBeLessThan(100);
		for (const run of reporting) expect(measured(run)).toEqual(probed(run).map((step) => [step, 64, 1024]));
	});
});

describe("docs/python.md, as a new user would follow it", () => {
	const text = readFileSync(new URL("../../docs/python.md", import.meta.url), "utf8");
	const files = [...text.matchAll(/```\w+ (\S+)\n([\s\S]*?)```/g)].map(([, name, content]) => ({ name, content }));
	for (const { name, content } of files) place.write(name, content);

	test("has a script and a study", () => expect(files.map(({ name }) => name)).toEqual(["train.py", "study.yaml"]));

	test.skipIf(withTorch === null)("its PyTorch script is tuned (needs python3 with torch)", async () => {
		const { reporting } = await tuned("study.yaml", withTorch, rates(0.12, 0.25));
		for (const run of reporting) expect(measured(run)).toEqual(probed(run).map((step) => [step, 64, 1024]));
	});
});
