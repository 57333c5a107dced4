/**
 * When a goal counts as reached: how far the test accuracy lies from the goal where each rule says that it was, by batch size. A rule is
 * fair where the two agree at every batch size. The rules were compared on Fashion-MNIST and blobs; digits, the embedded study, came last.
 * docs/goal.md says what came out: `--write` puts the tables there. About a quarter of an hour of one core.
 */
import { nextLook, usualRatio } from "../src/core/looks.js";
import { Rng } from "../src/core/rng.js";
import { loadDataset } from "../src/data/load.js";
import type { NetworkSource } from "../src/data/sources/table.js";
import { resolveNetwork } from "../src/study/workloads/network/network.js";
import { trainedWorkload } from "../src/study/workloads/trained/schema.js";
import { BuiltinMachinery } from "../src/trainers/builtin/machinery.js";
import { readBytes } from "../src/trainers/read-bytes.js";
import { isDecided, type Look } from "./goal/rules.js";
import { rulesTable, type SplitRuns } from "./goal/table.js";
import { writeSections } from "./markdown.js";
import { resplit } from "./resplit.js";

const splits = 10;
const seeds = 4;
const sizes = [1, 4, 16, 64, 256];
/** On the pool's rate. */
const factors = [1, 2];

interface Pool {
	readonly name: string;
	readonly source: NetworkSource;
	/** Validation accuracy. */
	readonly goal: number;
	readonly sets: { readonly train: number; readonly validation: number; readonly test: number };
	/** The learning rate is this times B to this power: near the best, as found beforehand. */
	readonly rate: { readonly atOne: number; readonly power: number };
}

const pools: readonly Pool[] = [
	{
		name: "fashion",
		source: { name: "fashion-mnist" },
		goal: 0.75,
		sets: { train: 1087, validation: 355, test: 1000 },
		rate: { atOne: 0.001, power: 0.6 },
	},
	{
		name: "blobs",
		source: { name: "blobs", examples: 6500, classes: 4, features: 8, spread: 3 },
		goal: 0.9,
		sets: { train: 1087, validation: 355, test: 5000 },
		rate: { atOne: 0.001, power: 0.6 },
	},
	{
		name: "digits",
		source: { name: "digits" },
		goal: 0.93,
		sets: { train: 1087, validation: 355, test: 355 },
		rate: { atOne: 0.002, power: 0.75 },
	},
];

export async function run(json: boolean, write: boolean): Promise<void> {
	const sections: Record<string, string> = {};
	for (const pool of pools) {
		const runs = await runsOf(pool);
		sections[pool.name] = rulesTable({ goal: pool.goal, sizes, factors, splits: runs });
		if (!json) process.stdout.write(`${pool.name}\n\n${sections[pool.name]}\n\n`);
	}
	if (json) process.stdout.write(`${JSON.stringify(sections)}\n`);
	if (write) writeSections(new URL("../docs/goal.md", import.meta.url), sections);
}

async function runsOf({ source, goal, sets, rate }: Pool): Promise<readonly SplitRuns[]> {
	const data = await loadDataset(source, readBytes);
	const written = trainedWorkload.parse({
		data: "digits", // only its shape counts: the machinery is given the examples
		model: [{ dense: 64 }, "relu", { dense: data.classes }],
		optimizer: { name: "sgd", momentum: 0.9 },
	});
	const looks = { ratio: usualRatio, examples: Number.MAX_SAFE_INTEGER };
	const found: SplitRuns[] = [];
	for (let split = 0; split < splits; split++) {
		const dealt = resplit(data, sets, Rng.fromSeed(7000 + split));
		const machinery = new BuiltinMachinery({ looks, batchSizes: sizes }, resolveNetwork(source, written), dealt);
		const runs = new Map<string, Look[][]>();
		for (const batchSize of sizes)
			for (const factor of factors)
				runs.set(
					`${batchSize}/${factor}`,
					Array.from({ length: seeds }, (_, seed) =>
						oneRun(machinery, batchSize, rate.atOne * batchSize ** rate.power * factor, 100 * split + seed, goal),
					),
				);
		found.push(runs);
	}
	return found;
}

/** Until every rule has decided, or for more steps than any rule needs. */
function oneRun(machinery: BuiltinMachinery, batchSize: number, rate: number, seed: number, goal: number): Look[] {
	machinery.begin(batchSize, Rng.fromSeed(seed));
	const looks: Look[] = [];
	const most = Math.max(200, Math.min(6000, 10_000 / batchSize));
	for (let step = 1, next = 1; step <= most; step++) {
		const batch = machinery.step(rate, { stopped: false });
		if (!batch || !Number.isFinite(batch.loss)) break;
		if (step < next) continue;
		next = nextLook(step, usualRatio);
		const accuracy = (set: "validation" | "test") => machinery.evaluate(set)?.accuracy ?? 0;
		looks.push({ step, validation: accuracy("validation"), test: accuracy("test") });
		if (isDecided(looks, goal)) break;
	}
	return looks;
}
