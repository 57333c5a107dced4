import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf, Workplace } from "../../test/e2e/sweetspot.js";
import type { TestSlurm } from "../../test/fixtures/cluster/slurm.js";
import type { Came } from "./faults.js";

/** One trial is slow. It saves its state when it is asked to end, and notes the step at which each of its starts begins. */
const script = `import json, os, signal, sys, time
batch, rate, seed = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
trial = json.loads(os.environ["SWEETSPOT_TRIAL"])
state = os.path.join(trial["checkpoints"], "step")
begin = int(open(state).read()) if os.path.exists(state) else 0
if trial["steps"] >= 90 and not os.path.lexists("slow"):
    os.symlink(trial["trial"], "slow")
slow = os.path.exists("go-slowly") and os.path.lexists("slow") and os.readlink("slow") == trial["trial"]
if slow:
    with open("starts", "a") as starts:
        print(begin, file=starts)
ended = False
def end(*_):
    global ended
    ended = True
signal.signal(signal.SIGTERM, end)
for step in range(begin + 1, 101):
    if slow:
        time.sleep(1.5)
    loss = (1 + seed % 5 / 50) * (1 - min(rate, 0.5) / 8) ** step
    with open(os.environ["SWEETSPOT_EVENTS"], "a") as events:
        print(json.dumps({"sweetspot": 1, "step": step, "metrics": {"validation.loss": loss}}), file=events)
    if ended:
        with open(state, "w") as out:
            out.write(str(step))
        sys.exit(1)
`;

const study = `
version: 1
name: limited
workload: { command: [python3, train.py, "{batchSize}", "{learningRate}", "{seed}"], examples: 640 }
goal: { metric: validation.loss, atMost: 0.02 }
batchSizes: [16]
tune: { learningRate: { from: 0.25, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 100, epochs: 3 }
`;

/** A script's trial that takes longer than a job may: Slurm warns it a minute or two before its time is up. */
export async function timeLimit(slurm: TestSlurm): Promise<Came> {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-limit-"));
	const places = [new Workplace(), new Workplace()] as const;
	try {
		const [free, limited] = places;
		for (const place of places) {
			place.write("train.py", script);
			place.write("limited.yaml", `${study}cluster: { folder: ${folder}, slurm: { time: 3m } }\n`);
		}
		const expected = digestOf(await free.start(["tune", "limited.yaml", "--json", "--quiet"]));
		limited.write("go-slowly", "");
		const asked = ["tune", "limited.yaml", "--json", "--executor", "slurm", "--workers", "4"];
		const ended = await limited.start(asked, undefined, slurm.environment);
		const starts = readFileSync(join(limited.folder, "starts"), "utf8").trim().split("\n");
		const lost = ended.stderr.match(/^lost, and run again: .*$/gm) ?? [];
		return {
			fault: "a script's time limit reached",
			outcome: `${lost.length} lost, run again: ${(lost[0] ?? "").split(": ").slice(-1)}; its starts began after steps ${starts.join(", ")}`,
			same: digestOf(ended) === expected,
			left: slurm.jobs().length,
		};
	} finally {
		for (const place of places) place.remove();
		rmSync(folder, { recursive: true, force: true });
	}
}
