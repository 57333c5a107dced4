import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { workplaces } from "./workplaces.js";

/** Descends a bowl under a rate that falls to nothing over the planned length, in micro-batches, with a warm-up of so many examples. */
const script = `
import random
import sweetspot

trial = sweetspot.start_trial(batch_size=8, learning_rate=0.1, steps=100)
with open("seen.txt", "a") as seen:
    seen.write(f"{trial.batch_size} {trial.micro_batch} {trial.accumulation} {trial.held['warmup']} {trial.max_steps}\\n")
draw = random.Random(trial.seed)
weights = [2.0, 2.0]
for step in trial.steps():
    rate = trial.learning_rate * min(1, step / trial.held["warmup"]) * (1 - (step - 1) / trial.max_steps)
    for i, curvature in enumerate((1, 0.1)):
        parts = [draw.gauss(0, 1 / trial.micro_batch**0.5) for _ in range(trial.accumulation)]
        weights[i] -= rate * (curvature * weights[i] + sum(parts) / trial.accumulation)
    if trial.is_due(step):
        trial.report(step, {"validation.loss": sum(w * w for w in weights)})
`;

const study = `
version: 1
name: client
workload:
  command: [python3, train.py]
  examples: 256
  schedule: tied
  microBatch: 8
  hold: { warmup: { examples: 64 } }
goal: { metric: validation.loss, best: lowest, horizon: { epochs: 4 }, give: 0.5 }
batchSizes: [8, 32]
tune: { learningRate: { from: 0.1, to: 1 } }
`;

const workplace = workplaces({ "train.py": script, "study.yaml": study });

test("a script with the Python client whose schedule follows its planned length: every trial runs to that, divided and held as the study says", async () => {
	const place = workplace();
	const { code, stdout, stderr } = await place.start(["tune", "study.yaml", "--json", "--quiet", "--workers", "2"]);
	expect([0, 3], stderr).toContain(code);
	const { state, horizon } = JSON.parse(stdout) as {
		readonly state: string;
		readonly horizon: {
			readonly best: { readonly batchSize: number; readonly steps: number } | null;
			readonly cutOff: unknown;
			readonly runs: readonly { readonly share: number; readonly steps: number; readonly batchSize: number }[];
		};
	};
	expect({ state, cutOff: horizon.cutOff }).toEqual({ state: "complete", cutOff: null });
	expect(horizon.best?.steps).toBe((4 * 256) / (horizon.best?.batchSize ?? 0));
	for (const { share, steps, batchSize } of horizon.runs) expect(steps).toBe(Math.round((4 * share * 256) / batchSize));
	const seen = readFileSync(join(place.folder, "seen.txt"), "utf8").trim().split("\n");
	const divided = new Set(seen.map((line) => line.split(" ").slice(0, 4).join(" ")));
	expect([...divided].sort()).toEqual(["32 8 4 2", "8 8 1 8"]);
	const said = await place.start(["show", "client"]);
	expect(said.stdout.replace(/\s+/g, " ")).toMatch(/use warmup (?:8|2) \(held at 64 examples\)/);
});
