import { childWords } from "./processes.js";
import { markName } from "./program.js";

/** A study of a few seconds, and the files that it needs. */
export interface Workload {
	readonly name: "network" | "module" | "script";
	readonly files: Readonly<Record<string, string>>;
	/** What `--budget` is given where a part of the design is run. */
	readonly budget: number;
}

const network = `
version: 1
name: network
workload:
  data: { blobs: { examples: 200, classes: 3, features: 2, spread: 2 } }
  model: [{ dense: 8 }, relu, { dense: 3 }]
goal: { metric: validation.loss, atMost: 0.3 }
batchSizes: [8, 64, full]
seeds: { tuning: 2, selecting: 1, reporting: 3 }
limits: { epochs: 20, steps: 300 }
`;

const module = `
version: 1
name: module
workload: { trainer: ./trainer.mjs, examples: 512 }
goal: { metric: validation.loss, atMost: 0.01 }
batchSizes: [8, 64]
seeds: { tuning: 2, selecting: 1, reporting: 3 }
limits: { epochs: 20, steps: 300 }
`;

/** It waits now and then, so that a trial takes long enough to be killed in. */
const trainer = `
export async function train({ batchSize, learningRate, seed, isDue, report }) {
	const random = generator(seed);
	let weight = 1;
	for (let step = 1; ; step++) {
		const noise = (random() + random() + random() - 1.5) / Math.sqrt(batchSize);
		weight -= learningRate * (weight + noise);
		if (step % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
		if (isDue(step) && report({ step, metrics: { "validation.loss": weight ** 2 } })) return;
	}
}
function generator(seed) {
	let state = seed;
	return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
`;

const command = `
version: 1
name: script
workload: { command: [python3, -S, -E, script.py, "{batchSize}", "{learningRate}", "{seed}"], examples: 640, grace: 0.2 }
goal: { metric: validation.loss, atMost: 0.3 }
batchSizes: [8, 16]
tune: { learningRate: { from: 1, to: 2 } }
seeds: { tuning: 1, selecting: 1, reporting: 3 }
limits: { steps: 60, epochs: 1 }
`;

/**
 * It saves its state after every step, prints no step twice, and has two children that would outlive it: one in its group, and a daemon
 * that has left its group, its parents and its environment.
 */
const script = `
import json, os, random, subprocess, sys, time
batch, rate, seed = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
subprocess.Popen(["sh", "-c", "sleep 300; : ${childWords}"])
daemon = "sleep 300; : ${childWords} " + os.environ["${markName}"]
subprocess.Popen(["setsid", "--fork", "env", "-i", "sh", "-c", daemon])
place = os.path.join(json.loads(os.environ["SWEETSPOT_TRIAL"])["checkpoints"], "state")
weights, begin = [8.0, 8.0], 0
if os.path.exists(place):
    with open(place) as file:
        begin, *weights = json.load(file)
for step in range(begin + 1, 2001):
    time.sleep(0.003)
    draw = random.Random(seed * 1000 + step)
    weights = [w - rate * (c * w + draw.gauss(0, 0.1) / batch**0.5) for w, c in zip(weights, (1, 0.1))]
    print(json.dumps({"sweetspot": 1, "step": step, "metrics": {"validation.loss": sum(w * w for w in weights)}}), flush=True)
    with open(place + ".new", "w") as file:
        json.dump([step, *weights], file)
    os.replace(place + ".new", place)
`;

export const workloads: readonly Workload[] = [
	{ name: "network", files: { "study.yaml": network }, budget: 20 },
	{ name: "module", files: { "study.yaml": module, "trainer.mjs": trainer }, budget: 12 },
	{ name: "script", files: { "study.yaml": command, "script.py": script }, budget: 12 },
];
