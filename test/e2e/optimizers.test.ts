import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { Workplace } from "./sweetspot.js";

const place = new Workplace();
afterAll(() => place.remove());

place.write(
	"network.yaml",
	`
version: 1
workload:
  data: digits
  model: [{ dense: 10 }]
  optimizer: { name: adamw }
  gradient: { clipNorm: 1, noise: { variance: 0.0001 } }
  schedule: { warmUp: { steps: 5 }, learningRate: { cosine: { epochs: 20, to: 0.1 } }, batchSize: { doubling: { epochs: 2 } } }
objective: cheapest
goal: { metric: validation.loss, atMost: 0.8 }
batchSizes: [32, full]
tune: { learningRate: { from: 0.001, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { epochs: 5, steps: 150 }
`,
);

interface Answer {
	readonly study: { readonly id: string };
	readonly digest: string;
	readonly tradeoff: readonly { readonly outcome: string }[];
}

test("another optimizer with schedules, clipping and noise tunes to the same digest with two workers and inline", async () => {
	const answers: Answer[] = [];
	for (const flags of [
		["--workers", "2"],
		["--executor", "inline", "--fresh"],
	]) {
		const { code, stdout } = await place.start(["tune", "network.yaml", "--json", ...flags]);
		expect([0, 3]).toContain(code);
		answers.push(JSON.parse(stdout) as Answer);
	}
	expect(answers[1].digest).toBe(answers[0].digest);
	expect(answers[0].tradeoff.map(({ outcome }) => outcome)).toEqual(["reached", "reached"]);
	const report = await place.start(["report", answers[0].study.id, "--format", "md"]);
	const text = readFileSync(report.stdout.trim(), "utf8");
	expect(text).toContain("cosine: { epochs: 20, to: 0.1 }");
	expect(text).not.toMatch(/noise scale [^.]* predicts a critical batch size of/);
	expect((await place.start(["plan", "network.yaml"])).stdout).toMatch(
		/schedule +warm-up over 5 steps, then cosine over 20 epochs to 0.1 of the rate; batch size\s+doubled every 2 epochs/,
	);
}, 120_000);
