import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workplaces } from "./workplaces.js";

/** Configured by a file alone; writes what it used next to it. It accumulates gradients, and has room for micro-batches of 12. */
const script = `
import json, os, sys
path = sys.argv[1]
config = json.load(open(path))
if config["micro"] > 12:
    raise MemoryError("no room")
batch = config["micro"] * config["times"] * 2
open(os.path.join(os.path.dirname(path), "used.txt"), "w").write(f'{config["micro"]} {config["times"]} {batch}')
for step in range(1, 400):
    print(f"step {step} accuracy {min(1, step * config['lr'] / 15):.6f}", flush=True)
`;
const study = `
version: 1
name: parts
workload:
  command: [python3, -S, parts.py, "{trialFolder}/conf/config.json"]
  files: { conf/config.json: '{ "micro": {microBatch}, "times": {accumulation}, "lr": {learningRate} }' }
  microBatch: 8
  devices: 2
  examples: 640
  metrics: { step: "step ([0-9]+)", validation.accuracy: "accuracy ([0-9.]+)" }
goal: { metric: validation.accuracy, atLeast: 0.9 }
batchSizes: [8, 64]
tune: { learningRate: { from: 0.5, to: 1 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 200 }
`;
const place = workplaces({ "parts.py": script, "study.yaml": study });

test("every trial has a folder of its own with its file in it, and the parts of a batch make up its size", async () => {
	const here = place();
	const { code, stdout, stderr } = await here.start(["tune", "study.yaml", "--json", "--workers", "2"]);
	expect([code, stderr]).toEqual([0, expect.not.stringContaining("failed")]);
	const { tradeoff, study: answered } = JSON.parse(stdout);
	expect(tradeoff.map(({ batchSize, outcome }: { batchSize: number; outcome: string }) => [batchSize, outcome])).toEqual([
		[8, "reached"],
		[64, "reached"],
	]);
	const outputs = join(here.folder, ".sweetspot", "outputs", answered.id);
	const trials = readdirSync(outputs);
	expect(trials.length).toBeGreaterThan(6);
	for (const trial of trials)
		expect(readFileSync(join(outputs, trial, "conf", "used.txt"), "utf8")).toBe(trial.includes("batch64-") ? "8 4 64" : "4 1 8");
	await here.start(["remove", answered.id, "--yes"]);
	expect(readdirSync(join(here.folder, ".sweetspot", "outputs"))).toEqual([]);
});

test("the largest micro-batch that fits is found", async () => {
	const { stdout } = await place().start(["fits", "study.yaml"]);
	expect(stdout).toContain("A micro-batch of 12 fits, 13 doesn't. In the study: `microBatch: 12`.");
});
