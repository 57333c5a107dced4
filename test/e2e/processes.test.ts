import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canMount, mount, unmount } from "../fixtures/mount.js";
import { processesWith } from "../fixtures/scripts/processes.js";
import { briefStudy, type Ended, type Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const study = briefStudy;

/** Falls to its goal by a law of its own; at one rate its job is killed in the middle the first time, and goes on from its checkpoint. */
const script = `import json, os, signal, sys
batch, rate, seed = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
trial = json.loads(os.environ["SWEETSPOT_TRIAL"])
saved = os.path.join(trial["checkpoints"], "step")
begun = int(open(saved).read()) if os.path.exists(saved) else 0
for step in range(begun + 1, 200):
    loss = (1 + seed % 5 / 50) * (1 - min(rate, 0.5) / (1 + 8 / batch)) ** step
    with open(os.environ["SWEETSPOT_EVENTS"], "a") as events:
        print(json.dumps({"sweetspot": 1, "step": step, "metrics": {"validation.loss": loss}}), file=events)
    with open(saved + ".new", "w") as file:
        file.write(str(step))
    os.replace(saved + ".new", saved)
    if step == 3 and begun == 0 and rate == 0.5 and os.path.exists("kills"):
        os.kill(os.getppid(), signal.SIGKILL)
`;
const scripted = `
version: 1
name: scripted
workload: { command: [python3, train.py, "{batchSize}", "{learningRate}", "{seed}"], examples: 640 }
goal: { metric: validation.loss, atMost: 0.2 }
batchSizes: [16]
tune: { learningRate: { from: 0.125, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 100, epochs: 1 }
`;

const workplace = workplaces({ "small.yaml": study, "scripted.yaml": scripted, "train.py": script });
const answerOf = ({ stdout, stderr }: Ended) => {
	if (stdout === "") throw new Error(stderr);
	return JSON.parse(stdout) as { readonly digest: string; readonly study: { readonly id: string } };
};
const inProcesses = (place: Workplace, args: readonly string[], onOutput?: Parameters<Workplace["start"]>[1]): Promise<Ended> =>
	place.start([...args, "--json", "--executor", "processes", "--workers", "2"], onOutput);
const idIn = (place: Workplace): string => {
	const [name = ""] = readdirSync(join(place.folder, ".sweetspot/jobs")).filter((one) => !one.startsWith("program-"));
	return name.replace(/-[0-9a-f]{8}$/, "");
};
const whole = workplace().start(["tune", "small.yaml", "--json", "--quiet"]).then(answerOf);

describe("a study in processes", () => {
	test("has the digest that it has in threads; a runner that is killed leaves no process, is resumed to the same, and then leaves no files", async () => {
		const place = workplace();
		await inProcesses(place, ["tune", "small.yaml"], (said, kill) => {
			if (said.includes("] ")) kill("SIGKILL");
		});
		const id = idIn(place);
		const resumed = answerOf(await inProcesses(place, ["resume", id, "--quiet"]));
		expect(resumed.digest).toBe((await whole).digest);
		expect(processesWith(place.folder)).toEqual([]);
		const [jobs] = readdirSync(join(place.folder, ".sweetspot/jobs")).filter((name) => name.startsWith(id));
		expect(readdirSync(join(place.folder, ".sweetspot/jobs", jobs)).filter((name) => name.startsWith("session-"))).toEqual([]);
	});

	test("a script whose job is killed in its middle goes on from its checkpoint, to the same answer", async () => {
		const [here, there] = [workplace(), workplace()];
		there.write("kills", "");
		const [expected, ended] = await Promise.all([
			here.start(["tune", "scripted.yaml", "--json", "--quiet"]),
			inProcesses(there, ["tune", "scripted.yaml"]),
		]);
		expect(answerOf(ended).digest).toBe(answerOf(expected).digest);
		expect(ended.stderr).toMatch(/^lost, and run again: .*lr 0\.5: on \S+: its process was ended by SIGKILL/m);
	});

	test.skipIf(!canMount)("a folder of jobs that is full pauses the study, which goes on once there is room", async () => {
		const place = workplace();
		const folder = join(place.folder, "shared");
		mkdirSync(folder);
		mount(folder, "size=4m");
		try {
			place.write("full.yaml", `${study}cluster: { folder: ${folder} }\n`);
			let isFull = false;
			const paused = await inProcesses(place, ["tune", "full.yaml"], (said) => {
				if (isFull || !said.includes("] ")) return;
				isFull = true;
				fill(folder);
			});
			expect(paused.stderr).toMatch(/error: the store cannot grow: /);
			expect(paused.code).toBe(2);
			rmSync(join(folder, "filler"));
			const [own = ""] = readdirSync(folder).filter((name) => name.startsWith("small-"));
			const resumed = await inProcesses(place, ["resume", own.replace(/-[0-9a-f]{8}$/, ""), "--quiet"]);
			expect(answerOf(resumed).digest).toBe((await whole).digest);
		} finally {
			unmount(folder);
		}
	});
});

test("what can't run as jobs is refused before anything is done", async () => {
	const place = workplace();
	place.write("odd.yaml", `${study}cluster: { folder: "a%b" }\n`);
	const odd = await inProcesses(place, ["tune", "odd.yaml"]);
	expect(odd.stderr).toMatch(/error: trials cannot run on the cluster: the path .* holds "%"/);
	expect((await inProcesses(place, ["tune", "small.yaml", "--backend", "blas"])).code).toBe(2);
});

function fill(folder: string): void {
	const file = join(folder, "filler");
	for (const size of [2 ** 16, 2 ** 12, 1])
		try {
			for (;;) writeFileSync(file, Buffer.alloc(size), { flag: "a" });
		} catch {}
}
