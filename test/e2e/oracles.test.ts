import { afterAll, expect, test } from "vitest";
import { Workplace } from "./sweetspot.js";

const place = new Workplace();
afterAll(() => place.remove());

const study = (data: string, goal: string) => `
version: 1
name: oracle
workload: { data: ${data}, optimizer: { name: sgd, momentum: 0.5 } }
goal: ${goal}
batchSizes: [4, 32]
seeds: { tuning: 1, selecting: 1, reporting: 3 }
limits: { epochs: 5, steps: 200 }
`;
place.write("quadratic.yaml", study("{ quadratic: { dimensions: 4, examples: 128 } }", "{ metric: train.loss, atMost: 0.1 }"));
place.write("least-squares.yaml", study("{ least-squares: { examples: 80, dimensions: 4 } }", "{ metric: validation.loss, atMost: 0.7 }"));
place.write(
	"logistic.yaml",
	study("{ logistic: { examples: 160, dimensions: 8, seed: 1 } }", "{ metric: validation.accuracy, atLeast: 0.75 }"),
);

/* The digests are pinned: oracles are exact operations from the generator on, so that they are these on every machine. */
test.each([
	["quadratic", "b87295b7aa0fd2a6657959bf13b28dfe54fdb627958e0e7ea0404e88acfce21a"],
	["least-squares", "70c2d07bfa3175cdba05008e3fab3ce2d4909f956e2a0d4fd8287551e8ad9797"],
	["logistic", "c1ee51a1f9fe37940221fc752e533dbf30907402597316fff1e361021f24d320"],
])(
	"%s is tuned, planned, shown and reported like any workload, with the same digest for any worker count",
	async (name, digest) => {
		const runs = [];
		for (const flags of [
			["--workers", "2"],
			["--executor", "inline", "--fresh"],
		]) {
			const { code, stdout } = await place.start(["tune", `${name}.yaml`, "--json", ...flags]);
			expect([0, 3]).toContain(code);
			runs.push(JSON.parse(stdout) as { study: { id: string }; digest: string; tradeoff: { outcome: string }[] });
		}
		expect(runs[0].tradeoff.map(({ outcome }) => outcome)).toEqual(["reached", "reached"]);
		expect(runs.map((run) => run.digest)).toEqual([digest, digest]);
		expect((await place.start(["show", runs[0].study.id])).stdout).toContain("batch size");
		const report = await place.start(["report", runs[0].study.id, "--format", "md"]);
		expect(report.code).toBe(0);
		expect(report.stdout).not.toMatch(/NaN|undefined|Infinity/);
		const plan = await place.start(["plan", `${name}.yaml`]);
		expect(plan.stdout).toMatch(/model +its own, \d weights/);
	},
	180_000,
);
