import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Ended } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tsx = import.meta.resolve("tsx");

const workplace = workplaces();

const documentOf = ({ stdout }: Ended) =>
	JSON.parse(stdout) as {
		readonly digest: string;
		readonly reproducible: boolean;
		readonly noiseScale: unknown;
		readonly tradeoff: readonly { readonly batchSize: number; readonly outcome: string; readonly secondsPerStep: number }[];
	};

describe("docs/library.md", () => {
	const place = workplace();
	// As installed: the package is found in node_modules, and nothing else of the repository is.
	mkdirSync(join(place.folder, "node_modules"));
	symlinkSync(root, join(place.folder, "node_modules/sweetspot"));
	place.write("package.json", '{ "type": "module" }');
	const text = readFileSync(join(root, "docs/library.md"), "utf8");
	const files = [...text.matchAll(/```\w+ (\S+)\n([\s\S]*?)```/g)].map(([, name, content]) => ({ name, content }));
	for (const { name, content } of files) place.write(name, content);

	test("has a study, a trainer, a run and a network", () => {
		expect(files.map(({ name }) => name)).toEqual(["study.ts", "trainer.mjs", "going-on.mjs", "run.ts", "one-run.ts", "network.ts"]);
	});

	test("its run goes from the first trial to the report, and reports a mistake by its code", async () => {
		const { stdout, stderr, code } = await place.node(["--import", tsx, "run.ts"]);
		expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
		expect(stdout).toMatch(/^1 of about \d+ trials$/m);
		expect(stdout).toMatch(/^complete: (found|undecided), batch size \d+, \d+(\.\d+)? steps$/m);
		expect(stdout).toContain("study/invalid · correct the keys named above");
		expect(readFileSync(join(place.folder, "report.html"), "utf8")).toContain("<svg");
	});

	test("its trainer that goes on does, from rung to rung", async () => {
		const args = ["tune", "study.ts", "--set", "workload.trainer=./going-on.mjs", "--budget", "5x", "--json", "--quiet"];
		const { cost, tradeoff } = JSON.parse((await place.start(args)).stdout) as {
			readonly cost: { readonly trainings: number };
			readonly tradeoff: readonly { readonly outcome: string }[];
		};
		expect(tradeoff.some(({ outcome }) => outcome === "reached")).toBe(true);
		expect(cost.trainings).toBeGreaterThan(0);
	});

	test("its single run is saved, and continued to the same bytes", async () => {
		const { stdout, stderr, code } = await place.node(["--import", tsx, "one-run.ts"]);
		expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
		expect(stdout).toMatch(/^50 0\.[89]\d+$/m); // what the README says such a run reaches
		expect(stdout).toMatch(/^100 0\.weight true$/m);
	});

	test("the command line answers the same study from the same store, and elsewhere with the same digest, wherever its files lie", async () => {
		const again = await place.start(["tune", "study.ts", "--json"]);
		expect(again.stderr).toContain("Answered from the store");
		const answer = documentOf(again);
		expect(answer).toMatchObject({ reproducible: false, noiseScale: { verdict: "cannot tell" } });
		for (const { outcome, secondsPerStep } of answer.tradeoff) {
			expect(outcome).toBe("reached");
			expect(secondsPerStep).toBeGreaterThan(0);
		}
		// No package next to the study here: the one that runs is found.
		const bare = workplace();
		for (const { name, content } of files) bare.write(name, content);
		expect(documentOf(await bare.start(["tune", "study.ts", "--json", "--workers", "1"])).digest).toBe(answer.digest);
	});

	test("a study that is interrupted goes on; not with a trainer that was edited meanwhile", async () => {
		const interrupted = workplace();
		// Slower than it need be, so that there is time to interrupt it; the results are the same.
		const slow = (content: string) =>
			content.replace("if (isDue", "if (isDue(step)) await new Promise((r) => setTimeout(r, 5));\n\t\tif (isDue");
		const writeFiles = () => {
			for (const { name, content } of files) interrupted.write(name, slow(content));
		};
		writeFiles();
		let sent = false;
		const end = await interrupted.start(["tune", "study.ts"], (said, kill) => {
			if (sent || !said.includes("tuning")) return;
			sent = true;
			kill("SIGINT");
		});
		expect(end.code).toBe(130);
		const [, id] = end.stderr.match(/sweetspot resume (\S+)/) ?? [];
		interrupted.write("trainer.mjs", "export const train = () => {};");
		const refused = await interrupted.start(["resume", id]);
		expect(refused.code).toBe(2);
		expect(refused.stderr).toContain("the trainer is not the one the study began with");
		writeFiles();
		const resumed = await interrupted.start(["resume", id, "--json"]);
		expect(documentOf(resumed).digest).toBe(documentOf(await place.start(["tune", "study.ts", "--json"])).digest);
	});
});

describe("a module that can't be used gets its reason, and code 2", () => {
	const place = workplace();
	const study = (trainer: string) =>
		`export default { version: 1, workload: { trainer: "./${trainer}", examples: 64 }, goal: { metric: "train.loss", atMost: 1 } };`;
	place.write("nowhere.mjs", study("none.mjs"));
	place.write("thrower.mjs", study("throws.mjs"));
	place.write("throws.mjs", "throw new Error('no such tensor');");
	place.write("exporter.mjs", study("nothing.mjs"));
	place.write("nothing.mjs", "export const training = 1;");
	place.write("quitter.mjs", study("quits.mjs"));
	place.write("quits.mjs", "process.exit(3);");
	place.write("enum.ts", "enum Word { a }\nexport default {};");
	place.write("empty.ts", "export const study = {};");

	test.each([
		["nowhere.mjs", /no such trainer: .*none.mjs \(ENOENT\)/],
		["thrower.mjs", /the trainer cannot be used: .*throws.mjs: no such tensor/],
		["exporter.mjs", /nothing.mjs: it exports no train/],
		["quitter.mjs", /quits.mjs: it ended its thread with exit code 3/],
		["enum.ts", /the study file cannot be read: .*enum.ts, line 1: TypeScript enum is not supported in strip-only mode/],
		["empty.ts", /empty.ts holds no keys/],
	])("%s", async (file, said) => {
		const { code, stderr } = await place.start(["tune", file]);
		expect(stderr).toMatch(said);
		expect(code).toBe(2);
	});
});

test("plan says what a trainer of one's own would be asked, and runs nothing of it", async () => {
	const place = workplace();
	place.write(
		"study.yaml",
		"version: 1\nworkload: { trainer: t.mjs, examples: 100 }\ngoal: { metric: train.loss, atMost: 1 }\nbatchSizes: [30]\n",
	);
	place.write("t.mjs", "throw new Error('was run');");
	const { stdout, code } = await place.start(["plan", "study.yaml"]);
	expect(code).toBe(0);
	expect(stdout).toContain(join(place.folder, "t.mjs"));
	expect(stdout).toContain("its own: 100 training examples");
});

describe("examples", () => {
	const place = workplace();

	test("study.ts is a study that compiles and runs; library.ts follows it from code", async () => {
		const { stdout, stderr, code } = await place.node(["--import", tsx, join(root, "examples/library.ts")]);
		expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
		expect(stdout).toMatch(/^study blobs-/);
		expect(stdout).toMatch(/^batch size 64, learning rate [\d.]+: reached at step \d+$/m);
		expect(stdout).toMatch(/^complete: (found|undecided), batch size \d+ with learning rate [\d.]+$/m);
		expect(existsSync(join(place.folder, "blobs.html"))).toBe(true);
		expect(existsSync(join(place.folder, ".sweetspot"))).toBe(false);
		const planned = await place.start(["plan", join(root, "examples/study.ts")]);
		expect(planned.stdout).toContain("dense 16");
	});

	test("tensorflow: a TensorFlow.js model is tuned at every batch size", async () => {
		const { stdout, code } = await place.start(["tune", join(root, "examples/tensorflow/study.yaml"), "--json", "--quiet"]);
		expect([0, 3]).toContain(code); // three reporting runs may leave it undecided
		const { tradeoff } = documentOf({ stdout, stderr: "", code });
		expect(tradeoff.map(({ batchSize, outcome }) => [batchSize, outcome])).toEqual([10, 50, 300].map((size) => [size, "reached"]));
		for (const { secondsPerStep } of tradeoff) expect(secondsPerStep).toBeGreaterThan(0);
	});
});
