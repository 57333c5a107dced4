import { describe, expect, test } from "vitest";
import { workplaces } from "./workplaces.js";

/** Trains for 60 steps, under any limit of its trial. Its accuracy reaches 0.9 within them at rates from 0.25 to 4, and falls above. */
const brief = `
import sys
rate = float(sys.argv[2])
for step in range(1, int(sys.argv[4]) + 1):
    done = min(1, step * rate / 15) if rate <= 4 else 0.1 / rate
    print(f"step {step} accuracy {0.9 * done:.6f}")
`;
const study = `
version: 1
name: brief
workload:
  command: [python3, -S, brief.py, "{batchSize}", "{learningRate}", --steps, "60"]
  examples: 640
  metrics: { step: "step ([0-9]+)", validation.accuracy: "accuracy ([0-9.]+)" }
goal: { metric: validation.accuracy, atLeast: 0.9 }
batchSizes: [16, 64]
tune: { learningRate: { from: 0.0001, to: 0.1 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 1000 }
`;
const place = workplaces({ "brief.py": brief, "study.yaml": study });

describe("a script that ends by itself long before its limit", () => {
	test.each([
		["whole", []],
		["small-budget", ["--budget", "30"]],
	])("is followed to the rates that reach the goal in time, in a %s study, and that it ends is reported at once", async (_, more) => {
		const { stdout, stderr } = await place().start(["tune", "study.yaml", "--workers", "2", "--json", ...more]);
		const { tradeoff } = JSON.parse(stdout) as { tradeoff: readonly { outcome: string; learningRate: number }[] };
		const reached = tradeoff.filter(({ outcome }) => outcome === "reached");
		expect(reached.length).toBeGreaterThan(0);
		for (const { learningRate } of reached) {
			expect(learningRate).toBeGreaterThanOrEqual(0.25);
			expect(learningRate).toBeLessThanOrEqual(4);
		}
		const lines = stderr.split("\n");
		const said = lines.findIndex((line) => line.startsWith("! 3 trials have ended by themselves after 60 steps"));
		expect(lines[said]).toContain("let the script train for longer (--steps 60, in workload.command)");
		expect(lines.slice(0, said).filter((line) => /stopped after 60 steps/.test(line)).length).toBe(3);
	});
});
