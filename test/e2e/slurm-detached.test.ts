import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { markedProcesses } from "../fixtures/cluster/marked.js";
import { hasSlurm, TestSlurm } from "../fixtures/cluster/slurm.js";
import { briefStudy, digestOf, type Ended, type Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const shared = mkdtempSync(join(tmpdir(), "sweetspot-detached-"));
const clustered = (rest = ""): string => `${briefStudy}cluster: { folder: ${shared}${rest} }\n`;

/** Waits until it may go on, then falls to its goal by a law of its own. */
const script = `import json, os, sys, time
batch, rate, seed = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
while not os.path.exists("go"):
    time.sleep(0.05)
print("a word of its own")
for step in range(1, 200):
    loss = (1 + seed % 5 / 50) * (1 - min(rate, 0.5) / (1 + 8 / batch)) ** step
    with open(os.environ["SWEETSPOT_EVENTS"], "a") as events:
        print(json.dumps({"sweetspot": 1, "step": step, "metrics": {"validation.loss": loss}}), file=events)
`;
const scripted = `
version: 1
name: scripted
workload: { command: [python3, train.py, "{batchSize}", "{learningRate}", "{seed}"], examples: 640 }
goal: { metric: validation.loss, atMost: 0.2 }
batchSizes: [16]
tune: { learningRate: { from: 0.25, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 100, epochs: 1 }
cluster: { folder: ${shared} }
`;
/** A node from whose machine Slurm takes no jobs: Node.js with another host's name than the login node's. */
const elsewhere = `#!/bin/sh
exec unshare --uts sh -c 'hostname elsewhere && exec "$0" "$@"' ${process.execPath} "$@"
`;
const workplace = workplaces({ "small.yaml": briefStudy, "slurm.yaml": clustered(), "script.yaml": scripted, "train.py": script });

interface Listed {
	readonly id: string;
	readonly state: string;
	readonly trials: number;
	readonly digest: string | null;
}

/** A study whose own jobs go on with it. */
describe.skipIf(!hasSlurm).sequential("tune --executor slurm --detach", () => {
	let slurm: TestSlurm;
	let expected: string;
	const run = (place: Workplace, ...args: readonly string[]): Promise<Ended> => place.start(args, undefined, slurm.environment);
	const detach = async (place: Workplace, ...args: readonly string[]): Promise<{ readonly id: string; readonly folder: string }> => {
		const ended = await run(place, ...args, "--executor", "slurm", "--workers", "4", "--detach", "--json");
		if (ended.stdout === "") throw new Error(ended.stderr);
		const { study, folder } = JSON.parse(ended.stdout) as { readonly study: { readonly id: string }; readonly folder: string };
		return { id: study.id, folder };
	};
	const listed = async (place: Workplace): Promise<Listed> => {
		const { stdout, stderr } = await run(place, "studies", "--json");
		if (stdout === "") throw new Error(stderr);
		return (JSON.parse(stdout) as { readonly studies: readonly [Listed] }).studies[0];
	};
	const until = async (place: Workplace, isSo: (study: Listed) => boolean): Promise<Listed> => {
		const end = performance.now() + 150_000;
		for (;;) {
			const study = await listed(place);
			if (isSo(study)) return study;
			if (performance.now() > end) throw new Error(`${JSON.stringify(study)}\n${slurm.ask("squeue", "--array")}\n${printed()}`);
			await delay(300);
		}
	};
	/** What controllers have said, for a test that failed. */
	const printed = () =>
		(readdirSync(shared, { recursive: true, encoding: "utf8" }) as readonly string[])
			.filter((name) => /control-\d+\.out$/.test(name))
			.map((name) => `${name}: ${readFileSync(join(shared, name), "utf8")}`)
			.join("\n");
	/** Ids of a study's jobs whose names contain this, with their states. */
	const queued = (part: string) =>
		slurm
			.ask("squeue", "--noheader", "--array", "--format=%i %T %j")
			.split("\n")
			.filter((line) => line.includes(part))
			.map((line) => line.split(" "));
	const queueIsEmpty = () => slurm.until("an empty queue", () => slurm.jobs().length === 0);

	beforeAll(async () => {
		slurm = await TestSlurm.start();
		expected = digestOf(await workplace().start(["tune", "small.yaml", "--json", "--quiet"]));
	});
	afterAll(async () => {
		await slurm.stop();
		rmSync(shared, { recursive: true, force: true });
	});

	test("has the digest that it has in worker threads, and leaves no process on this machine and nothing in the folder", async () => {
		const place = workplace();
		const { id, folder } = await detach(place, "tune", "slurm.yaml");
		expect((await listed(place)).state).toBe("running");
		// Whatever of this study runs, a node of Slurm has started.
		const own = markedProcesses("PWD", place.folder).filter(({ environment }) => !environment.some((one) => one.startsWith("SLURMD_NODENAME=")));
		expect(own).toEqual([]);
		expect(existsSync(join(place.folder, ".sweetspot/writer.json"))).toBe(false);
		await until(place, ({ state }) => state === "complete");
		expect(digestOf(await run(place, "show", id, "--json"))).toBe(expected);
		await queueIsEmpty();
		expect(existsSync(folder)).toBe(false);
		expect(existsSync(join(place.folder, ".sweetspot/elsewhere"))).toBe(false);
	});
});
