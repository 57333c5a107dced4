/**
 * What it costs to find the learning rate of every batch size, in training examples, against other ways to search, at an equal quality of
 * the answer. Every searcher is charged for tuning runs alone. A rival stops at a batch size as soon as the median steps-to-target of its
 * best rate, over the same tuning seeds, is at most that of our answer; the full grid runs whole. The clairvoyant runs the best half octave
 * there is, and no other.
 */
import { medianInterval } from "../src/analysis/bootstrap.js";
import { mean } from "../src/core/mean.js";
import type { HalfOctave } from "../src/core/rates.js";
import { Rng } from "../src/core/rng.js";
import { factsAbout } from "../src/data/load.js";
import { resolveStudy } from "../src/study/resolve.js";
import { readBytes } from "../src/trainers/read-bytes.js";
import { optunaSearch, optunaVersion } from "./rivals/optuna.js";
import { examplesAfter, medianSteps, SharedRuns } from "./rivals/runs.js";
import { type Answer, fullGrid, ours, randomSearch } from "./rivals/searchers.js";

/** A shorter limit than a study's own: it saves the rivals that run bad rates to the end most of what they would spend. */
const limits = { epochs: 20, steps: 300 };

const optimizer = { name: "sgd", momentum: 0.9 };
const studies = [
	{
		version: 1,
		name: "digits",
		workload: { data: "digits", model: [{ dense: 64 }, "relu", { dense: 10 }], optimizer },
		goal: { metric: "validation.accuracy", atLeast: 0.93 },
		limits,
	},
	{
		version: 1,
		name: "blobs",
		workload: { data: "blobs", model: [{ dense: 50, init: "he-uniform" }, "relu", { dense: 3 }], optimizer },
		goal: { metric: "train.loss", atMost: 0.35 },
		limits,
	},
];

/** Sampler seeds of a searcher that draws. */
const repeats = 5;
/** Twice as many as there are half octaves in the range. */
const mostTrials = 56;

interface Row {
	readonly searcher: string;
	/** Over all batch sizes; the mean over sampler seeds. */
	readonly examples: number;
	readonly ofClairvoyant: number;
	/**
	 * Mean over the sizes of the median steps-to-target at the rate found over those at the best rate there is; null where a size has none.
	 */
	readonly quality: number | null;
	/** At how many sizes the rate found is as good as ours: its median over the tuning seeds is no larger; the mean over sampler seeds. */
	readonly asGood: number;
	/** Of how many sizes the median reporting run at the rate found lies in the 95 % interval of ours; the mean over sampler seeds. */
	readonly within: number;
}

async function measure(file: unknown) {
	const study = await resolveStudy(file, (source) => factsAbout(source, readBytes));
	const runs = await SharedRuns.of(study);
	const best = await Promise.all(study.batchSizes.map((batchSize) => clairvoyant(runs, batchSize)));
	const least = best.reduce((sum, { examples }) => sum + examples, 0);
	const found = await ours(runs);
	const reported = (batchSize: number, rate: HalfOctave) => runs.block("reporting", batchSize, rate);
	const intervals = await Promise.all(
		found.map(async ({ batchSize, rate }) => {
			const steps = rate === null ? [] : (await reported(batchSize, rate)).map(({ reached }) => reached?.step ?? Number.POSITIVE_INFINITY);
			return medianInterval(steps, "log", Rng.fromSeed(0).split(batchSize));
		}),
	);
	const isWithin = async ({ batchSize, rate }: Answer, i: number): Promise<boolean> => {
		if (rate === null) return false;
		const steps = medianSteps(await reported(batchSize, rate));
		return steps >= (intervals[i].low ?? Number.NEGATIVE_INFINITY) && steps <= (intervals[i].high ?? Number.POSITIVE_INFINITY);
	};
	const row = async (searcher: string, searches: readonly (readonly Answer[])[]): Promise<Row> => {
		const examples = mean(searches.map((answers) => answers.reduce((sum, answer) => sum + answer.examples, 0)));
		const quality = mean(searches.map((answers) => mean(answers.map(({ steps }, i) => steps / best[i].steps))));
		const within = mean(
			await Promise.all(searches.map(async (answers) => (await Promise.all(answers.map(isWithin))).filter(Boolean).length)),
		);
		const asGood = mean(searches.map((answers) => answers.filter(({ steps }, i) => steps <= found[i].steps).length));
		return { searcher, asGood, examples, ofClairvoyant: examples / least, quality: Number.isFinite(quality) ? quality : null, within };
	};

	const seeds = Array.from({ length: repeats }, (_, seed) => seed);
	const rows = [await row("Sweetspot", [found])];
	for (const capped of [true, false]) {
		const searches = await Promise.all(seeds.map((seed) => randomSearch(runs, found, seed, capped)));
		rows.push(await row(capped ? "random, our dropping" : "random", searches));
	}
	const version = optunaVersion();
	for (const pruner of version ? [true, false] : []) {
		const searches = await optunaSearch(runs, found, { repeats, mostTrials, pruner });
		rows.push(await row(`Optuna ${version}, TPE${pruner ? ", pruner" : ""}`, searches));
	}
	rows.push(await row("full grid of octaves", [await fullGrid(runs)]));
	return { study: study.name, sizes: study.batchSizes.length, clairvoyant: least, rows };
}

/** The tuning runs of the rate with the least median over the whole range, each to at most twice that median. */
async function clairvoyant(runs: SharedRuns, batchSize: number): Promise<{ readonly steps: number; readonly examples: number }> {
	let best = { steps: Number.POSITIVE_INFINITY, examples: 0 };
	for (const rate of runs.rates) {
		const block = await runs.block("tuning", batchSize, rate);
		const steps = medianSteps(block);
		if (steps >= best.steps) continue;
		const whole = examplesAfter(2 * steps, batchSize, runs.study.data.train);
		best = { steps, examples: block.reduce((sum, { examples }) => sum + Math.min(examples, whole), 0) };
	}
	return best;
}

export async function run(json: boolean): Promise<void> {
	const results = [];
	for (const file of studies) results.push(await measure(file));
	if (json) {
		process.stdout.write(`${JSON.stringify({ schemaVersion: 1, limits, repeats, mostTrials, studies: results })}\n`);
		return;
	}
	for (const { study, sizes, clairvoyant: least, rows } of results) {
		process.stdout.write(`${study}: the clairvoyant uses ${least.toLocaleString("en")} examples at ${sizes} batch sizes\n\n`);
		process.stdout.write(`${"searcher".padEnd(24)}${"examples".padStart(14)}${"× clairvoyant".padStart(15)}`);
		process.stdout.write(`${"S found / best S".padStart(18)}${"as good as ours".padStart(17)}${"S in our interval".padStart(19)}\n`);
		for (const { searcher, examples, ofClairvoyant, quality, asGood, within } of rows) {
			process.stdout.write(
				`${searcher.padEnd(24)}${Math.round(examples).toLocaleString("en").padStart(14)}${ofClairvoyant.toFixed(2).padStart(15)}`,
			);
			process.stdout.write(
				`${(quality?.toFixed(3) ?? "missed").padStart(18)}${`${asGood.toFixed(1)} of ${sizes}`.padStart(17)}${`${within.toFixed(1)} of ${sizes}`.padStart(19)}\n`,
			);
		}
		process.stdout.write("\n");
	}
	if (!optunaVersion()) process.stdout.write("Optuna skipped: `pip install optuna`, and name its interpreter with PYTHON=…\n");
}
