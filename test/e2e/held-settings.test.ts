import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workplaces } from "./workplaces.js";

const workplace = workplaces();

const script = `
import json, os, sys
batch, rate, warmup, beta = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
held = json.loads(os.environ["SWEETSPOT_TRIAL"])["held"]
assert held == {"warmupSteps": warmup, "beta2": beta}, held
with open("seen.txt", "a") as seen:
    seen.write(f"{batch} {warmup} {beta}\\n")
weight = 4.0
for step in range(1, 400):
    weight -= min(1, step / warmup) * rate * weight
    print(json.dumps({"sweetspot": 1, "step": step, "metrics": {"validation.loss": weight * weight}}), flush=True)
`;

const study = (hold: string, warmup = '"{warmupSteps}"') => `
version: 1
workload:
  command: [python3, held.py, "{batchSize}", "{learningRate}", ${warmup}, "{beta2}"]
  examples: 640
  hold: ${hold}
goal: { metric: validation.loss, atMost: 0.01 }
batchSizes: [8, 32]
tune: { learningRate: { from: 0.1, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 1 }
limits: { steps: 300, epochs: 1 }
`;

test("settings held in examples move with the batch size, and the answer gives their values", async () => {
	const place = workplace();
	place.write("held.py", script);
	place.write("study.yaml", study("{ warmupSteps: { examples: 160 }, beta2: { halfLife: 1024 } }"));
	const { code, stdout, stderr } = await place.start(["tune", "study.yaml"]);
	expect([0, 3], stderr).toContain(code);
	const seen = new Set(readFileSync(join(place.folder, "seen.txt"), "utf8").trim().split("\n"));
	expect([...seen].sort()).toEqual(["32 5 0.978572062088", "8 20 0.994599423484"]);
	expect(stdout.replace(/\s+/g, " ")).toMatch(
		/use beta2 0\.9\d+ \(held at a half-life of 1,024 examples\) and warmupSteps (?:20|5) \(held at 160 examples\)/,
	);
});

test.each([
	[study("{ warmupSteps: { examples: 160 } }"), "unknown placeholder {beta2}"],
	[study("{ warmupSteps: { examples: 160 }, beta2: { halfLife: 9 } }", "10"), "workload.hold.warmupSteps: no {warmupSteps} in the command"],
	[
		study("{ warmupSteps: { examples: 160 }, beta2: { halfLife: 9 }, steps: { examples: 9 } }"),
		"workload.hold.steps: {steps} stands for something else",
	],
	[study("{ warmupSteps: 160, beta2: { halfLife: 9 } }"), "workload.hold.warmupSteps: found 160, expected `{ examples: 100000 }`"],
	[
		study("{ warmupSteps: { examples: 160 }, beta2: { halfLife: 9 } }").replace('"{batchSize}"', "8"),
		"workload.hold: it follows the batch size, and the command has no {batchSize}",
	],
])("is refused before any trial: %#", async (text, message) => {
	const place = workplace();
	place.write("held.py", "import sys");
	place.write("study.yaml", text);
	const { code, stderr } = await place.start(["tune", "study.yaml"]);
	expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
