import { beforeAll, describe, expect, test } from "vitest";
import { endingFinding } from "../../src/analysis/ending.js";
import type { EndingFinding } from "../../src/analysis/findings.js";
import { rateAt } from "../../src/core/rates.js";
import { Rng } from "../../src/core/rng.js";
import type { FinishedTrial, TrialResult } from "../../src/core/trial.js";
import { quadratic } from "../../src/data/oracles/quadratic.js";
import { endingDesign } from "../../src/study/horizon/ending-design.js";
import type { TrainableStudy } from "../../src/study/study.js";
import { trainerFor } from "../../src/trainers/create.js";
import { endingAnswer, endingTable, endingWarnings, ownLengthSentence } from "../../src/words/ending.js";
import { oracleStudy, resultOf } from "../fixtures/oracle-study.js";
import { expectedEnd } from "../fixtures/quadratic-end.js";

const shape = { dimensions: 16, condition: 30, noise: 1 };
const problem = quadratic(shape);
const schedule = { learningRate: { linear: { horizon: 1, to: 0 } } };
const bound = 0.004;

const noFiles = (): Promise<never> => Promise.reject(new Error("no file is read"));

const studyOf = (rest: Readonly<Record<string, unknown>> = {}): Promise<TrainableStudy> =>
	oracleStudy(
		{ data: { quadratic: shape }, schedule },
		{
			goal: { metric: "train.loss", atMost: bound },
			batchSizes: [4, 16, 64],
			tune: { learningRate: { from: 0.03, to: 1 } },
			seeds: { tuning: 30, reporting: 120 },
			limits: { steps: 8000, epochs: 1 },
			objective: "cheapest",
			...rest,
		},
	);

async function run(study: TrainableStudy, change = (result: TrialResult): TrialResult => result): Promise<EndingFinding> {
	const trainer = await trainerFor(study, noFiles);
	const trials: FinishedTrial[] = [];
	for (let asked = endingDesign.next(study, trials); asked.length > 0; asked = endingDesign.next(study, trials))
		for (const { spec } of asked) trials.push({ spec, result: change(await resultOf(trainer, spec)) });
	const answer = endingDesign.ending?.(study, trials);
	if (!answer) throw new Error("no study of ends");
	return endingFinding({ ...study, calibration: null, rng: Rng.fromSeed(study.seed), shortest: () => 1 }, answer, trials);
}

/** The least length whose expected end meets the goal at this rate, or at the best of all rates, exactly. */
function exactLength(batchSize: number, learningRate?: number): number {
	const rates = learningRate === undefined ? Array.from({ length: 14 }, (_, k) => rateAt(k - 10)) : [learningRate];
	const meets = (steps: number) => rates.some((rate) => expectedEnd(problem, schedule, { batchSize, learningRate: rate, steps }) <= bound);
	let [low, high] = [1, 8000];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (meets(middle)) high = middle;
		else low = middle;
	}
	return high;
}

describe("the least length whose end meets the goal on the quadratic, against what is exactly so", () => {
	let found: EndingFinding;
	beforeAll(async () => {
		found = await run(await studyOf());
	}, 120_000);

	test("within 10 % of the exact one at its rate, and not far from that at the best rate", () => {
		for (const { batchSize, learningRate, steps, lengths } of found.rows) {
			if (learningRate === null || steps.estimate === null) throw new Error(`batch size ${batchSize} was not measured`);
			expect(lengths.length).toBeGreaterThanOrEqual(4);
			const exact = exactLength(batchSize, learningRate);
			expect(Math.abs(steps.estimate / exact - 1)).toBeLessThan(0.1);
			expect(steps.estimate / exactLength(batchSize)).toBeLessThan(1.15);
		}
	});

	test("the recommended size is one that uses the fewest examples, as far as that matters", () => {
		const examples = found.rows.map(({ batchSize }) => batchSize * exactLength(batchSize));
		const best = found.best?.batchSize ?? 0;
		expect(best * exactLength(best)).toBeLessThan(1.1 * Math.min(...examples));
	});
});

describe("the user's own setting in such a study", () => {
	const few = { seeds: { tuning: 1, reporting: 40 }, batchSizes: [16] };

	test("is measured first, on the same fresh seeds, and changes nothing else", async () => {
		const study = await studyOf({ ...few, baseline: { batchSize: 16, learningRate: 0.04 } });
		expect(endingDesign.next(study, []).map(({ spec }) => spec.phase)).toEqual(["baseline"]);
		const { own, ...rest } = await run(study);
		if (own?.steps.estimate == null) throw new Error("the own setting was not measured");
		expect(Math.abs(own.steps.estimate / exactLength(16, 0.04) - 1)).toBeLessThan(0.1);
		expect(own.runs).toBe(40 * own.lengths.length);
		expect(own.steps.estimate).toBeGreaterThan(rest.best?.steps.estimate ?? 0);
		expect(rest).toEqual(await run(await studyOf(few)));
		expect(ownLengthSentence({ ending: { own, ...rest } })).toMatch(
			/^Yours, batch size 16 and learning rate 0.04, needs [\d,]+ \[[\d,]+–[\d,]+\] steps, .* to end there; this one needs [\d,]+ \[/,
		);
	});

	test("that ends there at no length within the limits is said to", async () => {
		const ending = await run(
			await studyOf({ ...few, seeds: { tuning: 1, reporting: 2 }, baseline: { batchSize: 5, learningRate: 0.0001 } }),
		);
		expect(ending.own).toMatchObject({ state: "not reached", steps: { estimate: null } });
		expect(ownLengthSentence({ ending })).toBe(
			"Yours, batch size 5 and learning rate 0.0001, did not end there at any length within the limits.",
		);
	});
});

test("where trials were cut off in mid-schedule, nothing is found", async () => {
	const { decided, cutOff } = await run(await studyOf({ seeds: { tuning: 1, reporting: 2 } }), (result) =>
		result.steps % 2 === 0 ? { ...result, outcome: "stopped", message: "it stopped early" } : result,
	);
	expect({ decided, how: cutOff?.how }).toEqual({ decided: false, how: "it stopped early" });
});

describe("a goal that the shortest training meets already", () => {
	const easy = { goal: { metric: "train.loss", atMost: 100 }, seeds: { tuning: 1, reporting: 7 } };

	test("keeps every such size in the choice, and each shows by a longer training how surely", async () => {
		const found = await run(await studyOf(easy));
		for (const { isShortest, steps, lengths } of found.rows) {
			expect({ isShortest, steps }).toEqual({ isShortest: true, steps: { estimate: 1, low: 1, high: 1 } });
			expect(lengths.length).toBeGreaterThan(1);
		}
		expect(found).toMatchObject({ best: { batchSize: 4 }, decided: true });
		const study = await studyOf(easy);
		expect(endingAnswer(found, study)[0]).toMatch(
			/^Train with batch size 4, .* and 1 steps?: the shortest training possible, 1 steps?, 4 examples, ends with .* already\.$/,
		);
		expect(endingTable(found).rows[1].cells.slice(2, 4)).toEqual(["at most 1", "at most 16"]);
		expect(endingWarnings(found, study)[0]).toMatch(/^Batch sizes 4, 16 and 64: the shortest training possible meets the goal already/);
	});

	test("a size whose fresh runs show no least length leaves the choice open, and a warning says so", async () => {
		const study = await studyOf({ goal: { metric: "train.loss", atMost: 0.1 }, batchSizes: [4, 16], seeds: { tuning: 1, reporting: 7 } });
		const lengths = [100, 200, 400];
		const size = (batchSize: number) => ({ batchSize, learningRate: 0.1, lengths, state: "measured" as const });
		const at = (batchSize: number, endAt: (steps: number) => number): readonly FinishedTrial[] =>
			lengths.flatMap((steps) => Array.from({ length: 7 }, (_, seedIndex) => finished(batchSize, steps, seedIndex, endAt(steps))));
		const falling = at(4, (steps) => 20 / steps);
		const findingOf = (other: readonly FinishedTrial[]) =>
			endingFinding(
				{ ...study, calibration: null, rng: Rng.fromSeed(1), shortest: () => 1 },
				{ sizes: [size(4), size(16)], isOver: true, runs: [] },
				[...falling, ...other],
			);
		expect(findingOf(at(16, (steps) => 40 / steps)).decided).toBe(true);
		const found = findingOf(at(16, () => 0.2));
		expect(found).toMatchObject({ best: { batchSize: 4 }, decided: false });
		expect(endingWarnings(found, study)).toContainEqual(expect.stringMatching(/^Batch size 16: its ends on fresh seeds don’t get better/));
	});
});

const finished = (batchSize: number, steps: number, seedIndex: number, end: number): FinishedTrial => ({
	spec: {
		phase: "horizon reporting",
		batchSize,
		learningRate: 0.1,
		seedIndex,
		seed: seedIndex,
		cap: steps,
		until: "cap",
		curves: false,
		probe: false,
	},
	result: {
		outcome: "missed",
		first: null,
		reached: null,
		steps,
		examples: steps * batchSize,
		seconds: 1,
		probes: [],
		message: null,
		evaluations: [{ step: steps, examples: steps * batchSize, metrics: { "train.loss": end } }],
	},
});
