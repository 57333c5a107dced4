// Longer than 250 lines: each test is one whole script with the study that init writes for it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const emptyPlace = workplaces();
const workplace = (files: Readonly<Record<string, string>>): Workplace => {
	const place = emptyPlace();
	for (const [name, text] of Object.entries(files)) place.write(name, text);
	return place;
};
const textIn = (place: Workplace) => readFileSync(join(place.folder, "study.yaml"), "utf8");
const studyIn = (place: Workplace) => parse(textIn(place));

/** Trains on one number, at its batch size and rate, and prints its loss. */
const training = `
import random
draw = random.Random(1)
weight = 8.0
for step in range(1, 3000):
    weight -= learning_rate * (weight + draw.gauss(0, 1) / (batch_size * gradient_accumulation_steps) ** 0.5)
    print(f"step {step}: train loss {weight * weight:.4f}, val loss {weight * weight + 0.01:.4f}", flush=True)
`;

test("in nanoGPT's manner: variables that --name=value overwrites, gradients that are accumulated, a schedule", async () => {
	const place = workplace({
		"configurator.py": `
import sys
for word in sys.argv[1:]:
    key, value = word[2:].split("=")
    assert key in globals(), key
    globals()[key] = type(globals()[key])(value)
`,
		"train.py": `
gradient_accumulation_steps = 5 * 8
batch_size = 12
block_size = 1024
learning_rate = 6e-2
decay_lr = True
exec(open("configurator.py").read())
${training}`,
	});
	const { code, stderr } = await place.start(["init", "--goal", "validation.loss<=0.5", "--", "train.py"]);
	expect([code, stderr]).toEqual([0, expect.stringContaining("It accumulates gradients over 40 batches (--gradient_accumulation_steps)")]);
	expect(stderr).toContain("an update uses 480 examples, 12 at a time");
	expect(stderr).toContain("It has a schedule of the learning rate (decay_lr)");
	expect(stderr).toContain("Trying it at batch size 480 and learning rate 0.06 (its own)");
	expect(studyIn(place)).toMatchObject({
		workload: {
			command: words(
				"python3 train.py --batch_size={microBatch} --learning_rate={learningRate} --gradient_accumulation_steps={accumulation}",
			),
			microBatch: 12,
		},
		batchSizes: { from: 30, to: 7680, factor: 2 },
		tune: { learningRate: { from: 0.0006, to: 6 } },
		baseline: { batchSize: 480, learningRate: 0.06 },
	});
	const { code: planned, stdout } = await place.start(["plan", "study.yaml"]);
	expect([planned, stdout]).toEqual([0, expect.stringContaining("480")]);
});

test("key=value, split by the script itself; what it says of its examples is suggested, with what a batch of sequences counts", async () => {
	const place = workplace({
		"train.py": `
import sys
config = {"batch_size": 32, "lr": 0.05, "seq_len": 64}
for word in sys.argv[1:]:
    key, value = word.split("=")
    config[key] = float(value)
batch_size, learning_rate, gradient_accumulation_steps = config["batch_size"], config["lr"], 1
print("training on 4,096 sequences of 64 tokens")
${training.replace("step {step}", "epoch {step}")}`,
	});
	const { code, stderr } = await place.start(["init", "--goal", "validation.loss<=0.5", "--", "train.py"]);
	expect([code, stderr]).toEqual([2, expect.stringContaining("`--examples 4096`")]);
	expect(stderr).toContain("for a language model that is sequences as a rule");
	expect((await place.start(["init", "--goal", "validation.loss<=0.5", "--examples", "4096", "--", "train.py"])).code).toBe(0);
	expect(studyIn(place).workload.command).toEqual(words("python3 train.py batch_size={batchSize} lr={learningRate}"));
});

test("a file of settings alone: each trial gets one of its own, and the study can be tuned", async () => {
	const place = workplace({
		"conf.json": '{\n  "data": "digits",\n  "batch_size": 32,\n  "lr": 0.05\n}\n',
		"train.py": `
import json, sys
config = json.load(open(sys.argv[1]))
batch_size, learning_rate, gradient_accumulation_steps = config["batch_size"], config["lr"], 1
${training}`,
	});
	const { code, stderr } = await place.start([
		"init",
		"--goal",
		"validation.loss<=0.5",
		"--examples",
		"640",
		"--",
		"train.py",
		"conf.json",
	]);
	expect([code, stderr]).toEqual([0, expect.stringContaining("Trying it at batch size 32 and learning rate 0.05 (its own)")]);
	expect(studyIn(place).workload).toMatchObject({
		command: ["python3", "train.py", "{trialFolder}/conf.json"],
		files: { "conf.json": '{\n  "data": "digits",\n  "batch_size": {batchSize},\n  "lr": {learningRate}\n}\n' },
	});
	const tuned = await place.start(["tune", "study.yaml", "--budget", "20", "--workers", "2", "--json"]);
	// Twenty trials may not be enough to be sure; they are enough to reach the goal.
	const { tradeoff } = JSON.parse(tuned.stdout) as { tradeoff: readonly { outcome: string }[] };
	expect(tradeoff.some(({ outcome }) => outcome === "reached")).toBe(true);
});

test("whose --help would take long is not asked where its source shows the arguments, and is not waited for without end elsewhere", async () => {
	const slow = `
import argparse, sys, time
if "--help" in sys.argv:
    open("asked", "w")
    time.sleep(60)
parser = argparse.ArgumentParser()
`;
	const place = workplace({
		"train.py": `${slow}parser.add_argument("--batch-size", type=int, default=20)\nparser.add_argument("--lr", type=float, default=20)
args = parser.parse_args()
batch_size, learning_rate, gradient_accumulation_steps = args.batch_size, args.lr / 1000, 1
${training}`,
		"hidden.py": slow,
	});
	const { code } = await place.start(["init", "--goal", "validation.loss<=0.5", "--", "train.py"]);
	expect([code, existsSync(join(place.folder, "asked"))]).toEqual([0, false]);
	expect(studyIn(place)).toMatchObject({ batchSizes: { from: 5, to: 320 }, tune: { learningRate: { from: 0.2, to: 2000 } } });
	const late = await place.start(["init", "--out", "b.yaml", "--seconds", "1", "--goal", "validation.loss<=0.5", "--", "hidden.py"]);
	expect([late.code, late.stderr]).toEqual([2, expect.stringContaining("asked with --help it had not answered after 1 s")]);
	expect(late.stderr).toContain("name it, such as `--batch-size-flag --batch-size`; or give it longer, such as `--seconds 5`");
});

test("with a schedule over its epochs: the study gives each trial its length and asks for the best end", async () => {
	const place = workplace({
		"train.py": `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=64)
parser.add_argument("--lr", type=float, default=0.05)
parser.add_argument("--epochs", type=int, default=3)
parser.add_argument("--warmup-steps", type=int, default=0)
args = parser.parse_args()
batch_size, learning_rate, gradient_accumulation_steps = args.batch_size, args.lr, 1
${training}`,
	});
	const { code, stderr } = await place.start(["init", "--examples", "640", "--", "train.py"]);
	expect([code, stderr]).toEqual([0, expect.stringContaining("(warmup-steps) and takes its length from --epochs")]);
	expect(studyIn(place)).toMatchObject({
		workload: {
			command: words("python3 train.py --batch-size {batchSize} --lr {learningRate} --epochs {epochs}"),
			schedule: "tied",
		},
		goal: { metric: "validation.loss", best: "lowest", horizon: { epochs: 3 } },
		budget: { trainings: 10 },
	});
	expect((await place.start(["plan", "study.yaml"])).code).toBe(0);
	const wished = await place.start(["init", "--force", "--examples", "640", "--horizon", "30", "--", "train.py", "--epochs", "5"]);
	expect([wished.code, studyIn(place).goal.horizon]).toEqual([0, { epochs: 30 }]);
	const valued = await place.start(["init", "--force", "--examples", "640", "--goal", "validation.loss<=0.5", "--", "train.py"]);
	expect([valued.code, studyIn(place)]).toMatchObject([
		0,
		{ workload: { schedule: "tied" }, goal: { metric: "validation.loss", atMost: 0.5 }, limits: { epochs: 3, steps: 1 } },
	]);
	expect(valued.stderr).toContain("the least length, of 3 epochs at most, whose end meets the goal");
	const untold = await place.start(["init", "--force", "--", "train.py"]);
	expect([untold.code, untold.stderr]).toEqual([2, expect.stringContaining("how many examples the training set has")]);
});

test("with a schedule over a number of steps that has a length of its own: both are given", async () => {
	const place = workplace({
		"configurator.py": `
import sys
for word in sys.argv[1:]:
    key, value = word[2:].split("=")
    globals()[key] = type(globals()[key])(value)
`,
		"train.py": `
gradient_accumulation_steps = 1
batch_size = 12
learning_rate = 6e-2
max_iters = 600
lr_decay_iters = 600
decay_lr = True
exec(open("configurator.py").read())
${training}`,
	});
	const { code, stderr } = await place.start(["init", "--", "train.py"]);
	expect([code, stderr]).toEqual([0, expect.stringContaining("takes its length from --max_iters")]);
	expect(studyIn(place)).toMatchObject({
		workload: {
			command: words(
				"python3 train.py --batch_size={batchSize} --learning_rate={learningRate} --max_iters={steps} --lr_decay_iters={steps}",
			),
		},
		// As many examples as 600 steps of its own 12: at equal steps a larger batch would see more of them.
		goal: { best: "lowest", horizon: { examples: 7200 } },
	});
});

function words(command: string): readonly string[] {
	return command.split(" ");
}

test("plan says what tuning takes, by what init measured and then by the trials, and what a budget buys", async () => {
	const place = workplace({
		"train.py": `
import sys, time
rate = float(sys.argv[2])
for step in range(1, 3000):
    time.sleep(0.01)
    print(f"step {step}: val loss {8 / (1 + step * min(rate, 1)):.4f}", flush=True)
`,
	});
	const goal = ["--goal", "validation.loss<=0.4"];
	expect((await place.start(["init", ...goal, "--", "train.py", "{batchSize}", "{learningRate}"])).code).toBe(0);
	const { measured } = studyIn(place).workload;
	expect(measured).toMatchObject({ batchSize: 32 });
	expect(measured.secondsPerStep).toBeGreaterThan(0.003);
	expect(measured.secondsPerStep).toBeLessThan(0.5);
	const priced = ["--set", "pricePerHour=3"];
	const { stdout, stderr } = await place.start(["plan", "study.yaml", ...priced, "--budget", "20"]);
	expect(stdout).toMatch(/a trial +about .* a step at batch size 32/);
	expect(stdout).toMatch(/cost +about [0-9.]+.*, at most [0-9.]+/);
	expect(stdout.replace(/\s+/g, " ")).toMatch(/a budget of about 7 trainings \(.+\) gives a first guess; about 40 trainings/);
	expect(stderr).not.toContain("first guess takes");
	const few = await place.start(["plan", "study.yaml", ...priced, "--budget", "5"]);
	expect(few.stderr).toContain("5 trials are few: a first guess takes about 12. For example --budget 12.");
	const short = await place.start(["plan", "study.yaml", ...priced, "--budget", "1s"]);
	expect(short.stderr).toMatch(/The budget buys about \d trainings, and a first guess takes about 7: some /);
	const tuned = await place.start(["tune", "study.yaml", "--budget", "12", "--workers", "2"]);
	expect(tuned.stdout).toContain("learning rate");
	const { price } = JSON.parse((await place.start(["plan", "study.yaml", ...priced, "--json"])).stdout);
	expect(price).toMatchObject({ by: "trials", trainings: { firstGuess: 7, surer: 40 } });
	expect(price.cost.atMost).toBeGreaterThan(price.cost.low);
});

test("one that prints nothing but writes a table for each run is read there, and the study says so", async () => {
	const place = workplace({
		"train.py": `
import argparse, os, time
parser = argparse.ArgumentParser()
parser.add_argument("--batch-size", type=int, default=16)
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
n = 0
while os.path.exists(f"lightning_logs/version_{n}"): n += 1
os.makedirs(f"lightning_logs/version_{n}")
file = open(f"lightning_logs/version_{n}/metrics.csv", "w")
print("epoch,step,train_loss,val_loss", file=file, flush=True)
for step in range(3000):
    time.sleep(0.01)
    print(f"{step // 100},{step},,{1 / (1 + args.lr * (step + 1)):.4f}", file=file, flush=True)
`,
		"old.csv": "step,val_loss\n1,0.5\n",
	});
	const begun = performance.now();
	const { code, stderr } = await place.start(["init", "--goal", "validation.loss<=0.3", "--", "python3", "train.py"]);
	expect(performance.now() - begun).toBeLessThan(25_000); // the script itself takes 30 s
	expect([code, stderr]).toEqual([
		0,
		expect.stringContaining("It prints no metric, but writes lightning_logs/version_0/metrics.csv (epoch, step, train_loss, val_loss)."),
	]);
	expect(stderr).toContain("It writes validation.loss (");
	expect(studyIn(place).workload.metrics).toEqual({ file: "lightning_logs/*/metrics.csv", step: "step" });
	expect(textIn(place)).toContain("let it write below {trialFolder}");
}, 60_000);
