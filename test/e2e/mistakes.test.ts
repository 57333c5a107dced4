import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { npyOf, zipOf } from "../fixtures/numpy.js";
import { type Ended, smallStudy, Workplace } from "./sweetspot.js";

const place = new Workplace();
afterAll(() => place.remove());
place.write("small.yaml", smallStudy);
place.write("unknown.yaml", smallStudy.replace("seeds:", "seedds:"));
place.write("broken.yaml", "version: 1\nworkload: [");
place.write("alias.yaml", smallStudy.replace("seeds:", "seeds: *mine"));
place.write("text.yaml", "just words");
place.write("train.py", "import torch\n");
place.write("itself.yaml", `${smallStudy}record: &me [*me]\n`);
place.write("deep.yaml", `${smallStudy}record: ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`);
place.write("many.yaml", smallStudy + Array.from({ length: 20_000 }, (_, i) => `key${i}: 1\n`).join(""));
writeFileSync(join(place.folder, "bomb.csv.gz"), gzipSync(`a,b,c\n${"1,2,x\n".repeat(500_000)}`));
writeFileSync(
	join(place.folder, "bomb.npz"),
	zipOf({ "x.npy": npyOf("<f4", [1_000_000], new Uint8Array(4_000_000)), "y.npy": npyOf("<f4", [1], new Uint8Array(4)) }, true),
);
symlinkSync("loop", join(place.folder, "loop"));

describe("a mistake gets its reason, the fix, and code 2", () => {
	test.each([
		[
			["tune", "unknown.yaml"],
			["the study cannot be run as written", "seedds: unknown key (did you mean `seeds`?)"],
		],
		[["tune", "small.yaml", "--set", "batchSizes=[0, 16]"], ["batchSizes[0]: found 0, expected at least 1"]],
		[
			["tune", "small.yaml", "--set", "batchSizes=[8, 1000]"],
			["batchSizes[1]: batch size 1000 is larger than the training set of 180 examples"],
		],
		[
			["tune", "small.yaml", "--set", "tune.learningRate={ from: 1, to: 0.1 }"],
			["found from 1 to 0.1, expected `from` to be the smaller: swap them"],
		],
		[
			["tune", "small.yaml", "--set", "goal={ metric: validation.accuracy, atLeast: 1.5 }"],
			["goal.atLeast: found 1.5, expected an accuracy above 0"],
		],
		[
			["tune", "small.yaml", "--set", "goal={ metric: validation.accuracy, atLeast: 0.01 }"],
			[
				"untrained weights meet the goal: the initial weights of most seeds have a validation accuracy of at least 0.01 already",
				"fix: ask for more",
			],
		],
		[
			["tune", "nowhere.yaml"],
			["no such study file: nowhere.yaml", "fix: check the path"],
		],
		[
			["tune", "broken.yaml"],
			["the study file cannot be read: broken.yaml", "line 2"],
		],
		[
			["tune", "alias.yaml"],
			["the study file cannot be read: alias.yaml", "mine"],
		],
		[["tune", "text.yaml"], ["text.yaml holds no keys"]],
		[
			["tune", "train.py"],
			["train.py is a script", "fix: `sweetspot init -- python3 train.py`"],
		],
		[["tune", "small.yaml", "--workers", "0"], ['--workers is "0", expected a whole number of 1 or more']],
		[["tune", "small.yaml", "--executor", "cloud"], ['--executor is "cloud", expected workers, inline, processes, slurm, ray or command']],
		[
			["tune", "small.yaml", "--wrokers", "2"],
			["unknown option '--wrokers'", "--workers"],
		],
		[
			["tune", "small.yaml", "--store", "/proc/nowhere"],
			["the store cannot be written", "--store"],
		],
		[
			["tune", "small.yaml", "--backend", "cuda"],
			['--backend is "cuda", expected auto, wasm, vector or blas', "fix: for example `--backend auto`"],
		],
		[
			["tune", "small.yaml", "--store", "large", "--set", "workload.model=[{ dense: 200000000 }, relu, { dense: 3 }]"],
			["do not fit into the engine's memory: a network of 1,200,000,003 parameters", "fix: make the layers of workload.model narrower"],
		],
		[
			["tune", "small.yaml", "--set", "workload.data.blobs.examples=9000000000000000"],
			["do not fit into the engine's memory: the examples of blobs", "fix: use fewer examples"],
		],
		[["show", "nothing"], ["no such study in the store"]],
		[
			["plan", "small.yaml", "--set", "batchSizes.9999999=4"],
			["batchSizes is a list of 4, which has no 9999999", "from 0 to 4"],
		],
		[["plan", "small.yaml", "--set", "batchSizes.from=4"], ["batchSizes is a list of 4, which has no from"]],
		[["plan", "itself.yaml"], ["the study file cannot be read: itself.yaml: it nests more than 100 levels"]],
		[["plan", "deep.yaml"], ["the study file cannot be read: deep.yaml"]],
		[
			["plan", "many.yaml"],
			["key0: unknown key", "19950 more unknown keys"],
		],
		[
			["plan", "small.yaml", "--set", "workload.data.blobs.examples=1000000000"],
			["the examples of blobs take 12000000048 bytes, expected at most"],
		],
		[["plan", "small.yaml", "--set", "workload.data={ teacher: { features: 100000000 } }"], ["the examples of teacher take"]],
		[
			["tune", "small.yaml", "--store", "large", "--set", "workload.model=[{ dense: 100000000 }, relu, { dense: 3 }]"],
			["a network of 600,000,003 parameters"],
		],
		[["plan", "small.yaml", "--set", "workload.data={ csv: /dev/zero, label: x }"], ["/dev/zero is a device, not a file"]],
		[
			["plan", "small.yaml", "--max-bytes", "1000000", "--set", "workload.data={ csv: bomb.csv.gz, label: c }"],
			["unpacks to", "at most 1000000 bytes are taken", "fix: use a part of the data, or allow more with --max-bytes"],
		],
		[
			["plan", "small.yaml", "--max-bytes", "100000", "--set", "workload.data={ npz: bomb.npz }"],
			["member x.npy has 4000128 bytes, and at most 100000"],
		],
		[
			["studies", "--store", "x".repeat(300)],
			["the store cannot be written", "longer than the system allows"],
		],
		[
			["tune", "small.yaml", "--store", "x".repeat(5000)],
			["the store cannot be written", "longer than the system allows"],
		],
		[
			["studies", "--store", "loop"],
			["the store cannot be written", "lead nowhere but to each other"],
		],
		[["frobnicate"], ["unknown command 'frobnicate'"]],
	])("%j", async (args, said) => {
		const { code, stdout, stderr } = await place.start(args);
		for (const words of said) expect(stderr).toContain(words);
		expect(code).toBe(2);
		expect(stdout).toBe("");
	});

	test("the second process learns who holds the store, and the first goes on; asked to end by SIGTERM, it exits with 143", async () => {
		let second: Promise<Ended> | undefined;
		const first = await place.start(["tune", "--store", "held"], (said, kill) => {
			if (second || !said.includes("tuning")) return;
			second = place.start(["tune", "small.yaml", "--store", "held"]).finally(() => kill("SIGTERM"));
		});
		const { code, stderr } = (await second) ?? first;
		expect(stderr).toMatch(/the store is held by another process: .*process \d+ on this machine/);
		expect(code).toBe(2);
		expect(first.code).toBe(143);
		expect(first.stderr).toMatch(/continue with: sweetspot resume digits-/);
		expect(first.stdout).not.toMatch(/→|--continue/); // nothing else is advised
	});
});

test("a goal out of reach is answered as such, with code 3", async () => {
	const out = await place.start([
		"tune",
		"small.yaml",
		"--json",
		"--set",
		"goal.atMost=0.0001",
		"--set",
		"limits={ epochs: 1, steps: 20 }",
	]);
	expect(out.code).toBe(3);
	expect(JSON.parse(out.stdout)).toMatchObject({ recommendation: { verdict: "not reached", batchSize: null } });
});

test("plan trains nothing, and leaves no store behind", async () => {
	const plan = await place.start(["plan", "small.yaml", "--json"]);
	expect(plan.code).toBe(0);
	expect(JSON.parse(plan.stdout)).toMatchObject({
		examples: 180,
		batchSizes: [
			{ batchSize: 1, flavor: "stochastic", stepsPerEpoch: 180, lastBatch: 1, updates: 3600 },
			{ batchSize: 8, flavor: "mini-batch", stepsPerEpoch: 22, lastBatch: 8, updates: 500 },
			{ batchSize: 64, flavor: "mini-batch", stepsPerEpoch: 2, lastBatch: 64, updates: 500 },
			{ batchSize: 180, flavor: "batch", stepsPerEpoch: 1, lastBatch: 180, updates: 500 },
		],
	});
	const short = await place.start(["plan", "small.yaml", "--json", "--set", "budget.trials=10"]);
	expect(JSON.parse(short.stdout)).toMatchObject({ trials: 10 });
});
