/** What a large store costs: the commands that read it, as processes of their own, and the runner's share of each trial. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeMachine } from "../src/api/machine.js";
import type { Evaluation } from "../src/core/trial.js";
import { inlineExecutor } from "../src/executors/inline.js";
import { runStudy } from "../src/runner/run-study.js";
import { openStore } from "../src/store/open.js";
import type { Store, StoredStudy } from "../src/study/contracts.js";
import { studyHash } from "../src/study/resolve.js";
import type { Study } from "../src/study/study.js";
import { tradeoffDesign } from "../src/study/tradeoff/design.js";
import { type Curve, closedFormStudy, trainClosedForm } from "../test/fixtures/closed-form.js";
import { median } from "./median.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.3 };
const repeats = 5;

/** Seeds of a block are what makes a study large. */
const study = (name: string, examples: number, tuning: number, selecting: number, reporting: number): Study =>
	closedFormStudy(examples, { name, seeds: { tuning, selecting, reporting } });

/** `count` looks on the way to a result, with the metrics a look has: of the goal's set, or of both where learning curves are kept. */
const looksOf = (count: number, batchSize: number, curves: boolean): Evaluation[] =>
	Array.from({ length: count }, (_, i) => {
		const share = (i + 1) / count;
		const validation = { "validation.loss": 2.3 / (1 + 9 * share), "validation.accuracy": 0.1 + 0.8 * share };
		const train = { "train.loss": 2.3 / (1 + 12 * share), "train.accuracy": 0.1 + 0.85 * share };
		return { step: i + 1, examples: (i + 1) * batchSize, metrics: curves ? { ...train, ...validation } : validation };
	});

/** Runs a study of the closed-form workload in this thread; gives the milliseconds at which each trial was finished. */
async function runClosedForm(
	store: Store,
	what: Study,
	looks: number,
): Promise<{ readonly stored: StoredStudy; readonly ends: readonly number[] }> {
	const stored = store.create(what, studyHash(what), "bench");
	const executor = inlineExecutor({
		async *train(trial) {
			const result = trainClosedForm(what, curve, trial);
			yield {
				step: result.steps,
				evaluations: [],
				result: looks === 1 ? result : { ...result, evaluations: looksOf(looks, trial.batchSize, trial.curves) },
			};
		},
	});
	const ends: number[] = [performance.now()];
	const signal = new AbortController().signal;
	store.saveCalibration(stored.id, {
		machine: "none: the workload is a formula",
		stepTimes: what.batchSizes.map((batchSize) => ({
			batchSize,
			passes: Array.from({ length: 15 }, (_, i) => (1e-5 + 1e-7 * batchSize) * (1 + 0.01 * (i % 3))),
		})),
	});
	await runStudy({
		stored,
		store,
		design: tradeoffDesign,
		executor,
		seconds: null,
		signal,
		onEvent: ({ kind }) => kind === "finished" && ends.push(performance.now()),
	});
	return { stored: store.find(stored.id), ends };
}

/** Mean milliseconds of a trial, over the whole study and over its last tenth, where the most is stored. */
async function runnerCost(what: Study) {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-bench-"));
	const store = openStore(dir, { mode: "write" });
	const { ends } = await runClosedForm(store, what, 1);
	store.close();
	rmSync(dir, { recursive: true });
	const trials = ends.length - 1;
	const mean = (from: number) => (ends[trials] - ends[from]) / (trials - from);
	return { trials, milliseconds: mean(0), lastTenth: mean(Math.floor(0.9 * trials)) };
}

/** The real program: wall-clock seconds (median of the repeats) and peak memory (the largest). */
function command(dir: string, args: readonly string[]) {
	const program = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
	const tellMemory = "data:text/javascript,process.on('exit',()=>process.stderr.write('\\nmaxRSS '+process.resourceUsage().maxRSS))";
	const runs = Array.from({ length: repeats }, () => {
		const start = performance.now();
		const { status, stderr } = spawnSync(process.execPath, ["--import", tellMemory, program, ...args], {
			cwd: dir,
			encoding: "utf8",
			maxBuffer: 2 ** 28,
		});
		const seconds = (performance.now() - start) / 1000;
		const memory = /maxRSS (\d+)$/.exec(stderr);
		if (status !== 0 || memory === null) throw new Error(`sweetspot ${args.join(" ")}: ${stderr}`);
		return { seconds, megabytes: Number(memory[1]) / 1024 };
	});
	return {
		command: args.join(" "),
		seconds: median(runs.map(({ seconds }) => seconds)),
		megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
	};
}

export async function run(json: boolean): Promise<void> {
	const say = (text: string) => (json ? undefined : process.stdout.write(`${text}\n`));
	const runner = [await runnerCost(study("small", 1000, 3, 4, 7)), await runnerCost(study("large", 4096, 45, 90, 270))];
	say(describeMachine());
	say("\nthe runner's own cost of a trial (closed-form trainer, one look)");
	for (const { trials, milliseconds, lastTenth } of runner)
		say(`${String(trials).padStart(6)} trials  ${milliseconds.toFixed(2)} ms a trial, ${lastTenth.toFixed(2)} ms over the last tenth`);

	const dir = mkdtempSync(join(tmpdir(), "sweetspot-bench-"));
	const file = join(dir, ".sweetspot", "studies.sqlite");
	const store = openStore(join(dir, ".sweetspot"), { mode: "write" });
	const looks = 1000;
	const start = performance.now();
	const { stored: large } = await runClosedForm(store, study("large", 4096, 31, 62, 201), looks);
	for (const seed of [1, 2, 3, 4, 5]) await runClosedForm(store, { ...study("small", 1000, 7, 10, 15), seed }, looks);
	const missed = {
		...study("missed", 1000, 3, 4, 7),
		goal: { metric: "validation.accuracy", atLeast: 0.99 },
		limits: { epochs: 0.01, steps: 20, seconds: null },
	} as const;
	const { stored: notReached } = await runClosedForm(store, missed, looks);
	const built = (performance.now() - start) / 1000;
	const trials = store.list().reduce((sum, stored) => sum + stored.trials, 0);
	store.close();
	const gigabytes = statSync(file).size / 1e9;
	say(
		`\na store of ${trials} trials with ${looks} looks each, ${large.trials} of them in one study: ${gigabytes.toFixed(2)} GB, made in ${built.toFixed(0)} s`,
	);
	const commands = [
		["--version"],
		["studies"],
		["show", large.id],
		["show", large.id, "--json"],
		["show", notReached.id],
		["report", large.id],
		["report", large.id, "--format", "md"],
	].map((args) => command(dir, args));
	for (const { command, seconds, megabytes } of commands)
		say(`sweetspot ${command.padEnd(34)} ${seconds.toFixed(2)} s  ${megabytes.toFixed(0).padStart(4)} MB`);
	const report = statSync(join(dir, ".sweetspot", "reports", `${large.id}.html`)).size / 1e6;
	say(`the report has ${report.toFixed(1)} MB`);
	if (process.env.KEEP) process.stdout.write(dir);
	else rmSync(dir, { recursive: true });
	if (json)
		process.stdout.write(
			`${JSON.stringify({ machine: describeMachine(), runner, store: { trials, looks, largest: large.trials, gigabytes, seconds: built }, commands, reportMegabytes: report })}\n`,
		);
}
