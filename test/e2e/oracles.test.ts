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
	["quadratic", "423244d5735a3ce0c2d84ffb04752c39852b8c1ce9efa8acf07f8d29cf02df19"],
	["least-squares", "854085eb15bfc51099736415ff238ce61211d4a363fd6fed7abfd8915e66b9de"],
	["logistic", "49a1b4229ced5c34ca0f34528702c2b24f80a4ec728e6f70ade67118932dd598"],
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
