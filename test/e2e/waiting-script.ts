/** Waits in its folder for a file `go`, then falls to its goal by a law of its own. Each start leaves a file `begun-…`. */
export const waitingScript = `import json, os, sys, time
batch, rate, seed = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
open(f"begun-{time.time_ns()}", "w").close()
while not os.path.exists("go"):
    time.sleep(0.05)
print("a word of its own")
for step in range(1, 200):
    loss = (1 + seed % 5 / 50) * (1 - min(rate, 0.5) / (1 + 8 / batch)) ** step
    with open(os.environ["SWEETSPOT_EVENTS"], "a") as events:
        print(json.dumps({"sweetspot": 1, "step": step, "metrics": {"validation.loss": loss}}), file=events)
`;

/** A study of it, as `train.py`, whose jobs lie in this folder. */
export const waitingStudy = (folder: string): string => `
version: 1
name: scripted
workload: { command: [python3, train.py, "{batchSize}", "{learningRate}", "{seed}"], examples: 640 }
goal: { metric: validation.loss, atMost: 0.2 }
batchSizes: [16]
tune: { learningRate: { from: 0.25, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 100, epochs: 1 }
cluster: { folder: ${folder} }
`;
