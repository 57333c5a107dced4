// Longer than 250 lines: the tests share one script that writes its table in many ways.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ladder } from "../fixtures/scripts/falling.js";
import { python, scriptRuns } from "../fixtures/scripts/run-script.js";
import { workplaces } from "./workplaces.js";

const workplace = workplaces();

const fixture = (path: string): string => fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
const logger = fixture("scripts/csv_logger.py");

/** As Lightning would be started: with a folder of the trial's own. */
const logs = (...more: string[]) => [
	"python3",
	logger,
	"{trialFolder}/logs/version_0/metrics.csv",
	"{learningRate}",
	"0.01",
	"{batchSize}",
	...more,
];
const inTrial = { metrics: { file: "{trialFolder}/logs/**/metrics.csv", step: "step" } };

/** The first even step with 1 / (1 + rate × step) ≤ 0.1: 9 / rate. */
const reachedAt = (rate: number): number => 2 * Math.ceil(9 / rate / 2);

describe("a table that grows", () => {
	test("is read while the script runs: steps from 0 as Lightning counts them, a name that is recognized", async () => {
		const runs = await scriptRuns(logs("paced"), inTrial);
		const result = await runs.run({ learningRate: 0.5 });
		expect(result).toMatchObject({ outcome: "reached", steps: reachedAt(0.5) });
		expect(result.evaluations[0]).toMatchObject({ step: 2, metrics: { "validation.loss": 1 / 2, "train.loss": 0.9 / 2 } });
		expect(result.seconds).toBeLessThan(3);
	});

	test("has the same looks where its header grows and it is written anew, and where it is written four rows at a time", async () => {
		const plain = await (await scriptRuns(logs("paced"), inTrial)).run({ learningRate: 0.25 });
		const { evaluations } = await (await scriptRuns(logs("paced", "grow"), inTrial)).run({ learningRate: 0.25 });
		expect(evaluations).toEqual(plain.evaluations);
		const late = await (await scriptRuns(logs("grow"), inTrial)).run({ learningRate: 0.25 });
		expect(late.evaluations).toEqual(plain.evaluations);
	});

	test("of two trials at once is each one's own, under the same name in different folders", async () => {
		const runs = await scriptRuns(logs("paced"), { ...inTrial, workers: 2 });
		const rates = [0.5, 1];
		const results = await Promise.all(rates.map((learningRate) => runs.run({ learningRate })));
		expect(results.map(({ steps }) => steps)).toEqual(rates.map(reachedAt));
	});

	test("goes on to be read where the script stands still between two trials, and has the result that it would have had in one", async () => {
		const runs = await scriptRuns(logs("paced"), inTrial);
		const anew = await scriptRuns(logs("paced"), { ...inTrial, paused: 0 });
		let before: number | undefined;
		for (const cap of [4, 10, 24]) {
			const result = await runs.run({ ...ladder, cap, learningRate: 0.25 });
			expect(result.before?.steps).toBe(before);
			const { evaluations } = await anew.run({ ...ladder, cap, learningRate: 0.25 });
			expect(result.evaluations).toEqual(evaluations);
			before = cap;
			await delay(300);
		}
	});

	test("counts up to the last whole line: half of a number doesn't count", async () => {
		const half = python(`path = sys.argv[1] + "/log.csv"
with open(path, "w") as file:
    for part in ["step,val_loss\\n", "1,0.9\\n2,0.", "8\\n3,0.0", "95\\n4,0."]:
        file.write(part); file.flush(); time.sleep(0.3)
time.sleep(60)`).concat("{trialFolder}");
		const { evaluations } = await (await scriptRuns(half, { metrics: { file: "{trialFolder}/log.csv", step: "step" } })).run();
		expect(evaluations.map(({ step, metrics }) => [step, metrics["validation.loss"]])).toEqual([
			[1, 0.9],
			[2, 0.8],
			[3, 0.095],
		]);
	});

	test("may be replaced by another file of its name, with more rows; lines of JSON do as well, and names as they are", async () => {
		const replaced = python(`path = sys.argv[1] + "/log.jsonl"
for end in range(1, 20):
    with open(path + ".new", "w") as file:
        for step in range(1, end + 1): print(json.dumps({"at": {"step": step}, "quality": {"bad": 100 / step}}), file=file)
    os.replace(path + ".new", path)
    time.sleep(0.03)`).concat("{trialFolder}");
		const metrics = {
			file: "{trialFolder}/*.jsonl",
			step: "at.step",
			names: { "validation.loss": { name: "quality.bad", scale: 0.01 } },
		};
		const { outcome, steps, evaluations } = await (await scriptRuns(replaced, { metrics })).run();
		expect({ outcome, steps }).toEqual({ outcome: "reached", steps: 10 });
		expect(evaluations.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	});

	test("with a cell that is no number, or without the counter, fails the trial and says where", async () => {
		const saying = (text: string) =>
			python(`open(sys.argv[1] + "/log.csv", "w").write(${JSON.stringify(text)}); time.sleep(0.2)`).concat("{trialFolder}");
		const metrics = { file: "{trialFolder}/log.csv", step: "step" };
		const odd = await (await scriptRuns(saying("step,val_loss\n1,good\n"), { metrics })).run();
		expect(odd).toMatchObject({ outcome: "failed", message: 'log.csv, line 2: val_loss is "good", expected a number' });
		const uncounted = await (await scriptRuns(saying("batch,val_loss\n1,0.5\n"), { metrics })).run();
		expect(uncounted.message).toBe("log.csv has no column `step`, only batch, val_loss: correct `step` in workload.metrics");
		const other = await (await scriptRuns(saying(""), { metrics: { ...metrics, file: "{trialFolder}/other.csv" } })).run();
		expect(other.message).toMatch(/^no file matches "\{trialFolder\}\/other\.csv" in .*: correct workload\.metrics$/);
	});

	test("is taken up after a crash, where the script goes on from its checkpoint", async () => {
		const resumed = python(`path, state = sys.argv[1] + "/log.csv", sys.argv[1] + "/state"
step = int(open(state).read()) if os.path.exists(state) else 0
with open(path, "a") as file:
    if step == 0: print("step,val_loss", file=file, flush=True)
    while True:
        step += 1
        print(f"{{step}},{1 / step}", file=file, flush=True)
        open(state, "w").write(str(step))
        time.sleep(0.02)
        if step == 5: os.kill(os.getpid(), signal.SIGKILL)`).concat("{trialFolder}");
		const runs = await scriptRuns(resumed, { metrics: { file: "{trialFolder}/log.csv", step: "step" } });
		const { outcome, evaluations } = await runs.run();
		expect(outcome).toBe("reached");
		expect(evaluations.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	});
});

test("a study by the program: files that are named in it, two trials at once, an answer", async () => {
	const place = workplace();
	place.write("csv_logger.py", readFileSync(logger, "utf8"));
	place.write(
		"study.yaml",
		`version: 1
name: written
workload:
  command: [python3, csv_logger.py, "{trialFolder}/lightning_logs/version_0/metrics.csv", "{learningRate}", 0.002, "{batchSize}", grow]
  examples: 640
  metrics: { file: "{trialFolder}/lightning_logs/**/metrics.csv", step: step, names: { validation.loss: val_loss } }
goal: { metric: validation.loss, atMost: 0.3 }
batchSizes: [4, 32]
tune: { learningRate: { from: 0.03, to: 0.5 } }
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { steps: 400 }
objective: cheapest
`,
	);
	const { code, stdout } = await place.start(["tune", "study.yaml", "--json", "--quiet", "--workers", "2"]);
	const { tradeoff } = JSON.parse(stdout) as { readonly tradeoff: readonly { readonly outcome: string; readonly steps?: unknown }[] };
	expect([code, tradeoff.map(({ outcome }) => outcome)]).toEqual([0, ["reached", "reached"]]);
}, 60_000);

describe("files in the folder that scripts share", () => {
	/** A version for each run, as Lightning's `lightning_logs`. \`keep\`: the file stays open. */
	const shared = (keep: boolean) =>
		python(`n = 0
while True:
    try: os.makedirs(f"logs/version_{{n}}"); break
    except FileExistsError: n += 1
path = f"logs/version_{{n}}/metrics.csv"
rate = float(sys.argv[1])
kept = open(path, "w")
print("step,val_loss", file=kept, flush=True)
${keep ? "" : "kept.close()"}
for step in range(1, 300):
    time.sleep(0.01)
    file = ${keep ? "kept" : 'open(path, "a")'}
    print(f"{{step}},{1 / (1 + rate * step)}", file=file, flush=True)
    ${keep ? "" : "file.close()"}`).concat("{learningRate}");
	const metrics = { file: "logs/**/metrics.csv", step: "step" };

	test("are a trial's where they were made after it began, and not those that were there", async () => {
		const runs = await scriptRuns(shared(false), { metrics });
		mkdirSync(join(runs.store, "logs/version_0"), { recursive: true });
		writeFileSync(join(runs.store, "logs/version_0/metrics.csv"), "step,val_loss\n1,0.01\n");
		expect(await runs.run({ learningRate: 1.5 })).toMatchObject({ outcome: "reached", steps: 6 });
		expect(await runs.run({ learningRate: 1 })).toMatchObject({ outcome: "reached", steps: 9 });
		expect(readdirSync(join(runs.store, "logs")).filter((name) => name.startsWith("version_")).length).toBe(3);
	});

	test("of two trials at once belong to the one that has them open; where none has, to no trial, and the message says what to do", async () => {
		const open = await scriptRuns(shared(true), { metrics, workers: 2 });
		const results = await Promise.all([1.5, 1].map((learningRate) => open.run({ learningRate })));
		expect(results.map(({ steps }) => steps)).toEqual([6, 9]);
		const closed = await scriptRuns(shared(false), { metrics, workers: 2 });
		const either = await Promise.all([1.5, 1].map((learningRate) => closed.run({ learningRate })));
		// A trial that is looked at just while it writes a row has it open.
		for (const [i, { outcome, steps, message }] of either.entries())
			if (outcome === "reached") expect(steps).toBe([6, 9][i]);
			else expect(message).toMatch(/was made while another script ran.*let the script write below \{trialFolder\}/);
	});
});

describe("TensorBoard's event files", () => {
	const replay = (seconds: number, ...pairs: string[]) => [
		"python3",
		fixture("scripts/replay.py"),
		String(seconds),
		"7",
		...pairs,
		"{batchSize}",
		"{learningRate}",
	];

	test("by PyTorch grow a few bytes at a time, and are read up to the last whole record", async () => {
		const folder = fixture("trackers/pytorch/b16-r0.125-s1");
		const [events] = readdirSync(folder).filter((name) => name.includes("tfevents"));
		const runs = await scriptRuns(replay(0.5, join(folder, events), "{trialFolder}/run/events.out.tfevents.1.host.0"), {
			metrics: { tensorboard: "{trialFolder}", names: { "validation.loss": "val/accuracy" } },
		});
		const { evaluations } = await runs.run({ until: "cap", cap: 10_000 });
		expect(evaluations.map(({ step, metrics }) => [step, metrics["validation.loss"]])).toEqual(
			[0.59375, 0.796875, 0.8984375, 0.94921875, 0.9765625, 0.98828125].map((value, i) => [256 * (i + 1), value]),
		);
		expect(evaluations[0]?.metrics).toMatchObject({ "train.loss": 0.8125 });
	});

	test("by Keras count epochs from 0, each set in a folder of its own", async () => {
		const folder = fixture("trackers/keras-tensorboard/batch_size=16,lr=0.125,seed=1");
		const pairs = ["train", "validation"].flatMap((set) => {
			const [file] = readdirSync(join(folder, set));
			return [join(folder, set, file), `{trialFolder}/${set}/${file}`];
		});
		const runs = await scriptRuns(replay(0.5, ...pairs), {
			metrics: { tensorboard: "{trialFolder}", names: { "validation.loss": "validation/epoch_accuracy" } },
		});
		const { evaluations } = await runs.run({ until: "cap", cap: 10_000 });
		expect(evaluations.map(({ step, metrics }) => [step, metrics["validation.loss"]])).toEqual([
			[100, 0.59375],
			[200, 0.796875],
			[300, 0.8984375],
			[400, 0.94921875],
			[500, 0.9765625],
			[600, 0.98828125],
		]);
	});
});

test("trackers keep their runs in the trial's folder and send nothing, unless the study says otherwise", async () => {
	const names = ["WANDB_MODE", "WANDB_DIR", "MLFLOW_TRACKING_URI", "TRACKIO_DIR"];
	const script = python(`print(*[os.environ[name] for name in ${JSON.stringify(names)}], sep="\\n"); say(1, 0.05)`);
	const runs = await scriptRuns(script);
	const { log } = await runs.run();
	await runs.close();
	const [mode, folder, uri, trackio] = log.split("\n");
	expect(mode).toBe("offline");
	expect(folder).toMatch(/\/outputs\/scripts\/tuning-batch8-/);
	expect([uri, trackio]).toEqual([`sqlite:///${folder}/mlflow.db`, `${folder}/trackio`]);
	expect(existsSync(folder)).toBe(false); // nothing was written into it
	const own = await (await scriptRuns(script, { environment: { WANDB_MODE: "online", WANDB_DIR: "/runs" } })).run();
	expect(own.log).toMatch(/^online\n\/runs\nsqlite/);
});
