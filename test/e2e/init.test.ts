// Longer than 250 lines: the tests share one script, and what init finds in it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { MemoryLimit } from "../fixtures/memory-limit.js";
import type { Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const script = readFileSync(fileURLToPath(new URL("../fixtures/scripts/as-it-is.py", import.meta.url)), "utf8");
const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

const emptyPlace = workplaces();
const workplace = (text = script): Workplace => {
	const place = emptyPlace();
	place.write("train.py", text);
	return place;
};

const studyIn = (place: Workplace, file = "study.yaml") => parse(readFileSync(join(place.folder, file), "utf8"));

describe("init writes a study for a script", () => {
	test("from its help and from what it prints; the study's figures then arrive, and its plan can be made", async () => {
		const place = workplace();
		const { code, stdout } = await place.start(["init", "--goal", "validation.accuracy>=0.9", "--examples", "640", "--", "train.py"]);
		expect(stdout).toMatch(/^Metrics arrive: validation\.accuracy was 0\.\d+ after 10 steps/);
		expect(code).toBe(0);
		expect(studyIn(place)).toMatchObject({
			name: "train",
			workload: {
				// The script's own 500 epochs would be too few steps for the larger sizes.
				command: ["python3", "train.py", "--batch_size", "{batchSize}", "--lr", "{learningRate}", "--epochs", "100000"],
				examples: 640,
				metrics: { "validation.accuracy": { pattern: "val_acc:\\s*([-+.0-9eE]+|nan|inf)", scale: 0.01 }, epoch: "Epoch\\s*([0-9]+)" },
			},
			goal: { metric: "validation.accuracy", atLeast: 0.9 },
			budget: { trainings: 20 },
		});
		expect((await place.start(["plan", "study.yaml"])).code).toBe(0);
		// What is there already is kept.
		const again = await place.start(["init", "--goal", "validation.accuracy>=0.9", "--", "train.py"]);
		expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("the study file is there already: study.yaml")]);
	});

	test("from the lines of PyTorch's MNIST example, without end: it is not run for longer than they take to tell how it counts", async () => {
		const place = workplace(`
import argparse, time
p = argparse.ArgumentParser()
p.add_argument("--batch-size", type=int, default=64)
p.add_argument("--lr", type=float, default=1.0)
args = p.parse_args()
epoch = 0
while True:
    epoch += 1
    for at in range(0, 640, 320):
        print(f"Train Epoch: {epoch} [{at}/640 ({at / 6.4:.0f}%)]\\tLoss: {1 / (epoch + at):.6f}")
    print(f"\\nTest set: Average loss: {1 / epoch:.4f}, Accuracy: {400 - 100 // epoch}/400 (9{epoch % 10}%)\\n", flush=True)
    time.sleep(0.2)
`);
		const { code, stdout } = await place.start(["init", "--goal", "validation.accuracy>=0.9", "--examples", "640", "--", "train.py"]);
		expect([code, stdout]).toEqual([0, expect.stringMatching(/^Metrics arrive: validation\.accuracy was 0\.75 after 10 steps/)]);
		expect(studyIn(place).workload.metrics).toEqual({
			"validation.loss": "Test.*?Average\\s*loss:\\s*([-+.0-9eE]+|nan|inf)",
			"validation.accuracy": { pattern: "Test.*?Accuracy:\\s*([0-9]+)\\/400", scale: 0.0025 },
			epoch: "Epoch:\\s*([0-9]+)",
		});
		expect(readFileSync(join(place.folder, "study.yaml"), "utf8")).toContain("The script calls this set its test set.");
	});

	test("one whose help fails says how, and so does init", async () => {
		const { code, stderr } = await workplace("import argparse, nowhere_to_be_found\n").start([
			"init",
			"--goal",
			"train.loss<=0.5",
			"--",
			"python3",
			"train.py",
		]);
		expect([code, stderr]).toEqual([2, expect.stringContaining("asked with --help, the script failed: ModuleNotFoundError")]);
	});

	test("one that prints nothing of use, or fails: nothing is written, and what is missing is reported with the last lines", async () => {
		const parser = `import argparse\np = argparse.ArgumentParser()\np.add_argument("--bs")\np.add_argument("--lr")\n`;
		const place = workplace(`${parser}p.add_argument("--epochs")\np.parse_args()\nprint("hello")\n`);
		const start = () => place.start(["init", "--", "python3", "train.py", "--epochs=3"]);
		const silent = await start();
		expect([silent.code, silent.stdout]).toEqual([2, ""]);
		expect(silent.stderr).toContain("The last that it printed:\n  hello\nerror: the script's metrics do not arrive: no metric from");
		expect(silent.stderr).toContain("fix: let it print lines such as");
		place.write("train.py", `${parser}p.add_argument("--epochs")\np.parse_args()\nraise ValueError("no data")\n`);
		expect((await start()).stderr).toContain(
			"fix: correct the script: it fails when it is run as `python3 train.py --epochs=3 --bs 32 --lr 0.0078125`",
		);
		place.write("train.py", `${parser}p.add_argument("--data", required=True)\np.add_argument("--epochs")\np.parse_args()\n`);
		expect((await start()).stderr).toContain("`sweetspot init -- python3 train.py --epochs=3 --data …`");
		expect(existsSync(join(place.folder, "study.yaml"))).toBe(false);
	});

	test("one that needs more flags: all that are missing are named, with what was found; with these it works", async () => {
		const place = workplace();
		const { code, stderr } = await place.start(["init", "--", "train.py", "--epochs", "500"]);
		expect([code, existsSync(join(place.folder, "study.yaml"))]).toEqual([2, false]);
		const [, flags] =
			stderr.match(/how many examples[\s\S]*it prints validation\.accuracy \([01.]\S* after \d+ epochs\)[\s\S]*`(.*)"`/) ?? [];
		expect(flags).toMatch(/^--examples 50000 --goal "validation\.accuracy>=0\.\d+$/);
		// What the user's command says of epochs is left as it is.
		const [, goal] = flags.split('"');
		expect((await place.start(["init", "--examples", "640", "--goal", goal, "--", "train.py", "--epochs", "500"])).code).toBe(0);
		expect(studyIn(place).workload.command).toEqual(
			"python3 train.py --epochs 500 --batch_size {batchSize} --lr {learningRate}".split(" "),
		);
		expect(readFileSync(join(place.folder, "study.yaml"), "utf8")).toContain("Your --epochs may end them before");
	});

	test("one that speaks the protocol is run once where the flags say all; its arguments may be written as placeholders", async () => {
		const place = workplace(`
import json, sys, time
rate = float(sys.argv[2])
open("runs", "a").write("x")
step = 0
while True:
    step += 1
    print(json.dumps({"sweetspot": 1, "step": step, "metrics": {"train.loss": 1 / step}}), flush=True)
    time.sleep(0.05)
`);
		const { code, stderr } = await place.start(["init", "--goal", "train.loss<=0.1", "--", "train.py", "{batchSize}", "{learningRate}"]);
		expect([code, stderr]).toEqual([0, expect.stringContaining("It reports train.loss (")]);
		expect(readFileSync(join(place.folder, "runs"), "utf8")).toBe("x");
		// A metric that it doesn't tell: those that it does are named.
		const other = await place.start([
			...["init", "--goal", "val_loss<=0.1", "--seconds", "2", "--force"],
			...["--", "train.py", "{batchSize}", "{learningRate}"],
		]);
		expect([other.code, other.stderr]).toEqual([2, expect.stringContaining("it prints train.loss: choose such a goal with --goal")]);
	});

	test.each([
		["a script that isn't there", ["python3", "trian.py"], "error: no such file: trian.py\nfix: did you mean train.py?"],
		["a program that isn't there", ["pyhton3", "train.py"], "fix: check the first word of the command"],
	])("%s", async (_, command, words) => {
		const { code, stderr } = await workplace().start(["init", "--", ...command]);
		expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
	});

	test("one that takes no arguments is not started to be asked for them", async () => {
		const place = workplace(`open("trained", "w")\n`);
		const { code, stderr } = await place.start(["init", "--goal", "train.loss<=0.5", "--", "python3", "train.py"]);
		expect([code, stderr]).toEqual([2, expect.stringContaining('parser.add_argument("--batch-size", type=int')]);
		expect(stderr).toContain("the script reads no arguments");
		expect(existsSync(join(place.folder, "trained"))).toBe(false);
	});

	test("a user at a terminal is asked for what no flag says, and again where the answer can't be read", async () => {
		const place = workplace();
		// script(1) gives the program a terminal of its own.
		const child = spawn("script", ["-qec", `${process.execPath} ${program} init`, "/dev/null"], {
			cwd: place.folder,
			env: { ...process.env, CI: "" },
			stdio: ["pipe", "pipe", "inherit"],
		});
		const answers = ["python3 train.py", "95%", "640", "val acc 95%", "val_loss<=1", "validation.accuracy>=0.8"];
		let said = "";
		let all = "";
		child.stdout.on("data", (chunk: Buffer) => {
			said += chunk.toString();
			all += chunk.toString();
			if (stripVTControlCharacters(said).endsWith("> ")) {
				const answer = answers.shift();
				said = "";
				if (answer !== undefined) child.stdin.write(`${answer}\n`);
			}
		});
		const [code] = await once(child, "exit");
		expect([code, answers]).toEqual([0, []]);
		expect(all).toContain('the number of examples is "95%", expected a whole number of 1 or more; for example 50000');
		expect(all).toContain('the goal is "val acc 95%", expected METRIC>=VALUE or METRIC<=VALUE; for example validation.accuracy>=');
		expect(all).toContain("the script prints no validation.loss; for example");
		expect(studyIn(place)).toMatchObject({ workload: { examples: 640 }, goal: { metric: "validation.accuracy", atLeast: 0.8 } });
	});
});

test("init writes a study for a network of ours, of as many units as the data ask for", async () => {
	const place = workplace();
	expect((await place.start(["init", "--data", "digits"])).code).toBe(0);
	expect(studyIn(place)).toMatchObject({ workload: { data: "digits", model: [{ dense: 64 }, "relu", { dense: 10 }] } });
	place.write("table.csv", `x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${i * 0.5}`).join("\n")}\n`);
	expect((await place.start(["init", "--data", "table.csv", "--target", "y", "--out", "own.yaml"])).code).toBe(0);
	expect(studyIn(place, "own.yaml")).toMatchObject({
		workload: { data: { csv: "table.csv", target: "y" }, model: [{ dense: 64 }, "relu", { dense: 1 }], loss: "mean-squared-error" },
		goal: { metric: "validation.loss" },
	});
	const unknown = await place.start(["init", "--data", "digit", "--out", "x.yaml"]);
	expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("name one of digits, tutorial-blobs")]);
});

describe("the largest batch size that fits", () => {
	const study = `
version: 1
workload:
  command: [python3, train.py, --batch_size, "{batchSize}", --lr, "{learningRate}"]
  examples: 640
  metrics: { train.loss: "train loss ([0-9.]+)", epoch: "Epoch ([0-9]+)" }
goal: { metric: train.loss, atMost: 0.1 }
`;

	test("lies between two powers of two, and every size that is reported was tried", async () => {
		const place = workplace();
		place.write("study.yaml", study);
		const { code, stdout } = await place.start(["fits", "study.yaml", "--json"]);
		expect(code).toBe(0);
		const { largest, smallestBeyond, tried } = JSON.parse(stdout);
		expect([largest, smallestBeyond]).toEqual([288, 304]);
		expect(tried.map(({ batchSize, outcome }: { batchSize: number; outcome: string }) => [batchSize, outcome])).toEqual(
			[32, 64, 128, 256, 512, 384, 320, 288, 304].map((size) => [size, size > 300 ? "out of memory" : "reached"]),
		);
		// A cap is never passed.
		expect(JSON.parse((await place.start(["fits", "study.yaml", "--max", "100", "--json"])).stdout)).toMatchObject({
			largest: 100,
			smallestBeyond: null,
		});
	});

	const limit = MemoryLimit.of(256 * 2 ** 20);
	afterAll(() => limit?.remove());
	test.skipIf(limit === null)("is found where the system kills what goes beyond (needs the right to make a control group)", async () => {
		const place = workplace(`
import argparse, os
open(os.environ["GROUP"], "w").write(str(os.getpid()))
p = argparse.ArgumentParser()
p.add_argument("--batch_size", type=int)
p.add_argument("--lr")
held = bytes([1]) * (p.parse_args().batch_size * 2**20)
print("Epoch 1 train loss 0.5")
`);
		place.write("study.yaml", study);
		const { stdout, stderr } = await place.start(["fits", "study.yaml", "--json"], undefined, { GROUP: limit?.processes });
		const { largest, smallestBeyond } = JSON.parse(stdout || stderr);
		expect(largest).toBeGreaterThan(160);
		expect(smallestBeyond).toBeLessThanOrEqual(256);
		expect(smallestBeyond).toBeGreaterThan(largest);
	});

	test("a script that fails for another reason says nothing about memory", async () => {
		const place = workplace(`raise ValueError("no data")\n`);
		place.write("study.yaml", study);
		const { code, stderr } = await place.start(["fits", "study.yaml"]);
		expect([code, stderr]).toEqual([2, expect.stringContaining("at batch size 32: exit code 1")]);
		expect(stderr).toContain("ValueError: no data");
	});
});
