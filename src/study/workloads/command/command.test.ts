import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { SweetspotError } from "../../../core/errors.js";
import { resolveStudy, studyHash } from "../../resolve.js";
import { filled, placeholdersOf } from "./placeholders.js";
import { commandRemarks } from "./problems.js";
import type { FoundCommand } from "./workload.js";

const found: FoundCommand = { sha256: "abc", files: ["/here/train.py"], readsTrial: false };
const own = `
version: 1
workload:
  command: [python3, train.py, --batch, "{batchSize}", --lr, "{learningRate}", --epochs, 10]
  examples: 500
goal: { metric: validation.accuracy, atLeast: 0.9 }
`;
const resolved = (yaml: string, folder = "/here", program: Partial<FoundCommand> = {}) =>
	resolveStudy(
		parse(yaml),
		async () => {
			throw new Error("no data is asked for");
		},
		{ locate: (path) => `${folder}/${path}`, findCommand: async () => ({ ...found, ...program }) },
	);
async function problems(yaml: string, program: Partial<FoundCommand> = {}): Promise<string> {
	const error: unknown = await resolved(yaml, "/here", program).then(
		() => null,
		(reason: unknown) => reason,
	);
	if (error === null) return "none";
	expect(error).toBeInstanceOf(SweetspotError);
	return (error as SweetspotError).detail;
}

describe("a command", () => {
	test("is known by its words as texts, its folder, its files' content and the number of examples its author gives", async () => {
		const { workload, data, batchSizes } = await resolved(own);
		expect(workload).toEqual({
			command: ["python3", "train.py", "--batch", "{batchSize}", "--lr", "{learningRate}", "--epochs", "10"],
			directory: "/here/.",
			examples: 500,
			grace: 2,
		});
		expect(data).toEqual({ train: 500, validation: 0, test: 0, features: 0, classes: 0, sha256: "abc" });
		expect(batchSizes.at(-1)).toBe(500);
	});

	test("is the same study elsewhere, and with more grace; another once a file of it is edited, or a word changes", async () => {
		const hash = async (...args: Parameters<typeof resolved>) => studyHash(await resolved(...args));
		const here = await hash(own);
		expect(await hash(own, "/there")).toBe(here);
		expect(await hash(own.replace("examples: 500", "examples: 500\n  grace: 9\n  paused: 2\n  retry: [3, 2]"))).toBe(here);
		expect(await hash(own, "/here", { sha256: "abd" })).not.toBe(here);
		expect(await hash(own.replace("--epochs, 10", "--epochs, 20"))).not.toBe(here);
		expect(await hash(own.replace("examples: 500", "examples: 500\n  environment: { DEPTH: 3 }"))).not.toBe(here);
	});

	test.each([
		["{batchSize}", "{batchsize}", "workload.command[3]: unknown placeholder {batchsize} (did you mean {batchSize}?)"],
		["{batchSize}", "{{batchSize}}", "workload.command: no {batchSize} in it, in `environment` or in `files`"],
		['--lr, "{learningRate}", ', "", "workload.command: no {learningRate} in it"],
		["--epochs", '"{momentum}"', "workload.command[6]: {momentum} has no value: list those to try in `tune.momentum`"],
		["python3", '"{seed}"', "workload.command[0]: the program itself can't be a placeholder"],
		["examples: 500", "exmaples: 500", "workload.exmaples: unknown key (did you mean `examples`?)"],
		["examples: 500", "environment: { SWEETSPOT_TRIAL: x }", "workload.environment.SWEETSPOT_TRIAL: is ours to set"],
		["examples: 500", "paused: -1", "workload.paused: found -1, expected at least 0"],
		["examples: 500", "grace: -1", "workload.grace: found -1, expected at least 0"],
		["  examples: 500\n", "", "workload.examples: missing: how many training examples there are is needed for the batch size `full`"],
		["examples: 500", "model: [relu]", "workload.model: unknown key"],
	])("with %j changed to %j: the error is about that, and about no other kind of workload", async (from, to, message) => {
		const said = await problems(own.replace(from, to));
		expect(said).toContain(message);
		expect(said).not.toContain("workload.data");
	});

	const inParts = own.replace(`"{batchSize}"`, `"{microBatch}", --grad-accum, "{accumulation}"`);
	test.each([
		["", "workload.microBatch: missing: {accumulation} follows from the most examples"],
		["microBatch: 8", "none"],
		["microBatch: 0", "workload.microBatch: found 0"],
		["microBatch: 8\n  devices: 3\nbatchSizes: [3, 6, 32]", "batchSizes: batch size 32 can't be shared equally by 3 devices: use 30 or 33"],
		["microBatch: 8\n  devices: 3\nbatchSizes: [3, 500]", "batchSizes: batch size 500 can't be shared equally by 3 devices: use 498"],
		["microBatch: 8\n  devices: 2\nbatchSizes: { from: 2, to: 64 }", "none"],
		["files: { config.yaml: 'lr: {learningRate}' }", "workload.command: no {trialFolder} in it or in `environment`"],
		["files: { ../config.yaml: 'lr: {learningRate}' }", "workload.files"],
		["files: { config.yaml: 'lr: {learnRate}' }", "workload.files.config.yaml: unknown placeholder {learnRate}"],
	])("whose batches are worked off in parts, or that is configured by a file: %s", async (keys, message) => {
		expect(await problems(inParts.replace("examples: 500", `examples: 500\n  ${keys}`))).toContain(message);
	});

	test("whose micro-batches aren't accumulated is warned of", async () => {
		const text = own.replace("{batchSize}", "{microBatch}").replace("examples: 500", "examples: 500\n  microBatch: 8");
		expect(await problems(text)).toContain("{microBatch} without {accumulation}: an update would use at most 8 examples a device");
	});

	test("that accumulates by a number of its own is warned of, with how far every figure is off", async () => {
		const remarks = async (words: string) => {
			const { workload } = await resolved(own.replace("--epochs, 10", words));
			if (!("command" in workload)) throw new Error("a command was expected");
			return commandRemarks(workload, found).join("\n");
		};
		expect(await remarks("--grad-accum, 4")).toContain(
			"--grad-accum is 4: if {batchSize} is what the script accumulates, an update uses 4 times",
		);
		expect(await remarks("--gradient_accumulation_steps=2")).toContain("an update uses 2 times the batch size");
		expect(await remarks("trainer.accumulate_grad_batches=8")).toContain("an update uses 8 times the batch size");
		expect(await remarks("--grad-accum, 1")).not.toContain("times the batch size");
	});

	test("needs no placeholders where one of its files reads the trial, or where nothing can be seen of them", async () => {
		const bare = own.replace(/command: .*/, "command: [python3, train.py]");
		expect(await problems(bare)).toContain("no {batchSize}");
		expect(await problems(bare, { readsTrial: true })).toBe("none");
		expect(await problems(bare, { files: [] })).toBe("none");
	});

	test("without a number of examples has sizes and steps, but no epochs", async () => {
		const unknown = `${own.replace("  examples: 500\n", "")}batchSizes: [8, 4096]\n`;
		expect((await resolved(unknown)).data.train).toBe(0);
		expect(await problems(`${unknown}limits: { epochs: 3 }`)).toContain("is needed for `limits.epochs`");
		expect(await problems(`${unknown}comparisons: { epochs: 3 }`)).toContain("is needed for `comparisons`");
	});

	test.each([
		["{ validation.accuracy: 'acc ([0-9.]+)', step: 'step ([0-9]+)' }", "none"],
		["{ validation.accuracy: { pattern: 'acc ([0-9.]+)', scale: 0.01 }, epoch: { pattern: 'epoch ([0-9]+)', from: 0 } }", "none"],
		["{ validation.accuracy: 'acc [0-9.]+', step: 'step ([0-9]+)' }", 'workload.metrics.validation.accuracy: "acc [0-9.]+" has no group'],
		[
			"{ validation.accuracy: '(acc) ([0-9.]+)', step: 'step ([0-9]+)' }",
			"has 2 groups, expected one around the number: write others as (?:…)",
		],
		["{ validation.accuracy: 'acc ([0-9.]+', step: 'step ([0-9]+)' }", "is no regular expression: "],
		["{ validation.accuracy: 'acc ([0-9.]+)' }", "workload.metrics: nothing says how far the script is"],
		["validation.loss", 'workload.metrics: found "validation.loss", expected'],
		["3", "workload.metrics: found 3, expected"],
		[
			"{ train.loss: 'loss ([0-9.]+)', step: 'step ([0-9]+)' }",
			"workload.metrics: the goal is on validation.accuracy: add a pattern for `validation.accuracy`",
		],
		["{ validation.accuracy: 'acc ([0-9.]+)', f1: 'f1 ([0-9.]+)', eval/auc: 'auc ([0-9.]+)', step: 'step ([0-9]+)' }", "none"],
		[
			"{ validation.accuracy: 'acc ([0-9.]+)', val_loss: 'loss ([0-9.]+)', step: 'step ([0-9]+)' }",
			'workload.metrics.val_loss: "val_loss" is another way to write validation.loss: write `validation.loss`',
		],
		[
			"{ validation.accuracy: 'acc ([0-9.]+)', f1: { pattern: 'f1 ([0-9.]+)', from: 0 }, step: 'step ([0-9]+)' }",
			"workload.metrics.f1.from: unknown key",
		],
		[
			"{ validatin.accuracy: 'acc ([0-9.]+)', step: 'step ([0-9]+)' }",
			'workload.metrics.validatin.accuracy: unknown metric "validatin.accuracy" (did you mean `validation.accuracy`?)',
		],
		["{ validation.accuracy: { pattern: 'acc ([0-9.]+)', scale: 0 }, step: 'step ([0-9]+)' }", "scale: found 0, expected more than 0"],
	])("has patterns that can be used: %s", async (metrics, message) => {
		expect(await problems(own.replace("examples: 500", `examples: 500\n  metrics: ${metrics}`))).toContain(message);
	});
});

test("a schedule that follows the planned length needs that length in the command", async () => {
	const tied = own.replace("examples: 500", "examples: 500\n  schedule: tied");
	expect(await problems(tied)).toContain("workload.schedule: the schedule follows the planned length, and the command takes none");
	expect(await problems(own.replace("train.py", 'train.py, "{epochs}"'))).toContain("{epochs} is the planned length of a trial");
});

describe("metrics in files", () => {
	const inFiles = (metrics: string, more = "") =>
		problems(own.replace("--epochs, 10", '--out, "{trialFolder}"').replace("examples: 500", `examples: 500\n  metrics: ${metrics}${more}`));

	test.each([
		['{ file: "{trialFolder}/**/metrics.csv", step: step }', "none"],
		["{ file: logs/log.jsonl, epoch: { name: epoch, from: 0 }, names: { f1: { name: F1, scale: 0.01 } } }", "none"],
		["{ tensorboard: runs, names: { validation.accuracy: acc/val }, from: 0 }", "none"],
		["{ file: a.csv }", "workload.metrics: nothing says how far the script is: add the column that counts, such as `step: step`"],
		[
			"{ file: a.csv, steps: step }",
			"workload.metrics.steps: unknown key (did you mean `step`?); known here: file, names, step, epoch, examples",
		],
		["{ tensorboard: runs, step: step }", "workload.metrics.step: unknown key"],
		["{ file: a.csv, step: { name: step, form: 0 } }", "workload.metrics.step.form: unknown key (did you mean `from`?)"],
		["{ file: /logs/a.csv, step: step }", 'workload.metrics.file: "/logs/a.csv" lies outside the folders of the trial'],
		["{ file: ../a.csv, step: step }", 'workload.metrics.file: "../a.csv" lies outside'],
		['{ tensorboard: "{trialFolder}/../runs" }', "workload.metrics.tensorboard:"],
		['{ file: "logs/{seed}.csv", step: step }', 'workload.metrics.file: "logs/{seed}.csv": only {trialFolder} can stand in it'],
		["{ file: a.csv, step: step, names: { val_loss: loss } }", "workload.metrics.names.val_loss: "],
		["{ file: [a.csv], step: step }", "workload.metrics"],
	])("are named so that they can be found: %s", async (metrics, message) => {
		expect(await inFiles(metrics)).toContain(message);
	});

	test("by epochs need the number of examples", async () => {
		const unknown = own.replace("  examples: 500\n", "  metrics: { file: a.csv, epoch: epoch }\n");
		expect(await problems(`${unknown}batchSizes: [8]\n`)).toContain("epochs become steps only where `workload.examples` says");
	});

	test("in the trial's folder need a script that is given it", async () => {
		const bare = own.replace("examples: 500", 'examples: 500\n  metrics: { tensorboard: "{trialFolder}" }');
		expect(await problems(bare)).toContain("no {trialFolder} in the command");
	});

	test("are written out in the study, in a form that is read again", async () => {
		const metrics = "{ file: a.csv, step: step, names: { validation.accuracy: acc } }";
		const once = await resolved(own.replace("examples: 500", `examples: 500\n  metrics: ${metrics}`));
		if (!("command" in once.workload)) throw new Error("a command was expected");
		expect(once.workload.metrics).toEqual({
			file: "a.csv",
			step: { name: "step" },
			names: { "validation.accuracy": { name: "acc", scale: 1 } },
		});
		const again = await resolved(own.replace("examples: 500", `examples: 500\n  metrics: ${JSON.stringify(once.workload.metrics)}`));
		expect(studyHash(again)).toBe(studyHash(once));
	});
});

test("placeholders are filled, in any place of a word; two pairs of braces stand for one, and other braces are as they are", () => {
	const values = {
		...{ batchSize: 32, learningRate: 2 ** -30, seed: 4294967295, steps: 500, epochs: 7, momentum: 0.9 },
		...{ microBatch: 8, accumulation: 4, held: { warmupSteps: 782 }, trialFolder: "/store/one" },
	};
	expect(filled("--b={batchSize}:{learningRate}", values)).toBe("--b=32:9.313225746154785e-10");
	expect(filled('{"seed": {seed}, "f": {"m": {momentum}}, "x": "{{steps}}"}', values)).toBe(
		'{"seed": 4294967295, "f": {"m": 0.9}, "x": "{steps}"}',
	);
	expect(filled("{microBatch}x{accumulation} {trialFolder}/config.yaml", values)).toBe("8x4 /store/one/config.yaml");
	expect(filled("--warmup={warmupSteps} {nope}", values)).toBe("--warmup=782 {nope}");
	expect(placeholdersOf("{batchSize} {{seed}} {} { seed } {steps}{nope}")).toEqual(["batchSize", "steps", "nope"]);
});
