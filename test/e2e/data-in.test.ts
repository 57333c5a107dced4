import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { doubles, npyOf, zipOf } from "../fixtures/numpy.js";
import { type Ended, Workplace } from "./sweetspot.js";

const place = new Workplace();
afterAll(() => place.remove());

/** A study of two batch sizes on data of one's own. */
const study = (data: string, inputs: string) => `
version: 1
name: own
workload: { data: ${data}, model: [{ dense: ${inputs} }, relu, { dense: 3 }] }
goal: { metric: validation.loss, atMost: 0.3 }
batchSizes: [8, 32]
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { epochs: 50, steps: 500 }
`;
const iris = readFileSync(new URL("../../examples/iris.csv", import.meta.url), "utf8");
const hashOf = ({ stdout }: Ended): string => (JSON.parse(stdout) as { study: { hash: string } }).study.hash;

describe("a table of one's own", () => {
	let first: Ended;
	beforeAll(async () => {
		place.write("iris.csv", iris);
		place.write("own.yaml", study("{ csv: iris.csv, label: species, normalize: standardize }", "8"));
		first = await place.start(["tune", "own.yaml", "--json", "--workers", "2"]);
	}, 60_000);

	test("is trained on, in worker threads too, from wherever the program is started", async () => {
		expect([0, 3]).toContain(first.code);
		mkdirSync(join(place.folder, "elsewhere"));
		const inline = await place.start([
			"tune",
			join(place.folder, "own.yaml"),
			"--json",
			"--executor",
			"inline",
			"--store",
			"elsewhere/store",
		]);
		expect(JSON.parse(inline.stdout)).toMatchObject({ digest: (JSON.parse(first.stdout) as { digest: string }).digest });
	});

	test("moved, it is the same study; changed, another", async () => {
		mkdirSync(join(place.folder, "moved"));
		renameSync(join(place.folder, "iris.csv"), join(place.folder, "moved", "iris.csv"));
		const moved = await place.start(["tune", "own.yaml", "--json", "--set", "workload.data.csv=moved/iris.csv"]);
		expect(moved.stderr).toContain("Answered from the store");
		place.write("iris.csv", iris.replace("5.1,3.5,1.4,0.2", "5.1,3.5,1.4,0.3"));
		const changed = await place.start(["tune", "own.yaml", "--json"]);
		expect(hashOf(changed)).not.toBe(hashOf(first));
	});

	test("changed under a study that was not finished, it doesn't go on", async () => {
		place.write("iris.csv", iris);
		const end = await place.start(["tune", "own.yaml", "--set", "budget.seconds=0.001", "--store", "under"]);
		const [, id] = end.stderr.match(/sweetspot tune --continue (\S+)/) ?? [];
		place.write("iris.csv", iris.replace("virginica", "setosa"));
		const resumed = await place.start(["resume", id, "--store", "under"]);
		expect(resumed.code).toBe(2);
		expect(resumed.stderr).toContain("the data is not what the study began with");
	});
});

test("a folder of IDX files, gzipped, is trained on", async () => {
	const header = (...words: readonly number[]) => Buffer.concat(words.map((word) => Buffer.from([0, 0, word >> 8, word & 255])));
	const write = (set: string, count: number) => {
		const pixels = Buffer.from(Array.from({ length: 4 * count }, (_, i) => (i % 4 === Math.floor(i / 4) % 3 ? 255 : (i * 37) % 90)));
		const labels = Buffer.from(Array.from({ length: count }, (_, i) => i % 3));
		writeFileSync(join(place.folder, "tiny", `${set}-images-idx3-ubyte.gz`), gzipSync(Buffer.concat([header(0x803, count, 2, 2), pixels])));
		writeFileSync(join(place.folder, "tiny", `${set}-labels-idx1-ubyte.gz`), gzipSync(Buffer.concat([header(0x801, count), labels])));
	};
	mkdirSync(join(place.folder, "tiny"));
	write("train", 90);
	write("t10k", 30);
	place.write("idx.yaml", study("{ idx: tiny }", "4"));
	const plan = await place.start(["plan", "idx.yaml"]);
	expect(plan.stdout).toContain("idx: 72 training, 18 validation and 30 test examples");
	const tuned = await place.start(["tune", "idx.yaml", "--json", "--quiet", "--workers", "1"]);
	expect([0, 3]).toContain(tuned.code);
	expect((JSON.parse(tuned.stdout) as { tradeoff: { outcome: string }[] }).tradeoff.map(({ outcome }) => outcome)).toEqual([
		"reached",
		"reached",
	]);
});

test("numbers to predict are tuned for, tested and reported by their loss", async () => {
	const line = (i: number) => {
		const [a, b] = [(i * 37) % 101, (i * 53) % 97];
		return `${a},${b},${(30 * a - 20 * b + (i % 7)).toFixed(1)}`;
	};
	place.write("prices.csv", ["a,b,price", ...Array.from({ length: 300 }, (_, i) => line(i))].join("\n"));
	const data = "{ csv: prices.csv, target: price, normalize: standardize, normalizeTarget: standardize }";
	place.write("prices.yaml", study(data, "8").replace("{ dense: 3 }]", "{ dense: 1 }], loss: mean-squared-error"));
	const goal = ["--set", "goal={ metric: validation.loss, atMost: 0.02 }"];
	const tuned = await place.start(["tune", "prices.yaml", ...goal, "--json", "--quiet", "--workers", "2"]);
	const { test: tested, study: stored } = JSON.parse(tuned.stdout) as {
		test: { accuracy: object; loss: { median: number } };
		study: { id: string };
	};
	expect(tested.accuracy).toEqual({ median: null, low: null, high: null });
	// The targets are linear in the features but for a thousandth: where the validation loss is 0.02, so is the test loss, within what 60
	// examples tell.
	expect(tested.loss.median).toBeGreaterThan(0.005);
	expect(tested.loss.median).toBeLessThan(0.06);
	const shown = await place.start(["show", stored.id]);
	expect(shown.stdout).toMatch(/On the test set, which no choice was based on, batch size \d+ has a loss of 0\.0\d+/);
	const report = await place.start(["report", stored.id, "--format", "md"]);
	expect(readFileSync(report.stdout.trim(), "utf8")).toContain("a loss of 1 is that of always predicting its mean");
});

describe("a mistake in the data gets its reason, the place, the fix, and code 2", () => {
	place.write("ragged.csv", "x,y\n1,a\n2\n");
	place.write("text.csv", "x,y\n1,a\nred,b\n");
	place.write("numbers.csv", "x,y\n1,2\n2,3\n3,4\n4,5\n5,6\n");
	place.write("fake.csv.gz", "\u001f\u008b no gzip");
	test.each([
		["{ csv: nowhere.csv, label: y }", "no such data: ", "nowhere.csv", "check `workload.data.csv`"],
		["{ csv: ragged.csv, label: y }", "ragged.csv, line 3: 1 field, but the header has 2"],
		["{ csv: text.csv, label: y }", 'text.csv, line 3, column x: found "red", expected a number'],
		["{ csv: text.csv, label: z }", "text.csv has no column z; it has x, y", "did you mean `label: "],
		["{ csv: ., label: y }", "the data cannot be read", "is a folder, not a file"],
		["{ idx: nowhere }", "nowhere has no train-images-idx3-ubyte, gzipped or not"],
		["{ csv: text.csv }", "workload.data.label: missing, expected a text: the column of the classes; or `target`"],
		["{ csv: text.csv, target: y }", 'text.csv, line 2, column y: found "a", expected a number', "a column of classes is named by `label`"],
		["{ csv: text.csv, target: x, label: y }", 'workload.data.target: found "x", expected one of `label` (classes) and `target`'],
		["{ csv: text.csv, label: y, normalizeTarget: range }", 'normalizeTarget: found "range", expected a `target` with it'],
		["{ csv: numbers.csv, target: y }", "workload.loss: found softmax-cross-entropy, but the data has no classes", "named by `label`"],
	])("%s", async (data, ...said) => {
		place.write("bad.yaml", study(data, "4"));
		const { code, stdout, stderr } = await place.start(["tune", "bad.yaml"]);
		for (const words of said) expect(stderr).toContain(words);
		expect(code).toBe(2);
		expect(stdout).toBe("");
	});
});

test("data lists what there is; MNIST is here once its files are where it says", async () => {
	interface Sources {
		readonly sources: readonly { readonly data: string; readonly state: string; readonly get: string | null }[];
	}
	const cache = join(place.folder, "cache");
	const mnist = async () => {
		const { stdout, code } = await place.start(["data", "--json"], undefined, { XDG_CACHE_HOME: cache });
		expect(code).toBe(0);
		const { sources } = JSON.parse(stdout) as Sources;
		expect(sources.find(({ data }) => data === "digits")).toMatchObject({ state: "here", get: null });
		return sources.find(({ data }) => data === "mnist");
	};
	const folder = join(cache, "sweetspot", "mnist");
	expect(await mnist()).toMatchObject({ state: "missing", get: `put its four files, gzipped or not, into ${folder}` });
	const said = await place.start(["data"], undefined, { XDG_CACHE_HOME: cache });
	expect(said.stdout).toMatch(/^mnist +missing /m);
	const file = join(folder, "t10k-labels-idx1-ubyte");
	mkdirSync(folder, { recursive: true });
	writeFileSync(file, "");
	expect(await mnist()).toMatchObject({ state: "here", get: null });
});

test("numpy's arrays are trained on, and so are generated points", async () => {
	const count = 120;
	const points = Array.from({ length: count }, (_, i) => [(i % 3) + 0.001 * i, -(i % 3)]).flat();
	const arrays = {
		"x.npy": npyOf("<f8", [count, 2], doubles(points)),
		"y.npy": npyOf(
			"|u1",
			[count],
			Uint8Array.from({ length: count }, (_, i) => i % 3),
		),
	};
	writeFileSync(join(place.folder, "own.npz"), zipOf(arrays, true));
	for (const [name, data] of [
		["npz", "{ npz: own.npz, normalize: standardize }"],
		["spirals", "{ spirals: { arms: 3, examples: 300, turns: 0.5 } }"],
	]) {
		place.write(`${name}.yaml`, study(data, "16"));
		const tuned = await place.start(["tune", `${name}.yaml`, "--json", "--quiet", "--workers", "1"]);
		expect((JSON.parse(tuned.stdout) as { tradeoff: { outcome: string }[] }).tradeoff.map(({ outcome }) => outcome)).toEqual([
			"reached",
			"reached",
		]);
	}
});

test("doctor says whether Fashion-MNIST is there", async () => {
	const { stdout } = await place.start(["doctor", "--json"]);
	const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string; fix: string | null }[] };
	const found = checks.find(({ name }) => name === "Fashion-MNIST");
	expect(found?.state === "ok" || found?.fix === "sudo apt-get install -y dataset-fashion-mnist").toBe(true);
});

const installed = existsSync("/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz");

describe.skipIf(!installed)("Fashion-MNIST (needs dataset-fashion-mnist)", () => {
	const file = fileURLToPath(new URL("../../examples/fashion-mnist.yaml", import.meta.url));
	const few = ["batchSizes=[512]", "goal.atMost=0.5", "seeds={ tuning: 1, selecting: 1, reporting: 2 }"].flatMap((set) => ["--set", set]);

	test("is read whole, a fifth of its training set carved off, and trained on", async () => {
		const { stdout, stderr, code } = await place.start(["tune", file, ...few, "--json", "--quiet", "--workers", "1"]);
		expect({ code: code === 0 || code === 3, stderr }).toEqual({ code: true, stderr: "" });
		const { tradeoff, study } = JSON.parse(stdout) as { tradeoff: { outcome: string }[]; study: { id: string } };
		expect(tradeoff).toMatchObject([{ batchSize: 512, outcome: "reached" }]);
		const exported = await place.start(["export", study.id, "--format", "json"]);
		expect(JSON.parse(exported.stdout)).toMatchObject({
			study: { settings: { data: { train: 48_000, validation: 12_000, test: 10_000, features: 784, classes: 10 } } },
		});
	});
});
