/**
 * One question, two trainers: the embedded study's digits and network at five batch sizes, by the engine and by
 * examples/python/train_pytorch.py, each tuned from the start on its own random numbers. docs/python.md shows what came out: `--write` puts
 * the tables there. Minutes: PyTorch takes a second to start, some hundred times.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { type Estimate, type Findings, type Median, noEstimate } from "../src/analysis/findings.js";
import type { Objective } from "../src/analysis/objectives.js";
import { describeMachine } from "../src/native/machine.js";
import { formatCount, formatInterval, formatRate, formatSecondsInterval, none, pointOf } from "../src/words/numbers.js";
import { table, writeSections } from "./markdown.js";
import { torchEnvironment } from "./python.js";
import { tuned } from "./tuned.js";

const examples = new URL("../examples/", import.meta.url);
const read = (file: string): { readonly workload: object } => parse(readFileSync(new URL(file, examples), "utf8"));

export async function run(json: boolean, write: boolean): Promise<void> {
	const env = torchEnvironment();
	if (env === null) return;
	const script = read("python/pytorch.yaml");
	const engine = await tuned({ ...script, workload: read("digits.yaml").workload }, env);
	const directory = fileURLToPath(new URL("python", examples));
	const pytorch = await tuned({ ...script, workload: { ...script.workload, directory } }, env);
	if (json) process.stdout.write(`${JSON.stringify({ schemaVersion: 1, machine: describeMachine(), engine, pytorch })}\n`);
	const sections = { sizes: sizes(engine, pytorch), answers: answers(engine, pytorch) };
	if (write) writeSections(new URL("../docs/python.md", import.meta.url), sections);
	if (!json) process.stdout.write(`${Object.values(sections).join("\n\n")}\n`);
}

/** Steps-to-target at every batch size. */
function sizes(engine: Findings, pytorch: Findings): string {
	const rows = engine.tradeoff.map((ours, i) => {
		const theirs = pytorch.tradeoff[i];
		const cells = [ours, theirs].flatMap(({ learningRate, steps }) => [
			learningRate === null ? none : formatRate(learningRate),
			formatInterval(steps),
		]);
		return [
			formatCount(ours.batchSize),
			...cells,
			agrees(ours.steps, theirs.steps),
			formatSecondsInterval(ours.secondsPerStep),
			formatSecondsInterval(theirs.secondsPerStep),
		];
	});
	const heads = [
		"batch size",
		"rate, engine",
		"steps, engine",
		"rate, PyTorch",
		"steps, PyTorch",
		"intervals overlap",
		"time per step, engine",
		"time per step, PyTorch",
	];
	return table(
		heads.map((head) => [head, "right"] as const),
		rows,
	);
}

/** What follows from them. */
function answers(engine: Findings, pytorch: Findings): string {
	const figure = (name: string, of: (findings: Findings) => Estimate) => [
		name,
		...[engine, pytorch].map((findings) => formatInterval(of(findings))),
		agrees(of(engine), of(pytorch)),
	];
	const noise = (findings: Findings): Estimate => findings.noiseScales.find(({ batchSize }) => batchSize === 64)?.mean ?? noEstimate;
	const recommended = (objective: Objective) => {
		const [ours, theirs] = [engine, pytorch].map(({ recommendations }) => recommendations[objective]);
		const words = [ours, theirs].map(({ batchSize, indistinguishable }) => {
			const others = indistinguishable.filter((size) => size !== batchSize).map(formatCount);
			return `${formatCount(batchSize)}${others.length > 0 ? ` (or ${others.join(", ")})` : ""}`;
		});
		const both = ours.indistinguishable.some((size) => theirs.indistinguishable.includes(size));
		return [`recommended, ${objective}`, ...words, both ? "yes" : "no"];
	};
	const rows = [
		figure("S_min, steps", ({ fit }) => fit.minSteps),
		figure("B_crit, examples", ({ fit }) => fit.criticalBatchSize),
		figure("noise scale of a run at 64", noise),
		recommended("cheapest"),
		recommended("balanced"),
		recommended("fastest"),
	];
	return table(
		[
			["", "left"],
			["engine", "right"],
			["PyTorch", "right"],
			["agree", "left"],
		],
		rows,
	);
}

/** Whether two intervals have values in common; an open side reaches as far as it likes. A dash where one has no value. */
function agrees(a: Estimate | Median, b: Estimate | Median): string {
	if (pointOf(a) === null || pointOf(b) === null) return none;
	const [from, to] = [Math.max(a.low ?? 0, b.low ?? 0), Math.min(a.high ?? Number.POSITIVE_INFINITY, b.high ?? Number.POSITIVE_INFINITY)];
	return from <= to ? "yes" : "no";
}
