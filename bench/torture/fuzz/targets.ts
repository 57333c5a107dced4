import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "@noble/hashes/sha2.js";
import { stringify } from "yaml";
import { resolveInput } from "../../../src/api/resolve-input.js";
import { runOf } from "../../../src/api/training-run.js";
import { exitCode } from "../../../src/cli/exit-codes.js";
import type { Rng } from "../../../src/core/rng.js";
import { readTable } from "../../../src/data/csv/reader.js";
import { runsOf } from "../../../src/store/import/runs.js";
import { importedStudy } from "../../../src/store/import/study.js";
import type { OutputPatterns } from "../../../src/study/workloads/command/workload.js";
import { isNetwork } from "../../../src/study/workloads/table.js";
import { EventFinder } from "../../../src/trainers/command/event-finder.js";
import type { Parsed } from "../../../src/trainers/command/protocol.js";
import { Reports } from "../../../src/trainers/command/reports.js";
import { ReportWatch } from "../../../src/trainers/report-watch.js";
import { answered } from "../in-process.js";
import { bugIn } from "../problem.js";
import { dataFiles, dataSources, lines, runsTable, settings, studies } from "./bases.js";
import { oddFlags } from "./flags.js";
import { mutatedBytes } from "./mutate-bytes.js";
import { mutatedText } from "./mutate-text.js";
import { mutatedValue } from "./mutate-value.js";
import { oddNumber, oddValue, oneOf } from "./odd.js";

/** A kind of input. */
export interface Target {
	readonly name: string;
	/** Of all inputs, its part. */
	readonly weight: number;
	/**
	 * Makes an input and hands it over. What it throws is judged; "refused" is as good as a refusal thrown. `folder`: of its own, with the
	 * data files in it.
	 */
	readonly attempt: (rng: Rng, folder: string) => unknown;
}

/** Data that a study asks for may take no more. */
const mostBytes = 50_000_000;

/** Runs a command. Throws where a process would have shown a bug. */
async function command(args: readonly string[]): Promise<"refused" | "taken"> {
	const { bug, code, stderr } = await answered(args);
	if (bug !== null) throw bug;
	const shown = bugIn(stderr);
	if (shown !== null) throw new Error(shown);
	return code === exitCode.usage ? "refused" : "taken";
}

const network = studies[0];
const facts = { features: 1, classes: 2, train: 640, validation: 10, test: 0, sha256: "" };

async function events(rng: Rng): Promise<void> {
	const study = { goal: { metric: "validation.loss", atMost: 0.1 }, looks: { ratio: 1.05, examples: 100 }, data: facts } as const;
	const trial = { batchSize: 8, cap: 100, until: "goal", phase: "tuning" } as const;
	const watch = new ReportWatch(study, trial);
	const reports = new Reports(watch, study, trial, "its name");
	const patterns: OutputPatterns | undefined =
		rng.below(2) === 0
			? { "validation.loss": { pattern: "loss[ =]([0-9.]+)", scale: 1 }, step: { pattern: "(?:step|Epoch) ([0-9]+)", from: 1 } }
			: undefined;
	const takers = { onEvent: (event: Parsed) => reports.take(event, performance.now()), onLine: () => {}, onBytes: () => {} };
	const finder = new EventFinder(patterns, takers, null);
	const cutter = finder.stream();
	for (let left = 1 + rng.below(8); left > 0 && !reports.isOver; left--) {
		const line = oneOf(rng, lines);
		const said =
			rng.below(3) > 0
				? mutatedText(rng, line)
				: line.startsWith("{")
					? JSON.stringify(mutatedValue(rng, JSON.parse(line.replace("NaN", "null"))))
					: line;
		const bytes = rng.below(5) === 0 ? Buffer.from(mutatedBytes(rng, Buffer.from(said))) : Buffer.from(said);
		cutter.push(Buffer.concat([bytes, Buffer.from("\n")]));
		finder.match();
	}
	cutter.end();
	reports.returned(finder.isLost ? "metrics were found, but before any step" : null);
	watch.result(1);
}

/** Reads a table of runs; where it can be read, imports and analyses it as well. */
async function imported(rng: Rng, folder: string): Promise<unknown> {
	const bytes = rng.below(5) === 0 ? mutatedBytes(rng, Buffer.from(runsTable)) : Buffer.from(mutatedText(rng, runsTable));
	const goal = { metric: "validation.loss", atMost: 0.5 };
	const runs = runsOf(readTable(bytes, "runs.csv", null), 512, goal);
	importedStudy(runs, { name: "runs", file: "runs.csv", sha256: "0".repeat(64), examples: 512, objective: null, goal });
	const [file, store] = [join(folder, "mutated.csv"), join(folder, "imports")];
	writeFileSync(file, bytes);
	try {
		return await command(["import", file, "--goal", "validation.loss<=0.5", "--examples", "512", "--json", "--store", store]);
	} finally {
		rmSync(store, { recursive: true, force: true });
	}
}

async function data(rng: Rng, folder: string): Promise<void> {
	const name = oneOf(rng, Object.keys(dataSources));
	const file = join(folder, name);
	const isTable = name.endsWith(".csv");
	writeFileSync(
		file,
		isTable && rng.below(3) > 0 ? mutatedText(rng, Buffer.from(dataFiles[name]).toString()) : mutatedBytes(rng, dataFiles[name]),
	);
	try {
		const workload = { data: dataSources[name], model: [{ dense: name.startsWith("data.csv") ? 2 : 3 }] };
		await resolveInput({ version: 1, workload, goal: { metric: "train.loss", atMost: 1 }, batchSizes: [2] }, folder);
	} finally {
		writeFileSync(file, dataFiles[name]);
	}
}

async function checkpoint(rng: Rng, folder: string): Promise<void> {
	const study = await resolveInput({ ...network, batchSizes: [8], comparisons: undefined, baseline: undefined, record: undefined }, folder);
	const settings = { batchSize: 8, learningRate: 0.125 };
	const run = await runOf(study, settings);
	for (const _ of run.train(3));
	const saved = run.save();
	let made = mutatedBytes(rng, rng.below(2) === 0 ? saved : withHeader(rng, saved));
	if (rng.below(3) > 0) made = withSum(made); // by somebody who means harm
	const restored = await runOf(study, { ...settings, from: made });
	for (const _ of restored.train(restored.step + 2));
}

/** The same checkpoint with a header that is mutated as JSON. */
function withHeader(rng: Rng, bytes: Uint8Array): Uint8Array {
	const length = Buffer.from(bytes).readUInt32LE(12);
	const header = Buffer.from(JSON.stringify(mutatedValue(rng, JSON.parse(Buffer.from(bytes.subarray(16, 16 + length)).toString()))));
	const size = Buffer.alloc(4);
	size.writeUInt32LE(header.length);
	return Buffer.concat([bytes.subarray(0, 12), size, header, bytes.subarray(16 + length)]);
}

function withSum(bytes: Uint8Array): Uint8Array {
	const end = Math.max(0, bytes.length - 32);
	return Buffer.concat([bytes.subarray(0, end), sha256(bytes.subarray(0, end))]);
}

const plan = (file: string, folder: string, ...more: readonly string[]) =>
	command(["plan", file, "--json", "--store", join(folder, "store"), "--max-bytes", String(mostBytes), ...more]);

/** Resolves a study, and takes two steps where it is one of a network of ours. */
async function study(rng: Rng, folder: string): Promise<void> {
	const resolved = await resolveInput(mutatedValue(rng, oneOf(rng, studies)), folder);
	if (!isNetwork(resolved.workload)) return;
	const batchSizes = resolved.batchSizes.slice(0, 1);
	const run = await runOf({ ...resolved, batchSizes }, { batchSize: batchSizes[0], learningRate: 0.125 });
	for (const _ of run.train(2));
}

export const targets: readonly Target[] = [
	{ name: "a study as data", weight: 3, attempt: study },
	{
		name: "a study file",
		weight: 3,
		attempt: (rng, folder) => {
			const file = join(folder, rng.below(8) === 0 ? "study.json" : "study.yaml");
			writeFileSync(
				file,
				rng.below(3) === 0 ? stringify(mutatedValue(rng, oneOf(rng, studies))) : mutatedText(rng, stringify(oneOf(rng, studies))),
			);
			return plan(file, folder);
		},
	},
	{
		name: "--set",
		weight: 2,
		attempt: (rng, folder) => {
			const file = join(folder, "set.yaml");
			writeFileSync(file, stringify(rng.below(2) === 0 ? network : oneOf(rng, studies)));
			const set = () => {
				const value = rng.below(2) === 0 ? oddNumber(rng) : oddValue(rng);
				return `${oneOf(rng, settings)}=${typeof value === "string" ? value : (JSON.stringify(value) ?? "")}`;
			};
			return plan(
				file,
				folder,
				...Array.from({ length: rng.below(2) === 0 ? 1 : 1 + rng.below(3) }, set).flatMap((text) => ["--set", text]),
			);
		},
	},
	{ name: "flags", weight: 2, attempt: (rng, folder) => command(oddFlags(rng, folder)) },
	{ name: "a data file", weight: 4, attempt: data },
	{ name: "a table of runs", weight: 2, attempt: imported },
	{ name: "a checkpoint", weight: 2, attempt: checkpoint },
	{ name: "what a script prints", weight: 4, attempt: events },
];
