/**
 * How good the least length is whose end meets the goal, for trainings of a planned length. On the noisy quadratic under a linear decay: how
 * often its interval holds the exact length at its rate, over studies that differ in their seed, and what such an answer costs. On the
 * digits under a cosine: how many of 40 fresh seeds meet the goal at the end of that length, and of 0.8 of it. Every seed of every study is
 * of its own. docs/schedules.md says what came out: `--write` puts the tables there.
 */
import { endingFinding } from "../src/analysis/ending.js";
import type { EndingFinding, EndingRow } from "../src/analysis/findings.js";
import { goalValueOf, isHigherBetter, meetsGoal } from "../src/core/goal.js";
import { Rng } from "../src/core/rng.js";
import type { FinishedTrial } from "../src/core/trial.js";
import { factsAbout } from "../src/data/load.js";
import { quadratic } from "../src/data/oracles/quadratic.js";
import type { RateSchedule } from "../src/engine/schedules/learning-rate.js";
import { endingDesign } from "../src/study/horizon/ending-design.js";
import { resolveStudy } from "../src/study/resolve.js";
import type { TrainableStudy } from "../src/study/study.js";
import { createTrainer } from "../src/trainers/node.js";
import { readBytes } from "../src/trainers/read-bytes.js";
import { formatInterval } from "../src/words/numbers.js";
import { resultOf, trialSpec } from "../test/fixtures/oracle-study.js";
import { expectedEnd } from "../test/fixtures/quadratic-end.js";
import { table, writeSections } from "./markdown.js";
import { median } from "./median.js";

const studies = 40;
/** On the digits. */
const digitStudies = 5;
const freshSeeds = 40;
/** Of the least length. */
const shares = [1, 0.8] as const;

const shape = { dimensions: 16, condition: 30, noise: 1 };
const linear: RateSchedule = { learningRate: { linear: { horizon: 1, to: 0 } } };
const bound = 0.004;
const longest = 8000;

const onQuadratic = {
	workload: { data: { quadratic: shape }, schedule: linear },
	goal: { metric: "train.loss", atMost: bound },
	batchSizes: [4, 16, 64],
	tune: { learningRate: { from: 0.03, to: 1 } },
	limits: { steps: longest, epochs: 1 },
	objective: "cheapest",
};
const onDigits = {
	workload: {
		data: "digits",
		model: [{ dense: 64 }, "relu", { dense: 10 }],
		optimizer: { name: "sgd", momentum: 0.9 },
		schedule: { learningRate: { cosine: { horizon: 1 } } },
	},
	goal: { metric: "validation.accuracy", atLeast: 0.93 },
	batchSizes: [8, 32, 128],
	limits: { epochs: 20, steps: 400 },
};

export async function run(json: boolean, write: boolean): Promise<void> {
	const answers = [];
	for (let seed = 0; seed < studies; seed++) answers.push(await answered({ ...onQuadratic, seed }));
	const digits: Refound[] = [];
	for (let seed = 0; seed < digitStudies; seed++) digits.push(...(await refound(await answered({ ...onDigits, seed }))));
	const rows = answers.flatMap(({ found }) => found.rows).flatMap(exactly);
	if (json) process.stdout.write(`${JSON.stringify({ rows, prices: answers.map(priceOf), digits })}\n`);
	const sections = {
		"least length": coverageTable(rows),
		"least length price": priceText(answers),
		"least length digits": digitsTable(digits),
	};
	if (write) writeSections(new URL("../docs/schedules.md", import.meta.url), sections);
	if (!json) process.stdout.write(`${Object.values(sections).join("\n\n")}\n`);
}

/** A whole study, and what it found. */
interface Answered {
	readonly study: TrainableStudy;
	readonly trials: readonly FinishedTrial[];
	readonly found: EndingFinding;
}

async function answered(written: Readonly<Record<string, unknown>>): Promise<Answered> {
	const study = await resolveStudy({ version: 1, ...written }, (source) => factsAbout(source, readBytes));
	const trainer = await createTrainer(study);
	const trials: FinishedTrial[] = [];
	for (let asked = endingDesign.next(study, trials); asked.length > 0; asked = endingDesign.next(study, trials))
		for (const { spec } of asked) trials.push({ spec, result: await resultOf(trainer, spec) });
	const answer = endingDesign.ending?.(study, trials);
	if (!answer) throw new Error("no study of ends");
	return {
		study,
		trials,
		found: endingFinding({ ...study, calibration: null, rng: Rng.fromSeed(study.seed), shortest: () => 1 }, answer, trials),
	};
}

/** All examples that the study used, over those of one training of the least length at its choice; ∞ without one. */
function priceOf({ trials, found: { best } }: Answered): number {
	const spent = trials.reduce((sum, { result }) => sum + result.examples, 0);
	return best?.steps.estimate ? spent / (best.steps.estimate * best.batchSize) : Number.POSITIVE_INFINITY;
}

/** A measured least length, next to the exact one at its rate. */
interface Exactly {
	readonly batchSize: number;
	readonly exact: number;
	readonly steps: EndingRow["steps"];
}

function exactly({ batchSize, learningRate, steps }: EndingRow): readonly Exactly[] {
	return learningRate === null || steps.estimate === null ? [] : [{ batchSize, steps, exact: exactLength(batchSize, learningRate) }];
}

/** The least length whose expected end meets the goal, by bisection. */
function exactLength(batchSize: number, learningRate: number): number {
	const problem = quadratic(shape);
	let [low, high] = [1, longest];
	while (high - low > 1) {
		const steps = Math.floor((low + high) / 2);
		if (expectedEnd(problem, linear, { batchSize, learningRate, steps }) <= bound) high = steps;
		else low = steps;
	}
	return high;
}

function coverageTable(rows: readonly Exactly[]): string {
	const sizes = [...new Set(rows.map(({ batchSize }) => batchSize))].sort((a, b) => a - b);
	return table(
		[
			["batch size", "right"],
			["measured", "right"],
			["exact length inside the interval", "right"],
			["intervals without an upper end", "right"],
			["estimate over exact: middle", "right"],
			["nine in ten", "right"],
		],
		sizes.map((size) => {
			const own = rows.filter(({ batchSize }) => batchSize === size);
			const inside = own.filter(({ exact, steps: { low, high } }) => (low ?? 0) <= exact && exact <= (high ?? Number.POSITIVE_INFINITY));
			const open = own.filter(({ steps: { low, high } }) => low === null || high === null);
			const ratios = own.map(({ exact, steps }) => (steps.estimate ?? Number.NaN) / exact).sort((a, b) => a - b);
			const at = (share: number) => ratios[Math.min(ratios.length - 1, Math.floor(share * ratios.length))].toFixed(2);
			return [
				String(size),
				`${own.length} of ${studies}`,
				`${inside.length} of ${own.length}`,
				String(open.length),
				median(ratios).toFixed(2),
				`${at(0.05)}–${at(0.95)}`,
			];
		}),
	);
}

function priceText(answers: readonly Answered[]): string {
	const prices = answers.map(priceOf).sort((a, b) => a - b);
	const trials = median(answers.map((answer) => answer.trials.length));
	return `Such an answer took ${Math.round(median(prices))} trainings of the least length (the middle one of ${studies}; ${Math.round(prices[0])} to ${Math.round(prices[prices.length - 1])}), in ${Math.round(trials)} trials.`;
}

/** Fresh runs of what was found. */
interface Refound {
	readonly row: EndingRow;
	/** For each share of the least length: how many of the fresh seeds meet the goal at the end, and the mean end. */
	readonly ends: readonly { readonly share: number; readonly met: number; readonly mean: number }[];
}

async function refound({ study, found: { rows } }: Answered): Promise<readonly Refound[]> {
	const trainer = await createTrainer(study);
	const seeds = Rng.fromSeed(20_261_128).split("least length");
	const measured: Refound[] = [];
	for (const row of rows) {
		const { batchSize, learningRate, steps } = row;
		if (learningRate === null || steps.estimate === null) continue;
		const ends: Refound["ends"][number][] = [];
		for (const share of shares) {
			const cap = Math.round(share * steps.estimate);
			const looks = [];
			for (let seedIndex = 0; seedIndex < freshSeeds; seedIndex++) {
				const seed = seeds.split(seedIndex).uint32();
				const spec = trialSpec({ phase: "horizon reporting", batchSize, learningRate, seedIndex, seed, cap, until: "cap" });
				looks.push((await resultOf(trainer, spec)).evaluations.at(-1));
			}
			const worst = isHigherBetter(study.goal) ? 0 : Number.POSITIVE_INFINITY;
			const values = looks.map((look) => (look && goalValueOf(study.goal, look)) ?? worst);
			const met = looks.filter((look) => look && meetsGoal(study.goal, look)).length;
			ends.push({ share, met, mean: values.reduce((sum, value) => sum + value / freshSeeds, 0) });
		}
		measured.push({ row, ends });
	}
	return measured;
}

const digitsTable = (measured: readonly Refound[]): string =>
	table(
		[
			["batch size", "right"],
			["least length in steps", "right"],
			...shares.map((share) => [`met at ${share === 1 ? "its end" : `${share} of it`}, of ${freshSeeds}`, "right"] as const),
			...shares.map((share) => [`mean end${share === 1 ? "" : ` at ${share}`}`, "right"] as const),
		],
		measured.map(({ row: { batchSize, steps }, ends }) => [
			String(batchSize),
			formatInterval(steps),
			...ends.map(({ met }) => String(met)),
			...ends.map(({ mean }) => mean.toFixed(4)),
		]),
	);
