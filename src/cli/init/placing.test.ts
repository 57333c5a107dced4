import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { configIn } from "./config-file.js";
import { hydraArguments } from "./hydra-arguments.js";
import { withGiven, withPlaceholders } from "./placing.js";
import { likeliest, noArguments } from "./script-arguments.js";

const words = (command: string) => command.split(" ");
const placed = (command: string, ...found: (readonly [string, number | null])[]) => {
	const all = likeliest(found.map(([written, value]) => ({ written, value })));
	const { command: filled, microBatch } = withPlaceholders(words(command), withGiven(words(command), all), null);
	return [filled.join(" "), microBatch];
};
const folder = (files: Readonly<Record<string, string>>): string => {
	const made = mkdtempSync(join(tmpdir(), "sweetspot-init-"));
	onTestFinished(() => rmSync(made, { recursive: true }));
	for (const [name, text] of Object.entries(files)) {
		mkdirSync(join(made, name, ".."), { recursive: true });
		writeFileSync(join(made, name), text);
	}
	return made;
};

test.each([
	[
		"python3 t.py",
		"python3 t.py --batch-size {batchSize} --lr {learningRate} --epochs 100000",
		[
			["--batch-size", 8],
			["--lr", 1],
			["--epochs", 3],
		],
	],
	[
		"python3 t.py --lr 3 --epochs=5",
		"python3 t.py --lr {learningRate} --epochs=5 --batch-size {batchSize}",
		[
			["--batch-size", 8],
			["--lr", 1],
			["--epochs", 3],
		],
	],
	[
		"t.py --lr=0.1 x",
		"t.py --lr={learningRate} x --batch_size={batchSize}",
		[
			["--batch_size=", 8],
			["--lr=", 1],
		],
	],
	[
		"t.py optimizer.lr=0.1",
		"t.py optimizer.lr={learningRate} train.batch_size={batchSize}",
		[
			["train.batch_size=", 8],
			["optimizer.lr=", 1],
			["eval.batch_size=", 2],
		],
	],
] as const)("%s becomes %s", (command, result, found) => {
	expect(placed(command, ...found)).toEqual([result, null]);
});

test("where gradients are accumulated, the batch is handed over in parts; the command's own numbers count", () => {
	const found = [
		["--batch-size", 12],
		["--lr", 1],
		["--grad-accum", 1],
	] as const;
	expect(placed("t.py", ...found)).toEqual(["t.py --batch-size {batchSize} --lr {learningRate}", null]);
	expect(placed("t.py --grad-accum 4", ...found)).toEqual([
		"t.py --grad-accum {accumulation} --batch-size {microBatch} --lr {learningRate}",
		12,
	]);
	expect(placed("t.py --grad-accum=4 --batch-size 16", ...found)[1]).toBe(16);
});

test("a file of settings becomes a text with placeholders, of which nothing else is changed", () => {
	const made = folder({
		"a.yaml": "# mine\nmodel: {width}\ntrain:\n  batch_size: 32 # fits\n  lr: 1e-3\n  epochs: 5\nval: { batch_size: 100 }\n",
		"b.json": '{"lr": 0.5, "batch_size": 16,\n "name": "x"}\n',
		"c.yaml": "name: x\n",
	});
	const config = configIn(["t.py", join(made, "c.yaml"), `--config=${join(made, "a.yaml")}`]);
	if (config === null) throw new Error("the file was expected to be found");
	expect(withPlaceholders(["t.py", "c.yaml", "--config=a.yaml"], config.settings, config)).toEqual({
		command: ["t.py", "c.yaml", "--config={trialFolder}/a.yaml"],
		files: {
			"a.yaml":
				"# mine\nmodel: {{width}}\ntrain:\n  batch_size: {batchSize} # fits\n  lr: {learningRate}\n  epochs: 100000\nval: { batch_size: 100 }\n",
		},
		microBatch: null,
	});
	expect([config.settings.batchSize?.value, config.settings.learningRate?.value]).toEqual([32, 0.001]);
	const length = { unit: "epochs", argument: { written: "epochs", value: 5 }, count: 5 } as const;
	const tied = withPlaceholders(["t.py", "--config=a.yaml"], config.settings, { ...config, at: 1 }, length).files;
	expect(tied?.["a.yaml"]).toContain("  epochs: {epochs}\n");
	const tried = withPlaceholders(["t.py", "--config=a.yaml"], { ...config.settings, epochs: null }, { ...config, at: 1 }).files;
	expect(tried?.["a.yaml"]).toContain("  epochs: 5\n");
	const json = configIn([join(made, "b.json")]);
	expect(json && withPlaceholders(["b.json"], json.settings, json).files).toEqual({
		"b.json": '{"lr": {learningRate}, "batch_size": {batchSize},\n "name": "x"}\n',
	});
	expect(configIn([join(made, "c.yaml"), "nowhere.yaml"])).toBeNull();
});

test("hydra's settings, those of its groups as well", () => {
	const source = '@hydra.main(version_base=None, config_path="conf", config_name="config")\ndef main(config): pass\n';
	const made = folder({
		"t.py": source,
		"conf/config.yaml": "defaults:\n  - _self_\n  - optimizer: adam\ntrain:\n  batch_size: 64\n  epochs: 3\nseed: 1\n",
		"conf/optimizer/adam.yaml": "name: adam\nlr: 1e-3\n",
	});
	const { batchSize, learningRate, seed } = hydraArguments(join(made, "t.py"), source);
	expect([batchSize, learningRate, seed]).toEqual([
		{ written: "train.batch_size=", value: 64 },
		{ written: "optimizer.lr=", value: 0.001 },
		{ written: "seed=", value: 1 },
	]);
	expect(hydraArguments(join(made, "t.py"), "print()")).toEqual(noArguments);
});
