import { objectives } from "../../src/analysis/objectives.js";
import { rateAt } from "../../src/core/rates.js";
import { Rng } from "../../src/core/rng.js";
import type { TrialSpec } from "../../src/core/trial.js";
import type { TrainableStudy } from "../../src/study/study.js";
import { formatCount } from "../../src/words/numbers.js";
import { closedFormStudy } from "../../test/fixtures/closed-form.js";
import { type PowerLaw, stepsOf, trainPowerLaw } from "../../test/fixtures/power-law.js";
import { type Column, table } from "../markdown.js";
import { type Judged, modelTimes } from "./reference.js";
import { exactBound } from "./shares.js";
import { answerOf, type Subject } from "./subject.js";

/**
 * Studies of trainings in closed form, made so that answers go wrong by 25 to 40 %: does the ladder then say that they are found? Every
 * cost is known without a run. Cases, numbers and seeds were committed before the first study ran.
 */
const studiesOfEach = 1000;
const firstSeed = 9100;

/** A step takes as long as any smaller one up to about this many examples. */
const flat = 32;
const usual: PowerLaw = { minSteps: 400, critical: 60, bestRate: 2 ** -7, power: 0.7, scatter: 0 };

type Setting = Pick<TrialSpec, "batchSize" | "learningRate">;

interface Case {
	readonly name: string;
	/** How many times the bowl's steps a setting takes in the median, and with which power its loss falls. */
	readonly changed: (setting: Setting) => { readonly times: number; readonly power: number };
	/** Natural log of how many times its median a run takes; its median is 0. */
	readonly luck: (spec: TrialSpec) => number;
}

/** Octaves of the rate from the bowl's best one at that size. */
const octavesFrom = ({ batchSize, learningRate }: Setting): number =>
	Math.log2(learningRate / usual.bestRate) - 0.75 * Math.log2(batchSize);

/** Of every run its own. */
const own =
	(deviation: number) =>
	({ seed, batchSize, learningRate }: TrialSpec): number =>
		deviation * Rng.fromSeed(seed).split(`${batchSize}/${learningRate}`).normal();

/** A seed's runs share a slope over size and rate: each seed has its least somewhere else. */
function tilted(spec: TrialSpec): number {
	const rng = Rng.fromSeed(spec.seed).split("tilt");
	const [bySize, byRate] = [rng.normal(), rng.normal()];
	return 0.1 * bySize * (Math.log2(spec.batchSize) - 5) + 0.2 * byRate * octavesFrom(spec) + own(0.1)(spec);
}

const unchanged = () => ({ times: 1, power: usual.power });

const isOf = (batchSizes: readonly number[], from: number, to: number) => (setting: Setting) =>
	batchSizes.includes(setting.batchSize) && octavesFrom(setting) >= from && octavesFrom(setting) <= to;

/** What costs 0.75 of what the bowl's best setting does. */
function dent(isThere: (setting: Setting) => boolean) {
	const least = Math.min(...bowlStudy().batchSizes.map((size) => costOf(size, stepsOf(usual, size, bestRateAt(size)))));
	return (setting: Setting) => {
		if (!isThere(setting)) return unchanged();
		const here = costOf(setting.batchSize, stepsOf(usual, setting.batchSize, setting.learningRate));
		return { times: (0.75 * least) / here, power: usual.power };
	};
}

const bestRateAt = (batchSize: number): number => usual.bestRate * batchSize ** 0.75;

const costOf = (batchSize: number, steps: number): number =>
	objectives.balanced.score(steps * 1e-4 * (1 + batchSize / flat), steps * batchSize);

const bowlStudy = (): TrainableStudy => ({
	...closedFormStudy(1024),
	goal: { metric: "train.loss", atMost: 0.1 },
	limits: { epochs: 200, steps: 50_000, seconds: null },
	budget: { trials: null, seconds: null, trainings: 40 },
});

const cases: readonly Case[] = [
	{ name: "a bowl; runs differ by 10 %", changed: unchanged, luck: own(0.1) },
	{ name: "by 20 %", changed: unchanged, luck: own(0.2) },
	{ name: "by 40 %", changed: unchanged, luck: own(0.4) },
	{ name: "every seed has its least elsewhere", changed: unchanged, luck: tilted },
	{ name: "two sizes larger, a dent that costs 0.75 of the bowl's least", changed: dent(isOf([128], -0.3, 0.3)), luck: own(0.15) },
	{ name: "two octaves higher, a valley that costs as little", changed: dent(isOf([8, 16, 32, 64, 128], 1.7, 2.3)), luck: own(0.15) },
	{
		name: "sizes up to 32 look cheaper until close to the goal, and cost a third more",
		changed: ({ batchSize }) => (batchSize <= 32 ? { times: 4 / 3, power: 0.5 } : unchanged()),
		luck: own(0.15),
	},
];

interface ConstructedAnswer {
	readonly name: string;
	/** Cost over that of the best setting. */
	readonly regret: number;
	readonly isFound: boolean;
}

/** What studies of a case are made of. Its best setting is known without a run. */
function subjectOf({ name, changed, luck }: Case): Subject {
	const study = bowlStudy();
	const stepsAt = (setting: Setting): number => changed(setting).times * stepsOf(usual, setting.batchSize, setting.learningRate);
	const judged = (batchSize: number, rate: number): Judged => {
		const steps = stepsAt({ batchSize, learningRate: rateAt(rate) });
		return { batchSize, rate, steps, cost: costOf(batchSize, steps) };
	};
	const all = study.batchSizes.flatMap((batchSize) => Array.from({ length: 60 }, (_, k) => judged(batchSize, k - 40)));
	const best = all.reduce((a, b) => (b.cost < a.cost ? b : a));
	return {
		...{ name, study, best, calibration: modelTimes(study.batchSizes, flat) },
		train(spec) {
			const { times, power } = changed(spec);
			return trainPowerLaw(study, { ...usual, power, minSteps: usual.minSteps * times * Math.exp(luck(spec)) }, spec);
		},
		regretOf: ({ batchSize, learningRate }) =>
			batchSize === null || learningRate === null
				? Number.POSITIVE_INFINITY
				: costOf(batchSize, stepsAt({ batchSize, learningRate })) / best.cost,
	};
}

/** All cases. */
export const constructed: readonly Subject[] = cases.map(subjectOf);

/** Of every case as many studies, one seed after the other. */
export async function constructedAnswers(seen: (name: string) => void): Promise<readonly ConstructedAnswer[]> {
	const answers: ConstructedAnswer[] = [];
	for (const subject of constructed) {
		for (let seed = firstSeed; seed < firstSeed + studiesOfEach; seed++) {
			const { regret, isFound } = await answerOf(subject, { seed });
			answers.push({ name: subject.name, regret, isFound });
		}
		seen(subject.name);
	}
	return answers;
}

/** Off by as much as makes an answer wrong, and not by so much that anybody would see it. */
const isOff = ({ regret }: ConstructedAnswer): boolean => regret > 1.25 && regret <= 1.4;

export function constructedTable(answers: readonly ConstructedAnswer[]): string {
	const names = [...new Set(answers.map(({ name }) => name))];
	const row = (name: string, own: readonly ConstructedAnswer[]) => {
		const found = own.filter(({ isFound }) => isFound);
		const off = own.filter(isOff);
		const foundOff = off.filter(({ isFound }) => isFound).length;
		const { low, high } = exactBound(foundOff, off.length);
		return [
			name,
			formatCount(own.length),
			formatCount(own.filter(({ regret }) => regret <= 1.25).length),
			formatCount(found.length),
			formatCount(found.filter(({ regret }) => regret <= 1.25).length),
			formatCount(off.length),
			off.length === 0 ? "–" : `${foundOff} (${Math.round(100 * low)} %–${Math.round(100 * high)} %)`,
		];
	};
	const numbers = ["studies", "within 25 %", "found", "and right", "off by 25 to 40 %", "of these found"];
	return table(
		[["trainings in closed form", "left"], ...numbers.map((head): Column => [head, "right"])],
		[
			...names.map((name) =>
				row(
					name,
					answers.filter((answer) => answer.name === name),
				),
			),
			row("all", answers),
		],
	);
}
