/**
 * What a small budget buys: the recommendation of 40 trials compared with that of the whole study, on real workloads and several study
 * seeds, judged by fresh runs; and how often it is right, and how often "found" is wrong, over simulated studies whose truth is known.
 * docs/budget.md says what came out: `--write` puts the tables there.
 */
import { median } from "../src/analysis/bootstrap.js";
import type { Recommendation } from "../src/analysis/findings.js";
import type { Calibration } from "../src/core/calibration.js";
import { Rng } from "../src/core/rng.js";
import type { TrialSpec } from "../src/core/trial.js";
import { factsAbout } from "../src/data/load.js";
import { resolveStudy } from "../src/study/resolve.js";
import type { TrainableStudy } from "../src/study/study.js";
import { calibrate } from "../src/trainers/calibrate.js";
import { createBench, createTrainer } from "../src/trainers/node.js";
import { readBytes } from "../src/trainers/read-bytes.js";
import { formatCount } from "../src/words/numbers.js";
import { drawFrugal, type FrugalOutcome, runFrugal } from "../test/fixtures/frugal-studies.js";
import { resultOf } from "../test/fixtures/oracle-study.js";
import { runWhole } from "../test/fixtures/whole-study.js";
import { type Answer, type Pair, pairsTable } from "./budget/pairs.js";
import { freshRuns } from "./fresh-runs.js";
import { table, writeSections } from "./markdown.js";

const budget = 40;
const seeds = [0, 1, 2, 3, 4];
/** Fresh runs by which a recommendation is judged, of seeds that no study used. */
const judges = 41;
const simulated = 100;

const optimizer = { name: "sgd", momentum: 0.9 };
const workloads = [
	{
		name: "digits",
		workload: { data: "digits", model: [{ dense: 64 }, "relu", { dense: 10 }], optimizer },
		goal: { metric: "validation.accuracy", atLeast: 0.93 },
	},
	{
		name: "tutorial-blobs",
		workload: { data: "tutorial-blobs", model: [{ dense: 50, init: "he-uniform" }, "relu", { dense: 3 }], optimizer },
		goal: { metric: "train.loss", atMost: 0.42 },
	},
	{
		name: "moons",
		workload: { data: "moons", model: [{ dense: 32 }, "tanh", { dense: 2 }], optimizer },
		goal: { metric: "validation.loss", atMost: 0.15 },
	},
	{
		name: "circles",
		workload: { data: "circles", model: [{ dense: 32 }, "relu", { dense: 2 }], optimizer },
		goal: { metric: "validation.accuracy", atLeast: 0.97 },
	},
];

async function measure(file: (typeof workloads)[number]) {
	const asked = { version: 1, ...file };
	const study = await resolveStudy(asked, (source) => factsAbout(source, readBytes));
	const bench = await createBench(study, "wasm");
	const calibration = { machine: "this machine", stepTimes: await calibrate(bench, study.batchSizes) };
	await bench.endTiming();
	const trainer = await createTrainer(study, "wasm");
	const train = (spec: TrialSpec) => resultOf(trainer, spec);
	const answer = async (of: TrainableStudy): Promise<Answer> => {
		const { findings, trials } = await runWhole(of, train, { calibration });
		const { recommendation } = findings;
		const score = await scoreOf(of, recommendation, calibration, train);
		return { recommendation, trials: trials.length, examples: findings.cost.examples, score };
	};
	const pairs: Pair[] = [];
	for (const seed of seeds) {
		const whole = await answer({ ...study, seed });
		pairs.push({ seed, whole, small: await answer({ ...study, seed, budget: { ...study.budget, trials: budget } }) });
	}
	return { name: file.name, study, pairs };
}

async function scoreOf(
	study: TrainableStudy,
	recommendation: Recommendation,
	{ stepTimes }: Calibration,
	train: (spec: TrialSpec) => ReturnType<typeof resultOf>,
): Promise<number> {
	const { batchSize, learningRate } = recommendation;
	if (batchSize === null || learningRate === null) return Number.POSITIVE_INFINITY;
	const fresh = Rng.fromSeed(0).split("judges");
	const found = await freshRuns(study, { ...recommendation, batchSize, learningRate }, train, judges, fresh);
	const seconds = median(stepTimes.find((time) => time.batchSize === batchSize)?.passes ?? []);
	return Math.sqrt(median(found.map(({ step }) => step)) * seconds * median(found.map(({ examples }) => examples)));
}

const document = new URL("../docs/budget.md", import.meta.url);

export async function run(json: boolean, write: boolean): Promise<void> {
	const measured = [];
	for (const file of workloads) {
		const one = await measure(file);
		measured.push(one);
		if (!json) process.stdout.write(`${pairsTable(one.name, one.study, budget, one.pairs)}\n\n`);
	}
	const studies = await simulations();
	if (json)
		process.stdout.write(`${JSON.stringify({ budget, measured: measured.map(({ name, pairs }) => ({ name, pairs })), studies })}\n`);
	else process.stdout.write(`${simulatedSection(studies)}\n`);
	if (write)
		writeSections(document, {
			workloads: measured.map(({ name, study, pairs }) => pairsTable(name, study, budget, pairs)).join("\n\n"),
			simulated: simulatedSection(studies),
		});
}

/**
 * What is simulated: the budget; whether the trainer reports the gradient's noise; and whether it is a script, whose steps may take as long
 * for any batch, or our own engine.
 */
const settings = [
	{ trials: 20, probes: true, script: false },
	{ trials: 30, probes: true, script: false },
	{ trials: 40, probes: true, script: false },
	{ trials: 40, probes: false, script: false },
	{ trials: 40, probes: true, script: true },
	{ trials: 40, probes: false, script: true },
	{ trials: 60, probes: true, script: false },
];

async function simulations() {
	const found = [];
	for (const setting of settings) {
		const outcomes: FrugalOutcome[] = [];
		for (let seed = 0; seed < simulated; seed++) outcomes.push(await runFrugal(drawFrugal(seed, setting.trials, setting)));
		found.push({ ...setting, outcomes });
	}
	return found;
}

function simulatedSection(studies: Awaited<ReturnType<typeof simulations>>): string {
	const rows = studies.map(({ trials, probes, script, outcomes }) => {
		const right = outcomes.filter(({ regret }) => regret <= 1.25).length;
		const found = outcomes.filter(({ verdict }) => verdict === "found");
		const wrong = found.filter(({ regret }) => regret > 1.25).length;
		const used = outcomes.map((outcome) => outcome.trials);
		const regrets = outcomes.map(({ regret }) => regret).sort((a, b) => a - b);
		return [
			formatCount(trials),
			script ? "script" : "engine",
			probes ? "yes" : "no",
			String(median(used)),
			`${right} of ${outcomes.length}`,
			median(regrets).toFixed(2),
			regrets[Math.floor(0.95 * regrets.length)].toFixed(2),
			`${found.length} of ${outcomes.length}`,
			`${wrong} of ${found.length}`,
		];
	});
	const titles = ["budget", "trainer", "probes", "trials used", "within 25 %", "cost / least: middle", "95 %", "found", "of those wrong"];
	return table(
		titles.map((title) => [title, "right"] as const),
		rows,
	);
}
