/**
 * What it saves that trainings of different planned lengths have the constant part of their schedule in common: the price of the least
 * length whose end meets a goal, and of the best end, on the digits under a warm-up, a constant rate and a cooldown. docs/schedules.md says
 * what came out: `--write` puts the table there.
 */
import { endingFinding } from "../src/analysis/ending.js";
import { Continuations } from "../src/core/continuation.js";
import { Rng } from "../src/core/rng.js";
import type { FinishedTrial } from "../src/core/trial.js";
import { factsAbout } from "../src/data/load.js";
import { continuingExecutor } from "../src/executors/inline.js";
import { digestOf } from "../src/runner/digest.js";
import { designOf } from "../src/study/designs.js";
import { resolveStudy } from "../src/study/resolve.js";
import type { TrainableStudy } from "../src/study/study.js";
import { createTrainer } from "../src/trainers/node.js";
import { readBytes } from "../src/trainers/read-bytes.js";
import { formatCount } from "../src/words/numbers.js";
import { table, writeSections } from "./markdown.js";
import { median } from "./median.js";

const seeds = [0, 1, 2, 3, 4];

const workload = {
	data: "digits",
	model: [{ dense: 64 }, "relu", { dense: 10 }],
	optimizer: { name: "sgd", momentum: 0.9 },
	schedule: { warmUp: { examples: 320 }, learningRate: { "stable-decay": { cooldown: 0.2, to: 0 } } },
};
const toAccuracy = {
	goal: { metric: "validation.accuracy", atLeast: 0.93 },
	batchSizes: [8, 32, 128],
	limits: { epochs: 20, steps: 400 },
	objective: "cheapest",
};
const questions = {
	"the least length whose end has 93 % accuracy": toAccuracy,
	"the same, with a setting of your own": { ...toAccuracy, baseline: { batchSize: 32, learningRate: 0.03 } },
	"the lowest loss at the end of 16 epochs": {
		goal: { metric: "validation.loss", best: "lowest", horizon: { epochs: 16 }, give: 0.005 },
		batchSizes: [4, 8, 16, 32, 64, 128, 256],
	},
};

/** Examples that an answer took. */
interface Price {
	readonly question: string;
	readonly seed: number;
	readonly trials: number;
	readonly inCommon: number;
	readonly begunAnew: number;
	/** Of one training with the recommended setting and length; NaN without one. */
	readonly training: number;
	readonly sameDigest: boolean;
}

export async function run(json: boolean, write: boolean): Promise<void> {
	const prices: Price[] = [];
	for (const [question, rest] of Object.entries(questions))
		for (const seed of seeds) prices.push(await priceOf(question, { version: 1, workload, seed, ...rest }, seed));
	const sections = { "common beginnings": tableOf(prices) };
	if (write) writeSections(new URL("../docs/schedules.md", import.meta.url), sections);
	process.stdout.write(json ? `${JSON.stringify(prices)}\n` : `${sections["common beginnings"]}\n`);
}

async function priceOf(question: string, written: Readonly<Record<string, unknown>>, seed: number): Promise<Price> {
	const study = await resolveStudy(written, (source) => factsAbout(source, readBytes));
	const inCommon = await finished(study, new Continuations());
	const begunAnew = await finished(study, new Continuations(0));
	return {
		question,
		seed,
		trials: inCommon.length,
		inCommon: trained(inCommon),
		begunAnew: trained(begunAnew),
		training: recommended(study, inCommon),
		sameDigest: digestOf(inCommon) === digestOf(begunAnew),
	};
}

/** The whole study, one trial at a time. */
async function finished(study: TrainableStudy, continuations: Continuations): Promise<readonly FinishedTrial[]> {
	const design = designOf(study);
	const executor = continuingExecutor(continuations, [await createTrainer(study)]);
	const trials: FinishedTrial[] = [];
	for (let asked = design.next(study, trials); asked.length > 0; asked = design.next(study, trials))
		for (const { spec } of asked) {
			const result = await executor.run(spec, new AbortController().signal);
			if (result.outcome === "lost") throw new Error(result.message);
			trials.push({ spec, result });
		}
	return trials;
}

const trained = (trials: readonly FinishedTrial[]): number =>
	trials.reduce((sum, { result }) => sum + result.examples - (result.before?.examples ?? 0), 0);

function recommended(study: TrainableStudy, trials: readonly FinishedTrial[]): number {
	const design = designOf(study);
	const answer = design.ending?.(study, trials);
	if (answer) {
		const { best } = endingFinding({ ...study, calibration: null, rng: Rng.fromSeed(study.seed), shortest: () => 1 }, answer, trials);
		return best?.steps.estimate ? best.steps.estimate * best.batchSize : Number.NaN;
	}
	const best = design.horizon?.(study, trials).best;
	return best ? best.steps * best.batchSize : Number.NaN;
}

const tableOf = (prices: readonly Price[]): string =>
	table(
		[
			["question", "left"],
			["examples", "right"],
			["trainings", "right"],
			["examples, each training begun anew", "right"],
			["trainings", "right"],
			["share", "right"],
		],
		Object.keys(questions).map((question) => {
			const own = prices.filter((price) => price.question === question);
			if (!own.every(({ sameDigest }) => sameDigest)) throw new Error("trainings that go on have other bits than those begun anew");
			const middle = (of: (price: Price) => number): number => median(own.map(of));
			const trainings = (of: (price: Price) => number): string => String(Number(middle((one) => of(one) / one.training).toPrecision(2)));
			return [
				question,
				formatCount(middle(({ inCommon }) => inCommon)),
				trainings(({ inCommon }) => inCommon),
				formatCount(middle(({ begunAnew }) => begunAnew)),
				trainings(({ begunAnew }) => begunAnew),
				middle(({ inCommon, begunAnew }) => inCommon / begunAnew).toFixed(2),
			];
		}),
	);
