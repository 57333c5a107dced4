import { existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readNpy } from "../../src/data/numpy/npy.js";
import { readZip } from "../../src/data/numpy/zip.js";
import { smallStudy, Workplace } from "./sweetspot.js";

const place = new Workplace();
afterAll(() => place.remove());

interface Look {
	readonly step: number;
	readonly metrics: Readonly<Record<string, number>>;
}
interface Run {
	readonly from: number;
	readonly steps: number;
	readonly outcome: string;
	readonly looks: readonly Look[];
	readonly weights: { readonly sha256: string };
}
const at = ["--batch-size", "8", "--learning-rate", "0.125"];
const trained = async (...args: readonly string[]): Promise<Run> => {
	const { code, stdout, stderr } = await place.start(["train", ...args, "--json"]);
	expect({ code, stderr: stderr.replace(/^Going on .*\n/, "") }).toEqual({ code: 0, stderr: "" });
	return JSON.parse(stdout) as Run;
};

place.write("small.yaml", smallStudy);
/* Everything a step leaves behind: dropout's generator, running statistics, Adam's moments, the noise's generator, the place in the epoch, the schedule. */
place.write(
	"everything.yaml",
	smallStudy
		.replace("model: [{ dense: 16 }, relu,", "model: [{ dense: 16 }, { batch-norm: { ghost: 4 } }, relu, { dropout: 0.2 },")
		.replace(
			"goal:",
			"  optimizer: { name: adam }\n  gradient: { clipNorm: 1, noise: { variance: 0.001 } }\n  schedule: { learningRate: { cosine: { epochs: 9 } } }\nrecord: [distance, update, gradient-norm]\ngoal:",
		),
);

test("a run is the study's first reporting run, look by look", async () => {
	const { stdout } = await place.start(["tune", "small.yaml", "--json", "--workers", "2"]);
	const { study, tradeoff } = JSON.parse(stdout) as { study: { id: string }; tradeoff: { batchSize: number; learningRate: number }[] };
	const rate = tradeoff.find(({ batchSize }) => batchSize === 8)?.learningRate ?? Number.NaN;
	const exported = await place.start(["export", study.id, "--format", "json"]);
	const { trials } = JSON.parse(exported.stdout) as {
		trials: { spec: Record<string, unknown>; result: { steps: number; evaluations: Look[] } }[];
	};
	const reported = trials.find(
		({ spec }) => spec.phase === "reporting" && spec.batchSize === 8 && spec.learningRate === rate && spec.seedIndex === 0,
	);
	const { looks } = await trained(
		"small.yaml",
		"--batch-size",
		"8",
		"--learning-rate",
		String(rate),
		"--steps",
		String(reported?.result.steps),
	);
	expect(looks.length).toBeGreaterThan(5);
	expect(looks).toEqual(reported?.result.evaluations);
});

test.each(["small.yaml", "everything.yaml"])(
	"%s: continued, in three processes, it has the bits of the run that went through",
	async (file) => {
		const whole = await trained(file, ...at, "--steps", "300");
		const checkpoint = ["--checkpoint", `${file}.checkpoint`];
		const parts = [];
		for (const steps of ["47", "120", "300"]) parts.push(await trained(file, ...at, "--steps", steps, ...checkpoint));
		expect(parts.map(({ from, steps }) => [from, steps])).toEqual([
			[0, 47],
			[47, 120],
			[120, 300],
		]);
		expect(parts[2].weights.sha256).toBe(whole.weights.sha256);
		expect(parts[2].looks).toEqual(whole.looks.filter(({ step }) => step > 120));
		const again = await trained(file, ...at, "--steps", "300", ...checkpoint);
		expect({ looks: again.looks, sha256: again.weights.sha256 }).toEqual({ looks: [], sha256: whole.weights.sha256 });
	},
);

describe("a run that was ended from outside", () => {
	/* Some seconds of steps; the first checkpoint is written after half a one. */
	const wide = smallStudy
		.replace("examples: 300", "examples: 3000")
		.replace("{ dense: 16 }, relu", "{ dense: 256 }, relu, { dense: 256 }, relu");
	const long = ["long.yaml", "--batch-size", "64", "--learning-rate", "0.0009765625", "--steps", "4000"];
	let whole: Run;
	beforeAll(async () => {
		place.write("long.yaml", wide);
		whole = await trained(...long);
	}, 60_000);

	test.each(["SIGKILL", "SIGINT"] as const)(
		"by %s goes on to the same bits",
		async (signal) => {
			const file = join(place.folder, `${signal}.checkpoint`);
			let sent = false;
			const ended = await place.start(["train", ...long, "--checkpoint", file], (_, kill) => {
				if (sent || !existsSync(file)) return;
				sent = true; // a second interrupt would end it at once
				kill(signal);
			});
			expect(ended.code).toBe(signal === "SIGINT" ? 130 : null);
			if (signal === "SIGINT") expect(ended.stderr).toMatch(/Interrupted at step [\d,]+ of 4,000; the same command goes on from there/);
			const rest = await trained(...long, "--checkpoint", file);
			expect(rest.from).toBeGreaterThan(0);
			expect(rest.from).toBeLessThan(4000);
			expect(rest.weights.sha256).toBe(whole.weights.sha256);
		},
		120_000,
	);
}, 120_000);

test("the weights are an NPZ file, from which the losses shown can be computed", async () => {
	const rows = Array.from({ length: 40 }, (_, i) => ({ a: i % 7, b: (i * 5) % 11 }));
	const target = ({ a, b }: (typeof rows)[number]) => (a - b) / 4;
	const lines = rows.map((row, i) => `${row.a},${row.b},${target(row)},${i < 30 ? "train" : "validation"}`);
	place.write("rows.csv", ["a,b,y,set", ...lines].join("\n"));
	const data = "{ csv: rows.csv, target: y, split: set }";
	place.write(
		"regression.yaml",
		`
version: 1
workload: { data: ${data}, model: [{ dense: 6 }, relu, { dense: 1 }], loss: mean-squared-error }
goal: { metric: validation.loss, atMost: 0.01 }
`,
	);
	const { looks } = await trained(
		"regression.yaml",
		"--batch-size",
		"full",
		"--learning-rate",
		"0.01",
		"--steps",
		"30",
		"--weights",
		"w.npz",
	);
	const members = readZip(new Uint8Array(readFileSync(join(place.folder, "w.npz"))), "w.npz");
	const arrays = new Map(await Promise.all(members.map(async ({ name, read }) => [name, readNpy(await read(), name)] as const)));
	const number = (name: string, i: number, j = 0) => arrays.get(`${name}.npy`)?.at(i, j) ?? Number.NaN;
	const squares = rows.map((row) => {
		const unit = (k: number) => Math.max(0, row.a * number("0.weight", 0, k) + row.b * number("0.weight", 1, k) + number("0.bias", k));
		const output = [0, 1, 2, 3, 4, 5].reduce((sum, k) => sum + unit(k) * number("2.weight", k), number("2.bias", 0));
		return (output - target(row)) ** 2;
	});
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const { metrics } = looks[looks.length - 1];
	// Outputs of some ones are computed in single precision, to 10⁻⁶; so are their squares, nearly.
	expect(Math.abs(mean(squares.slice(0, 30)) / metrics["train.loss"] - 1)).toBeLessThan(1e-5);
	expect(Math.abs(mean(squares.slice(30)) / metrics["validation.loss"] - 1)).toBeLessThan(1e-5);
});

test("a run that diverges ends at that step, and says so", async () => {
	const args = ["train", "small.yaml", "--batch-size", "8", "--learning-rate", "1e30", "--steps", "50"];
	const { code, stdout } = await place.start([...args, "--json"]);
	expect(code).toBe(3);
	expect(JSON.parse(stdout)).toMatchObject({ outcome: "diverged", steps: expect.any(Number), message: expect.stringMatching(/step \d+$/) });
	const { steps } = JSON.parse(stdout) as Run;
	expect(steps).toBeLessThan(5);
	expect((await place.start(args)).stdout).toMatch(/Diverged: .* at step|Diverged: .* after step/);
});

describe("a mistake is reported with what to do", () => {
	test("in the flags", async () => {
		for (const [args, words] of [
			[["small.yaml", "--learning-rate", "1"], "--batch-size is missing"],
			[["small.yaml", "--batch-size", "8"], "--learning-rate is missing"],
			[["small.yaml", "--batch-size", "8", "--learning-rate", "-1"], "the learning rate is -1, expected a number above 0"],
			[["small.yaml", "--batch-size", "999", "--learning-rate", "1"], "batch size 999 is larger than the training set of 180 examples"],
			[["small.yaml", ...at, "--steps", "9", "--epochs", "1"], "--steps and --epochs both say how long to train"],
			[["small.yaml", ...at, "--steps", "5", "--checkpoint", "no/folder/x"], "the checkpoint cannot be written"],
			[["small.yaml", ...at, "--steps", "5", "--weights", "no/folder/x"], "the export cannot be written"],
			[
				["small.yaml", ...at, "--set", "workload={ data: quadratic }", "--set", "goal={ metric: train.loss, atMost: 1 }"],
				"quadratic has no network",
			],
		] as const) {
			const { code, stderr } = await place.start(["train", ...args]);
			expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(words) });
		}
	});

	test("in the checkpoint: another run's, other data's, a part of one, no file", async () => {
		await trained("small.yaml", ...at, "--steps", "9", "--checkpoint", "mine");
		const goingOn = (...args: readonly string[]) => place.start(["train", "small.yaml", "--steps", "20", "--checkpoint", "mine", ...args]);
		const rate = await goingOn("--batch-size", "8", "--learning-rate", "0.25");
		expect(rate.stderr).toContain("its run.learningRate is 0.125, expected 0.25");
		const data = await goingOn(...at, "--set", "workload.data.blobs.spread=1");
		expect(data.stderr).toContain("its run.data is");
		const size = await goingOn("--batch-size", "16", "--learning-rate", "0.125");
		expect(size.stderr).toContain("its run.batchSize is 8, expected 16");
		truncateSync(join(place.folder, "mine"), 300);
		expect((await goingOn(...at)).stderr).toContain("its checksum is not that of its content");
		writeFileSync(join(place.folder, "mine"), "");
		expect((await goingOn(...at)).stderr).toContain("0 bytes that are no checkpoint");
		expect((await place.start(["train", "small.yaml", ...at, "--checkpoint", "."])).stderr).toContain("name a file with --checkpoint");
	});
});
