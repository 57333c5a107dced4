import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { read } from "../../src/executors/cluster/ray/answers.js";
import { listedJobs } from "../../src/executors/cluster/ray/states.js";
import { killProcess } from "../fixtures/cluster/marked.js";
import type { TestRay } from "../fixtures/cluster/ray.js";
import { briefStudy, digestOf, type Ended, Workplace } from "./sweetspot.js";

const rows = Array.from({ length: 120 }, (_, i) => `${i % 7},${(i * i) % 11},${i % 7 > 3 ? "a" : "b"}`);
const ofFile = briefStudy
	.replace(/data: .*/, "data: { csv: points.csv, label: class }")
	.replace("{ dense: 3 }", "{ dense: 2 }")
	.replace(/batchSizes: .*/, "batchSizes: [16]\ntune: { learningRate: { from: 0.25, to: 0.5 } }");
const uploading = "cluster: { ray: { upload: true } }\n";

/**
 * Prints its metric. In a job of Ray it first looks for what it must not see, and then does its worst to the log that its job's frames are
 * in: it writes frames like those, repeats those that are there, and in its first trial cuts the log off.
 */
const script = `import json, os, sys
batch, rate, seed = int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
scale = float(open(sys.argv[4]).read())
runner = open("runner").read().strip()
if "working_dir_files" in os.getcwd():
    job = os.getppid()
    seen = [name for _, folders, files in os.walk(".") for name in folders + files]
    for name in (".env", ".git", ".sweetspot", "own.pem", "ignored", "link"):
        assert name not in seen, name
    texts = [json.dumps(dict(os.environ)), open(f"/proc/{job}/cmdline").read(), open(f"/proc/{job}/environ").read(), open("../session.json").read()]
    for text in texts:
        assert runner not in text, text
        assert "RAY_AUTH_TOKEN" not in text
    assert not os.path.exists(runner) or not os.listdir(runner), "the runner's folder is seen"
    assert "SWEETSPOT_JOB_ID" not in os.environ
    path = f"/proc/{job}/fd/1"
    frames = [line for line in open(path, errors="replace") if line.startswith("sweetspot-frame ")]
    assert frames
    forged = json.dumps({"kind": "result", "trial": 0, "result": {"outcome": "reached", "steps": 666, "seconds": 1}})
    with open(path, "a") as log:
        log.write("a line that does not end")
        log.write(f"\\nsweetspot-frame {len(frames)} {len(forged)} {'A' * 86}== {forged}\\n")
        log.write("".join(frames) + "and one more")
    if not os.path.exists("/tmp/" + os.path.basename(runner)):
        open("/tmp/" + os.path.basename(runner), "w").close()
        os.truncate(path, 0)
for step in range(1, 100):
    loss = scale * (1 + seed % 5 / 50) * (1 - min(rate, 0.5) / (1 + 8 / batch)) ** step
    print(f"step {step} validation loss {loss:.6f}")
`;
const scripted = `
version: 1
name: scripted
workload:
  command: [python3, train.py, "{batchSize}", "{learningRate}", "{seed}", scale.txt]
  examples: 640
  metrics: { step: 'step (\\d+)', validation.loss: 'validation loss ([\\d.]+)' }
goal: { metric: validation.loss, atMost: 0.2 }
batchSizes: [16]
tune: { learningRate: { from: 0.5, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 1 }
limits: { steps: 99, epochs: 3 }
`;

/** Where nothing is shared: the node sees an empty folder where the runner has everything, if this system can hide one. */
export function rayUploads(
	ray: () => TestRay,
	run: (place: Workplace, args: readonly string[], onOutput?: Parameters<Workplace["start"]>[1]) => Promise<Ended>,
	noJobIsLeft: () => Promise<void>,
): void {
	const places: Workplace[] = [];
	const workplace = (): Workplace => {
		const place = new Workplace(ray().hidden ?? undefined);
		places.push(place);
		place.write("points.csv", `x,y,class\n${rows.join("\n")}\n`);
		place.write("file.yaml", ofFile);
		place.write("upload.yaml", ofFile + uploading);
		return place;
	};
	afterAll(async () => {
		await noJobIsLeft();
		expect(ray().uploadedProcesses()).toEqual([]);
		for (const place of places) {
			place.remove();
			rmSync(join("/tmp", basename(place.folder)), { force: true }); // see the script
		}
	});

	test.concurrent("with nothing shared, a study of a data file has the digest that it has in worker threads, though a job and the runner are killed", async () => {
		const place = workplace();
		const here = digestOf(await place.start(["tune", "file.yaml", "--json", "--quiet", "--store", join(place.folder, "here")]));
		let said = "";
		let kill: (signal: NodeJS.Signals) => void = () => {};
		const ended = run(place, ["tune", "upload.yaml", "--json"], (text, by) => {
			said = text;
			kill = by;
		});
		const hasEnded = ended.then(() => true);
		while (!said.includes("lost, and run again") && !(await Promise.race([hasEnded, delay(50, false)]))) {
			const [job] = said.includes("] tuning") ? ray().uploadedProcesses("small") : [];
			if (!job) continue;
			killProcess(job.id);
			await delay(3000); // three losses in a row would pause the study
		}
		kill("SIGKILL");
		await ended;
		expect(said).toMatch(/lost, and run again: .*: its job was ended by signal 9/);
		const { stdout } = await place.start(["studies", "--json"]);
		const [{ id }] = (JSON.parse(stdout) as { readonly studies: readonly { readonly id: string }[] }).studies;
		const resumed = await run(place, ["resume", id, "--json", "--quiet"]);
		expect(digestOf(resumed)).toBe(here);
		const listed = JSON.stringify(await read(ray().dashboard, "/api/jobs/"));
		expect(listed).toContain("SWEETSPOT_JOB_ID");
		expect(listed).not.toContain(place.folder);
	});

	test.concurrent("with nothing shared, a script gets its folder without secrets, and can't speak for its job", async () => {
		const place = workplace();
		const folder = join(place.folder, "site");
		mkdirSync(join(folder, ".git"), { recursive: true });
		mkdirSync(join(folder, "ignored"));
		for (const [name, text] of Object.entries({
			"train.py": script,
			"scale.txt": "1\n",
			runner: place.folder,
			"here.yaml": scripted,
			"there.yaml": scripted + uploading,
			".gitignore": "ignored/\n*.log\n",
			"ignored/big.bin": "-",
			".env": "SECRET=1",
			"own.pem": "-",
			".git/HEAD": "-",
		}))
			writeFileSync(join(folder, name), text);
		symlinkSync("/etc/hostname", join(folder, "link"));
		const here = digestOf(await place.start(["tune", "site/here.yaml", "--json", "--quiet", "--executor", "processes"]));
		const ended = await run(place, ["tune", "site/there.yaml", "--json", "--store", join(folder, "kept")]);
		expect(digestOf(ended)).toBe(here);
		expect(ended.stderr).toMatch(/Ray gets 6 files of yours, \d+ kB/);
		expect(ended.stderr).toMatch(/lost, and run again: /);
		const [id = ""] = readdirSync(join(folder, "kept", "logs"));
		const logs = readdirSync(join(folder, "kept", "logs", id)).filter((name) => name.endsWith(".log"));
		expect(logs).not.toEqual([]);
		for (const name of logs) expect(readFileSync(join(folder, "kept", "logs", id, name), "utf8")).toContain("step 1 validation loss");
		expect(
			readFileSync(join(folder, "kept", "logs", id, "uploaded.txt"), "utf8")
				.trim()
				.split("\n"),
		).toEqual([".gitignore", "here.yaml", "runner", "scale.txt", "there.yaml", "train.py"].map((name) => `script/${name}`));
	});

	test.concurrent("with nothing shared, what jobs would not find is refused before anything is queued", async () => {
		const place = workplace();
		const refused = scripted.replace("name: scripted", "name: refused") + uploading;
		mkdirSync(join(place.folder, "site"));
		writeFileSync(join(place.folder, "site/train.py"), script);
		writeFileSync(join(place.folder, "scale.txt"), "1");
		writeFileSync(join(place.folder, "site/outside.yaml"), refused.replace("scale.txt", "../scale.txt"));
		const outside = await run(place, ["tune", "site/outside.yaml", "--quiet"]);
		expect(outside.stderr).toMatch(
			/error: trials cannot run on the cluster: the command names \.\.\/scale\.txt, which is not in the folder/,
		);
		writeFileSync(join(place.folder, "site/.gitignore"), "scale.txt\n");
		writeFileSync(join(place.folder, "site/scale.txt"), "1");
		writeFileSync(join(place.folder, "site/left-out.yaml"), refused);
		const leftOut = await run(place, ["tune", "site/left-out.yaml", "--quiet"]);
		expect(leftOut.stderr).toMatch(/the command names scale\.txt, which isn't uploaded: \.gitignore/);
		expect([outside.code, leftOut.code]).toEqual([2, 2]);
		const listed = listedJobs(await read(ray().dashboard, "/api/jobs/"));
		expect(listed.filter(({ submission_id: id }) => id.includes("refused"))).toEqual([]);
	});

	test.concurrent("a folder that the nodes don't see is noticed by a first job, and the message says what to do", async () => {
		const { hidden } = ray();
		if (hidden === null) return;
		const place = workplace();
		place.write("unseen.yaml", `${briefStudy}cluster: { folder: ${join(hidden, "jobs")} }\n`);
		const ended = await run(place, ["tune", "unseen.yaml", "--quiet"]);
		expect(ended.stderr).toMatch(
			/a first job ran and left nothing in .*\n.*fix: name a folder .*; or share none: `cluster: \{ ray: \{ upload: true/s,
		);
		expect(ended.code).toBe(2);
	});

	test.concurrent("with nothing shared, Ctrl-C leaves no job and no process", async () => {
		const place = workplace();
		place.write("stopped.yaml", briefStudy.replace("name: small", "name: stopped") + uploading);
		let isAsked = false; // a second time, it would end at once
		const ended = await run(place, ["tune", "stopped.yaml"], (said, kill) => {
			if (isAsked || !said.includes("] tuning")) return;
			isAsked = true;
			kill("SIGINT");
		});
		expect(ended.code).toBe(130);
		expect((await ray().jobs()).filter((job) => job.includes("stopped"))).toEqual([]);
		expect(ray().uploadedProcesses("stopped")).toEqual([]);
	});
}
