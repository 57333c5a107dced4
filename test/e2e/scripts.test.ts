// Longer than 250 lines: the tests share one study, which each changes a little.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Ended, Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const fixtures = fileURLToPath(new URL("../fixtures/scripts", import.meta.url));

const workplace = workplaces();

const study = (form: string, more = "", examples = 640) => `
version: 1
name: walk
workload:
  command: [python3, walk.py, ${form}, "{batchSize}", "{learningRate}", "{seed}"]
  examples: ${examples}
  ${more}
goal: { metric: validation.loss, atMost: 0.3 }
batchSizes: [4, 32]
tune: { learningRate: { from: 0.03, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 400, epochs: 1 }
`;

const documentOf = ({ stdout }: Ended) =>
	JSON.parse(stdout) as {
		readonly study: { readonly id: string };
		readonly digest: string;
		readonly reproducible: boolean;
		readonly tradeoff: readonly { readonly batchSize: number; readonly outcome: string; readonly secondsPerStep: number }[];
	};

describe("a script is tuned, in every way to report metrics", () => {
	const withWalk = (text: string): Workplace => {
		const place = workplace();
		place.write("study.yaml", text);
		place.write("walk.py", readFileSync(join(fixtures, "walk.py"), "utf8"));
		return place;
	};

	test("whose runs are over too soon to be timed: it is run once more, for longer, and its steps have their real time", async () => {
		const place = workplace();
		// Steps of a millisecond or more, reported five at a time, so that a run to the goal lasts less than what can be told apart.
		const quick = `
import sys, time
rate, step = float(sys.argv[2]), 0
while step < 5000:
    time.sleep(0.005)
    step += 5
    print(f"step {step} val_loss {max(0.1, 1 - rate * step / 10)}")
`;
		place.write("quick.py", quick);
		place.write(
			"study.yaml",
			study("", `metrics: { step: "step ([0-9]+)", validation.loss: "val_loss ([0-9.]+)" }`).replace(
				'walk.py, , "{batchSize}", "{learningRate}", "{seed}"',
				'quick.py, "{batchSize}", "{learningRate}"',
			),
		);
		const { stdout, stderr } = await place.start(["tune", "study.yaml", "--json"]);
		expect(stderr).toContain("timing the steps at each batch size");
		const { tradeoff } = documentOf({ code: 0, stdout, stderr });
		for (const { secondsPerStep } of tradeoff) expect(secondsPerStep).toBeGreaterThan(0.001);
		expect(tradeoff.every((row) => !("startUp" in row))).toBe(true);
	});

	test("events in the file and on standard output give the same answer, for any number of workers; nothing is left but the logs", async () => {
		const place = withWalk(study("file"));
		const first = await place.start(["tune", "study.yaml", "--json"]);
		expect([0, 3]).toContain(first.code); // two reporting runs may leave it undecided
		const answer = documentOf(first);
		expect(answer.reproducible).toBe(false);
		expect(answer.tradeoff.map(({ batchSize, outcome }) => [batchSize, outcome])).toEqual([
			[4, "reached"],
			[32, "reached"],
		]);
		for (const { secondsPerStep } of answer.tradeoff) expect(secondsPerStep).toBeGreaterThan(0);
		expect(existsSync(join(place.folder, ".sweetspot/running", answer.study.id))).toBe(false);

		const other = documentOf(await withWalk(study("stdout")).start(["tune", "study.yaml", "--json", "--workers", "3"]));
		expect(other.digest).toBe(answer.digest);
	});

	test("patterns find the figures in what it prints for people: epochs from how many examples there are, percentages by their scale", async () => {
		const metrics = `metrics: { validation.loss: { pattern: "loss so far ([0-9.]+) %", scale: 0.01 }, epoch: "Epoch ([0-9]+)/" }`;
		const place = withWalk(study("people", metrics));
		const ended = await place.start(["tune", "study.yaml", "--json"]);
		const { tradeoff, study: stored } = documentOf(ended);
		expect(tradeoff.map(({ outcome }) => outcome)).toEqual(["reached", "reached"]);
		// An epoch of 640 examples is 160 steps at batch size 4, and 20 at batch size 32: looks lie at its end.
		const [titles, ...lines] = (await place.start(["export", stored.id])).stdout.split("\r\n").map((line) => line.split(","));
		const column = (name: string) => titles.indexOf(name);
		for (const [batchSize, steps] of [
			[4, 160],
			[32, 20],
		] as const) {
			const looks = lines.filter((line) => line[column("batch_size")] === String(batchSize) && line[column("validation.loss")]);
			expect(looks.length).toBeGreaterThan(0);
			for (const look of looks) expect(Number(look[column("step")]) % steps).toBe(0);
			for (const look of looks) expect(Number(look[column("examples")]) % 640).toBe(0);
		}
		const logs = join(place.folder, ".sweetspot/logs", stored.id);
		expect(readFileSync(join(logs, readdirSync(logs)[0]), "utf8")).toMatch(/^Epoch 1\/100: loss so far [0-9.]+ %\n/);
		await place.start(["remove", stored.id, "--yes"]);
		expect(existsSync(logs)).toBe(false);
	});

	test("of one that reports epochs alone no trial ends within its first; a goal out of reach is reported as such on a small budget, with what came closest", async () => {
		const metrics = `metrics: { validation.loss: { pattern: "loss so far ([0-9.]+) %", scale: 0.01 }, epoch: "Epoch ([0-9]+)/" }`;
		const place = withWalk(
			study("people", metrics, 80)
				.replace("atMost: 0.3", "atMost: 0")
				.replace("steps: 400", "steps: 70")
				.replace("[4, 32]", "[1, 4]")
				.replace(/^seeds.*/m, "")
				.replace("{ from: 0.03, to: 0.5 }", "{ from: 0.1, to: 0.5 }"),
		);
		const { code, stdout, stderr } = await place.start(["tune", "study.yaml", "--budget", "20"]);
		expect(code).toBe(3);
		const text = stdout.replace(/\s+/g, " ");
		expect(text).toMatch(
			/No batch size (that was tried \(.*\) )?reached a validation loss of at most 0\. The best validation loss seen was \S+, at step \d+ with/,
		);
		expect(text).toContain("→ Let trials run longer");
		expect(text).toContain("→ Raise the goal");
		expect(text).not.toContain("Cannot tell");
		// An epoch of 80 examples is 20 steps at batch size 4, and 70 steps are three and a half.
		const steps = [...stderr.matchAll(/batch 4 .* within (\d+) steps/g)].map((match) => Number(match[1]));
		expect(steps.length).toBeGreaterThan(4);
		for (const count of steps) expect([20, 40, 60]).toContain(count);
	});
});

describe("a script that fails", () => {
	const failing = (body: string, more = ""): Workplace => {
		const place = workplace();
		place.write(
			"train.py",
			`import json, os, sys
t = json.loads(os.environ["SWEETSPOT_TRIAL"])
def say(step, loss):
    print(json.dumps({"sweetspot": 1, "step": step, "metrics": {"validation.loss": loss}}), flush=True)
${body}
`,
		);
		place.write(
			"study.yaml",
			`
version: 1
name: failing
workload: { command: [python3, train.py] }
goal: { metric: validation.loss, atMost: 0.1 }
batchSizes: [2, 4, 8, 16]
tune: { learningRate: { from: 0.1, to: 1 } }
seeds: { tuning: 1, selecting: 1, reporting: 3 }
limits: { steps: 40 }
${more}
`,
		);
		return place;
	};
	const reaches = `
for step in range(1, 41): say(step, 0.05 if step * t["batchSize"] * t["learningRate"] >= 8 else 1.0)`;

	test("in every trial is stopped at the third, with its last lines; fixed, it begins anew", async () => {
		const place = failing('print("loading the data")\nraise ImportError("no module named torch")');
		const { code, stderr } = await place.start(["tune", "study.yaml"]);
		expect(code).toBe(2);
		expect(stderr).toContain("error: the trainer fails in every trial: the first 3 trials failed, each so: exit code 1");
		expect(stderr).toContain("  ImportError: no module named torch");
		expect((await place.start(["studies", "--json"])).stdout).toContain('"studies": []');
		expect(readdirSync(join(place.folder, ".sweetspot/logs"))).toEqual([]);
	});

	test("in every trial, with other numbers each time, is stopped at the third as well", async () => {
		const place = failing('say(1, "%s low" % os.getpid())');
		const { code, stderr } = await place.start(["tune", "study.yaml"]);
		expect(code).toBe(2);
		expect(stderr).toMatch(
			/the first 3 trials failed, all in this way, the last so: validation.loss at step 1 is "[0-9]+ low", expected a number/,
		);
	});

	test("in every trial, but in several ways, is the answer: it says nothing of batch sizes, as nothing was measured", async () => {
		const place = failing('open("runs", "a").write("x")\nsys.exit(1 if os.path.getsize("runs") % 2 else 3)', "budget: { trials: 7 }");
		const { code, stdout } = await place.start(["tune", "study.yaml"]);
		expect(code).toBe(3);
		const text = stdout.replace(/\s+/g, " ");
		expect(text).toMatch(/All \d trials failed, \d of them in the same way: exit code [13]/);
		expect(text).toContain("→ Fix the cause and run the study again");
		expect(text).toContain("every trial failed");
		expect(text).not.toMatch(/more trials would tell|not reached|may be better/);
	});

	test("now and then: the study goes on, ends with 4, and shows how the last one failed", async () => {
		const place = failing(`if "reporting" in t["trial"] and t["batchSize"] == 4: sys.exit("the disk went away")${reaches}`);
		const { code, stderr } = await place.start(["tune", "study.yaml", "--json"]);
		expect([3, 4]).toContain(code); // three reporting runs may leave it undecided
		expect(stderr).toMatch(/\d+ of \d+ trials failed; the last one \(batch 4, lr \S+, seed \d\): exit code 1\n {2}the disk went away/);
		expect(stderr).toMatch(/All they printed: .*\.sweetspot\/logs\/failing-/);
	});

	test("for want of memory bounds the batch size, and the answer says so", async () => {
		const place = failing(`if t["batchSize"] >= 8: sys.exit("CUDA out of memory. Tried to allocate 9 GiB")${reaches}`);
		const ended = await place.start(["tune", "study.yaml"]);
		expect(ended.stdout).toContain("! Batch sizes 8 and 16: out of memory; no larger batch size was tried.");
		const [id] = /failing-\w+/.exec((await place.start(["studies"])).stdout) ?? [""];
		const lines = (await place.start(["export", id])).stdout.split("\n");
		expect(lines.filter((line) => /^\w+,16,/.test(line))).toEqual([]);
		// The number of examples is not known: nothing is given in epochs.
		const report = readFileSync(join(place.folder, ".sweetspot/reports", `${id}.html`), "utf8");
		expect(report).not.toMatch(/NaN|Infinity|by epochs/);
	});

	test("to say how far it is more than once has its start-up in its time per step, and the answer says so", async () => {
		const place = failing("import time\ntime.sleep(0.1)\nsay(40, 0.05)", "looks: { ratio: 1 }");
		const { stdout } = await place.start(["tune", "study.yaml", "--workers", "2"]);
		expect(stdout.replace(/\s+/g, " ")).toContain("the script reported only once per run, so the time per step includes its start-up");
	});

	test("to be found, or is handed nothing, or is dealt GPUs it has no use for, is refused before anything runs", async () => {
		const place = failing(reaches);
		const text = readFileSync(join(place.folder, "study.yaml"), "utf8");
		const tune = async (from: string, to: string, ...args: string[]) => {
			place.write("other.yaml", text.replace(from, to));
			const { code, stderr } = await place.start(["tune", "other.yaml", ...args]);
			expect(code).toBe(2);
			return stderr;
		};
		expect(await tune("python3", "pyhton3")).toContain('error: no such trainer: no program "pyhton3" on the PATH');
		expect(await tune("python3", "./train.py")).toContain("train.py may not be executed");
		expect(await tune("[python3, train.py]", "[python3, train.py], directory: elsewhere")).toContain("elsewhere is no folder");
		place.write("deaf.py", "print('hello')");
		expect(await tune("train.py", "deaf.py")).toContain(
			"no {batchSize} in it, in `environment` or in `files`, and no file that it names mentions SWEETSPOT_TRIAL",
		);
		expect(await tune("", "", "--gpus", "0,0")).toContain('--gpus is "0,0", expected different numbers');
		place.write(
			"net.yaml",
			"version: 1\nworkload: { data: digits, model: [{ dense: 10 }] }\ngoal: { metric: validation.accuracy, atLeast: 0.5 }\n",
		);
		expect((await place.start(["tune", "net.yaml", "--gpus", "0"])).stderr).toContain("--gpus is for training scripts");
		const planned = await place.start(["plan", "study.yaml"]);
		expect(planned.stdout).toContain("python3 train.py");
		expect(planned.stdout).not.toContain("epoch");
	});
});

test("GPUs are dealt out: as many trials at once, each with its own", async () => {
	const place = workplace();
	place.write(
		"train.py",
		`import json, os, time
with open("gpus.txt", "a") as file: print(os.environ["CUDA_VISIBLE_DEVICES"], os.environ["OMP_NUM_THREADS"], file=file)
time.sleep(0.2)
print(json.dumps({"sweetspot": 1, "step": 1, "metrics": {"validation.loss": 0.05}}), flush=True)
time.sleep(5) # {batchSize} {learningRate} come with SWEETSPOT_TRIAL
`,
	);
	place.write(
		"study.yaml",
		`
version: 1
workload: { command: [python3, train.py], environment: { OMP_NUM_THREADS: "1{batchSize}" } }
goal: { metric: validation.loss, atMost: 0.1 }
batchSizes: [2, 4]
seeds: { tuning: 1, selecting: 1, reporting: 4 }
limits: { steps: 10 }
`,
	);
	await place.start(["tune", "study.yaml", "--gpus", "3,GPU-5f"]);
	const lines = readFileSync(join(place.folder, "gpus.txt"), "utf8").trim().split("\n");
	expect(new Set(lines)).toEqual(new Set(["3 12", "3 14", "GPU-5f 12", "GPU-5f 14"]));
});
