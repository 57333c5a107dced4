/**
 * What a trial of a training script costs compared with the script alone: the same script a few times in a row by itself, and as many
 * trials one after the other, in turn. And what many scripts cost that say nothing.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { resolveInput } from "../src/api/resolve-input.js";
import type { TrialSpec } from "../src/core/trial.js";
import { inlineExecutor } from "../src/executors/inline.js";
import { isCommand } from "../src/study/workloads/table.js";
import { openLocalHost } from "../src/trainers/command/local/host.js";
import { scriptSession } from "../src/trainers/command/session.js";
import { trialSpec } from "../test/fixtures/oracle-study.js";
import { table, writeSections } from "./markdown.js";
import { median } from "./median.js";

const pairs = 31;
const inARow = 5;

/** How many scripts say nothing, and for how long, when they have been silent for a while. */
const silent = { scripts: 16, settleSeconds: 5, seconds: 10 } as const;

/** Each reports one loss, and ends: a shell, and Python with the module that writes JSON. */
const scripts: Readonly<Record<string, readonly string[]>> = {
	"a shell": ["sh", "-c", `echo '{"sweetspot":1,"step":1,"metrics":{"validation.loss":1}}' >> "$SWEETSPOT_EVENTS"`],
	Python: [
		"python3",
		"-c",
		'import json, os; print(json.dumps(dict(sweetspot=1, step=1, metrics={"validation.loss": 1})), file=open(os.environ["SWEETSPOT_EVENTS"], "a"))',
	],
};

const spec = (seedIndex: number): TrialSpec => trialSpec({ batchSize: 8, learningRate: 0.125, seedIndex, seed: seedIndex, cap: 5 });

interface Row {
	readonly script: string;
	/** Milliseconds a run: medians over the pairs, and of their differences. */
	readonly alone: number;
	readonly trial: number;
	readonly overhead: number;
	/** Milliseconds of this process's own processor time a trial. */
	readonly processor: number;
}

/** A session that runs this command, a number of times at once, in a store of its own. */
async function sessionOf(command: readonly string[], workers: number) {
	const store = mkdtempSync(join(tmpdir(), "sweetspot-bench-"));
	const study = await resolveInput(
		{ version: 1, workload: { command: [...command] }, goal: { metric: "validation.loss", atMost: 0.1 }, batchSizes: [8] },
		store,
	);
	if (!isCommand(study.workload)) throw new Error("a command was expected");
	const session = scriptSession({ ...study, workload: study.workload }, "bench", store, { workers, gpus: null }, openLocalHost);
	const executor = inlineExecutor(...session.trainers);
	const close = async () => {
		await executor.close();
		session.close(true);
		rmSync(store, { recursive: true });
	};
	return { store, executor, close };
}

/** Milliseconds of this process's own processor time a second, while scripts run that say nothing. */
async function silentCost(): Promise<number> {
	const { executor, close } = await sessionOf(["sleep", "600"], silent.scripts);
	const trials = Array.from({ length: silent.scripts }, (_, i) => executor.run(spec(i), new AbortController().signal));
	await delay(1000 * silent.settleSeconds);
	const before = process.cpuUsage();
	await delay(1000 * silent.seconds);
	const { user, system } = process.cpuUsage(before);
	await close();
	await Promise.all(trials);
	return (user + system) / 1000 / silent.seconds;
}

async function measured(script: string, command: readonly string[]): Promise<Row> {
	const { store, executor, close } = await sessionOf(command, 1);
	const env = { ...process.env, SWEETSPOT_EVENTS: join(store, "events") };
	/** A run. The last one's winding up is left out, that of the others isn't: the next begins when it is over. */
	const millisecondsOf = async (work: () => Promise<unknown>): Promise<number> => {
		const began = performance.now();
		await work();
		return (performance.now() - began) / inARow;
	};
	const places = Array.from({ length: inARow }, (_, place) => place);
	const alone: number[] = [];
	const trials: number[] = [];
	let processor = 0;
	for (let i = -1; i < pairs; i++) {
		const one = await millisecondsOf(async () => {
			for (const _ of places) await once(spawn(command[0], command.slice(1), { env, stdio: "ignore" }), "exit");
		});
		const before = process.cpuUsage();
		const seeds = places.map((place) => (i + 1) * inARow + place);
		const other = await millisecondsOf(() => Promise.all(seeds.map((seed) => executor.run(spec(seed), new AbortController().signal))));
		const { user, system } = process.cpuUsage(before);
		if (i < 0) continue; // to warm up
		alone.push(one);
		trials.push(other);
		processor += (user + system) / 1000 / pairs / inARow;
	}
	await close();
	return { script, alone: median(alone), trial: median(trials), overhead: median(trials.map((trial, i) => trial - alone[i])), processor };
}

export async function run(json: boolean, write: boolean): Promise<void> {
	const rows: Row[] = [];
	for (const [script, command] of Object.entries(scripts)) rows.push(await measured(script, command));
	const cost = await silentCost();
	if (json) {
		process.stdout.write(`${JSON.stringify({ pairs, milliseconds: rows, silentMillisecondsPerSecond: cost })}\n`);
		return;
	}
	const cells = rows.map(({ script, ...times }) => [
		script,
		...[times.alone, times.trial, times.overhead, times.processor].map((time) => time.toFixed(1)),
	]);
	const text = table(
		[
			["script", "left"],
			["alone, ms", "right"],
			["as a trial, ms", "right"],
			["difference, ms", "right"],
			["processor time of Sweetspot's own, ms", "right"],
		],
		cells,
	);
	const silence = `While ${silent.scripts} scripts run that say nothing, Sweetspot takes ${cost.toFixed(1)} ms of processor time a second.`;
	process.stdout.write(`${text}\n\n${silence}\n`);
	if (write) writeSections(new URL("../docs/training-scripts.md", import.meta.url), { "bench-command": text, "bench-silence": silence });
}
