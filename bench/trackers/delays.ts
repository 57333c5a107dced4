/**
 * How late a look is: from the call that lets it stand (that of the next step, of the last look its own) to the chunk of the trial that has
 * it, by the hook and by what the tracker writes to its files. Each trial logs twice a second, and has 15 looks.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { resolveInput } from "../../dist/api/resolve-input.js";
import { openLocalHost } from "../../dist/trainers/command/local/host.js";
import { scriptSession } from "../../dist/trainers/command/session.js";
import type { TrialSpec } from "../../src/core/trial.js";
import { table, writeSections } from "../markdown.js";
import { median } from "../median.js";
import { libraryEnvironment, versionsIn } from "./libraries.js";

const script = fileURLToPath(new URL("./scripts/delays.py", import.meta.url));
const looks = 15;

interface Way {
	readonly title: string;
	readonly tracker: string;
	/** How its files are read; null where they aren't read live. */
	readonly files: object | null;
	readonly heard: boolean;
}
const events = { tensorboard: "{trialFolder}" };
const ways: readonly Way[] = [
	{ title: "PyTorch's SummaryWriter", tracker: "pytorch", files: events, heard: true },
	{ title: "tensorboardX", tracker: "tensorboardX", files: events, heard: true },
	{ title: "TensorFlow's `tf.summary`", tracker: "tensorflow", files: events, heard: true },
	{ title: "Weights & Biases", tracker: "wandb", files: null, heard: true },
	{ title: "trackio", tracker: "trackio", files: null, heard: true },
	{ title: "MLflow", tracker: "mlflow", files: null, heard: true },
	{
		title: "Lightning's CSVLogger, saved each time",
		tracker: "lightning",
		files: { file: "{trialFolder}/**/metrics.csv", step: { name: "step", from: 0 } },
		heard: false,
	},
	{
		title: "a table that is flushed after each row",
		tracker: "table",
		files: { file: "{trialFolder}/log.csv", step: "step" },
		heard: false,
	},
];

const trial: TrialSpec = {
	phase: "tuning",
	batchSize: 8,
	learningRate: 1,
	seedIndex: 0,
	seed: 1,
	cap: looks,
	until: "cap",
	curves: false,
	probe: false,
};

/** Seconds that each look was late. */
async function delaysOf(tracker: string, metrics: object): Promise<readonly number[]> {
	const store = mkdtempSync(join(tmpdir(), "sweetspot-delays-"));
	const notes = join(store, "notes");
	try {
		const command = ["python3", script, tracker, "{trialFolder}", notes];
		const study = await resolveInput(
			{
				version: 1,
				workload: { command, examples: 800, metrics, environment: { unused: "{batchSize} {learningRate}" } },
				goal: { metric: "validation.loss", atMost: 0.001 },
			} as never,
			store,
		);
		if (!("command" in study.workload)) throw new Error("a command was expected");
		const session = scriptSession({ ...study, workload: study.workload }, "delays", store, { workers: 1, gpus: null }, openLocalHost);
		mkdirSync(join(store, "logs"), { recursive: true });
		const came = new Map<number, number>();
		for await (const chunk of session.trainers[0].train(trial, { stopped: false }))
			for (const { step } of chunk.evaluations) came.set(step, Date.now() / 1000);
		await session.close(true);
		const logged = new Map(
			readFileSync(notes, "utf8")
				.trim()
				.split("\n")
				.map((line) => line.split(" ").map(Number) as [number, number]),
		);
		return [...came].map(([step, at]) => at - (logged.get(Math.min(step + 1, looks)) ?? Number.NaN));
	} finally {
		rmSync(store, { recursive: true, force: true });
	}
}

const shown = (delays: readonly number[] | null): string =>
	delays === null
		? "not read live"
		: `${median(delays).toFixed(2)} (${delays.reduce((most, delay) => Math.max(most, delay), 0).toFixed(2)})`;

export async function run(json: boolean, write: boolean): Promise<void> {
	const env = libraryEnvironment();
	if (env === null) return;
	Object.assign(process.env, env);
	const rows: string[][] = [];
	for (const { title, tracker, files, heard } of ways) {
		const byHook = heard ? await delaysOf(tracker, { tracker: "any" }) : null;
		const byFiles = files === null ? null : await delaysOf(tracker, files);
		rows.push([title, heard ? shown(byHook) : "no call to hear", shown(byFiles)]);
		process.stderr.write(`${rows.at(-1)?.join(" | ")}\n`);
	}
	const text = table(
		[
			["logged twice a second by", "left"],
			["heard, seconds", "right"],
			["read in its files, seconds", "right"],
		],
		rows,
	);
	const versions = versionsIn(env);
	if (json) process.stdout.write(`${JSON.stringify({ versions, rows })}\n`);
	else process.stdout.write(`${versions}\n${text}\n`);
	if (write)
		writeSections(new URL("../../docs/training-scripts.md", import.meta.url), { "bench-delays": `${text}\n\nMeasured with ${versions}.` });
}
