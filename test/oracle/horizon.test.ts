import { beforeAll, describe, expect, test } from "vitest";
import type { HorizonFinding } from "../../src/analysis/findings.js";
import { horizonFinding } from "../../src/analysis/horizon.js";
import { isBestGoal } from "../../src/core/horizon.js";
import { rateAt } from "../../src/core/rates.js";
import { type FinishedTrial, type TrialResult, trialKey } from "../../src/core/trial.js";
import { quadratic } from "../../src/data/oracles/quadratic.js";
import { designOf } from "../../src/study/designs.js";
import { horizonDesign } from "../../src/study/horizon/design.js";
import type { TrainableStudy } from "../../src/study/study.js";
import { trainerFor } from "../../src/trainers/create.js";
import { oracleStudy, resultOf } from "../fixtures/oracle-study.js";
import { expectedEnd } from "../fixtures/quadratic-end.js";

const shape = { dimensions: 16, condition: 100, noise: 4 };
const problem = quadratic(shape);
const schedule = { learningRate: { linear: { horizon: 1, to: 0 } } };
const examples = 40_000;
const give = 0.005;
/** The quadratic has none. */
const noFiles = (): Promise<never> => Promise.reject(new Error("no file is read"));

const studyOf = (rest: Readonly<Record<string, unknown>> = {}): Promise<TrainableStudy> =>
	oracleStudy(
		{ data: { quadratic: shape }, schedule },
		{
			goal: { metric: "train.loss", best: "lowest", horizon: { examples }, give },
			batchSizes: { from: 1, to: 256, factor: 2 },
			tune: { learningRate: { from: 0.01, to: 1 } },
			...rest,
		},
	);

async function run(study: TrainableStudy, change = (result: TrialResult): TrialResult => result): Promise<readonly FinishedTrial[]> {
	const trainer = await trainerFor(study, noFiles);
	const design = designOf(study);
	const trials: FinishedTrial[] = [];
	for (let asked = design.next(study, trials); asked.length > 0; asked = design.next(study, trials))
		for (const { spec } of asked) trials.push({ spec, result: change(await resultOf(trainer, spec)) });
	return trials;
}

function findingOf(study: TrainableStudy, trials: readonly FinishedTrial[]): HorizonFinding {
	const answer = designOf(study).horizon?.(study, trials);
	if (!answer || !isBestGoal(study.goal)) throw new Error("no study of the best end");
	return horizonFinding(study.goal, answer, trials);
}

/** The least expected end of a batch size over all rates, exactly. */
const leastEnd = (batchSize: number): number =>
	Math.min(
		...Array.from({ length: 24 }, (_, k) =>
			expectedEnd(problem, schedule, { batchSize, learningRate: rateAt(k - 20), steps: Math.round(examples / batchSize) }),
		),
	);

describe("the best end of a training of 40,000 examples on the quadratic, against what is exactly so", () => {
	let trials: readonly FinishedTrial[];
	let found: HorizonFinding;
	beforeAll(async () => {
		const study = await studyOf();
		trials = await run(study);
		found = findingOf(study, trials);
	});

	test("the chosen setting ends within what may be lost of the best there is", () => {
		if (!found.best) throw new Error("nothing was found");
		const best = Math.min(...[1, 2, 4, 8, 16, 32, 64, 128, 256].map(leastEnd));
		expect(expectedEnd(problem, schedule, found.best) - best).toBeLessThan(give);
	});

	test("the largest batch that loses nothing loses nothing, and the one that loses more does", () => {
		const { best, largest, larger } = found;
		if (!best || !largest) throw new Error("nothing was found");
		expect(largest.batchSize).toBeGreaterThan(best.batchSize);
		const loss = expectedEnd(problem, schedule, largest) - expectedEnd(problem, schedule, best);
		expect(loss).toBeLessThan(give);
		for (const one of larger.filter(({ loss: { verdict } }) => verdict === "more"))
			expect(expectedEnd(problem, schedule, one) - expectedEnd(problem, schedule, best)).toBeGreaterThan(give);
	});

	test("for at most ten trainings", () => {
		const spent = trials.reduce((sum, { result }) => sum + result.examples, 0);
		expect(spent / examples).toBeLessThanOrEqual(10);
	});

	test("every trial runs to its planned end, and reports nothing that chose", () => {
		expect(trials.every(({ spec, result }) => spec.until === "cap" && result.steps === spec.cap)).toBe(true);
		const seeds = (phase: string) => new Set(trials.flatMap(({ spec }) => (spec.phase === phase ? [spec.seed] : [])));
		expect([...seeds("horizon reporting")].some((seed) => seeds("horizon tuning").has(seed))).toBe(false);
	});
});

test("asks for the same trials in any order of arrival", async () => {
	const study = await studyOf({ seed: 3 });
	const trials = await run(study);
	const again = [...trials].reverse();
	expect(horizonDesign.next({ ...study }, again)).toEqual([]);
	expect(new Set(trials.map(({ spec }) => trialKey(spec))).size).toBe(trials.length);
});

test("more trainings run more fresh seeds", async () => {
	const fresh = async (trainings: number) =>
		(await run(await studyOf({ budget: { trainings } }))).filter(({ spec }) => spec.phase === "horizon reporting").length;
	expect(await fresh(20)).toBeGreaterThan(await fresh(10));
});

test("where trials were cut off in mid-schedule, nothing is found", async () => {
	const study = await studyOf();
	const trials = await run(study, (result) => ({ ...result, outcome: "stopped", message: "it stopped early" }));
	const { best, decided, cutOff } = findingOf(study, trials);
	expect({ best, decided }).toEqual({ best: null, decided: false });
	expect(cutOff?.how).toBe("it stopped early");
	const some = await run(study, (result) => (result.steps % 3 === 0 ? { ...result, outcome: "timed out" } : result));
	expect(findingOf(study, some).decided).toBe(false);
});

test("your own setting ends next to the best one, on the same seeds, and chooses nothing", async () => {
	const own = { batchSize: 64, learningRate: 0.02 };
	const budget = { trainings: 20 };
	const [plain, study] = [await studyOf({ budget }), await studyOf({ budget, baseline: own })];
	const trials = await run(study);
	const yours = trials.filter(({ spec }) => spec.phase === "baseline");
	const chose = (of: readonly FinishedTrial[]) => of.flatMap(({ spec }) => (spec.phase === "horizon tuning" ? [trialKey(spec)] : []));
	expect(chose(trials)).toEqual(chose(await run(plain)));
	const found = findingOf(study, trials);
	if (!found.best || !found.own) throw new Error("nothing was found");
	const seedsOf = (batchSize: number, learningRate: number) =>
		trials.flatMap(({ spec: { seed, phase, ...one } }) =>
			phase !== "horizon tuning" && one.batchSize === batchSize && one.learningRate === learningRate ? [seed] : [],
		);
	expect(seedsOf(64, 0.02)).toEqual(seedsOf(found.best.batchSize, found.best.learningRate));
	expect(yours).toHaveLength(found.best.runs);
	const exact = (setting: { readonly batchSize: number; readonly learningRate: number; readonly steps: number }) =>
		expectedEnd(problem, schedule, setting);
	expect(found.own).toMatchObject({ ...own, steps: examples / 64 });
	const loss = exact(found.own) - exact(found.best);
	expect(loss).toBeGreaterThan(give);
	expect(found.own.loss.low).toBeLessThan(loss);
	expect(found.own.loss.high).toBeGreaterThan(loss);
	expect(found.own.loss.verdict).toBe("more");
});

test("where your own setting is the recommended one, nothing more runs", async () => {
	const { best } = findingOf(await studyOf(), await run(await studyOf()));
	if (!best) throw new Error("nothing was found");
	const study = await studyOf({ baseline: { batchSize: best.batchSize, learningRate: best.learningRate } });
	const trials = await run(study);
	expect(trials.some(({ spec }) => spec.phase === "baseline")).toBe(false);
	expect(findingOf(study, trials).own).toMatchObject({ batchSize: best.batchSize, loss: { mean: 0 } });
});

test("a study of the best end says what it can't go with", async () => {
	const refused = async (rest: Readonly<Record<string, unknown>>) =>
		studyOf(rest).then(
			() => "taken",
			(error: Error) => error.message,
		);
	expect(await refused({ budget: { trials: 40 } })).toContain("budget.trials: the best end of a training is paid for in trainings");
	expect(await refused({ tune: { momentum: [0, 0.9] } })).toContain("tune.momentum");
	const seconds = { metric: "train.loss", best: "lowest", horizon: { seconds: 1 }, give };
	expect(await refused({ goal: seconds, baseline: { batchSize: 5, learningRate: 0.1 } })).toContain("add 5 to `batchSizes`");
	const goal = { metric: "train.loss", best: "lowest" };
	expect(await refused({ goal })).toMatch(/goal.horizon: missing[\s\S]*goal.give: missing/);
	expect(await refused({ goal: { ...goal, horizon: { epochs: 3 }, give: 0, atMost: 1 } })).toContain("goal.atMost: found next to `best`");
	expect(await refused({ goal: { ...goal, best: "highest", horizon: { epochs: 3 }, give: 0 } })).toContain("use `lowest`");
	expect(await refused({ goal: { metric: "train.loss", atMost: 1 }, budget: { trials: 9 } })).toContain("has no budget of trials");
});

test("trainings too short to learn anything choose nothing: the rate comes from the shortest that do learn", async () => {
	const study = await studyOf();
	/** As a network that stays at chance for the first eighth of the length. */
	const plateau = (result: TrialResult): TrialResult => ({
		...result,
		evaluations: result.evaluations.map((look) => (look.examples < 0.2 * examples ? { ...look, metrics: { "train.loss": 100 } } : look)),
	});
	const trials = await run(study, plateau);
	const { best } = findingOf(study, trials);
	if (!best) throw new Error("nothing was found");
	const least = Math.min(...[1, 2, 4, 8, 16, 32, 64, 128, 256].map(leastEnd));
	expect(expectedEnd(problem, schedule, best) - least).toBeLessThan(2 * give);
	const [shortest] = trials.map(({ result }) => result.examples).sort((a, b) => a - b);
	expect(shortest).toBeLessThan(0.2 * examples);
	const chosen = trials.filter(({ spec, result }) => spec.phase === "horizon tuning" && result.examples >= 0.2 * examples);
	expect(chosen.length).toBeGreaterThan(10);
});
