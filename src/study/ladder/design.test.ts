import { describe, expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import { type PowerLaw, stepsOf, trainCurve, trainPowerLaw } from "../../../test/fixtures/power-law.js";
import { simulate } from "../../../test/fixtures/simulate.js";
import type { Calibration } from "../../core/calibration.js";
import { Rng } from "../../core/rng.js";
import { type FinishedTrial, type TrialSpec, trialKey, trialRunKey } from "../../core/trial.js";
import type { Study } from "../study.js";
import { ladderDesign } from "./design.js";
import { firstGuess } from "./limits.js";

const study: Study = {
	...closedFormStudy(1024),
	goal: { metric: "train.loss", atMost: 0.1 },
	limits: { epochs: 100, steps: 50_000, seconds: null },
	budget: { trials: null, seconds: null, trainings: 5 },
};
const law: PowerLaw = { minSteps: 400, critical: 60, bestRate: 2 ** -7, power: 0.7, scatter: 0 };
/** A step takes as long for any batch up to about 32 examples. */
const calibration: Calibration = {
	machine: "none",
	stepTimes: study.batchSizes.map((batchSize) => ({ batchSize, passes: [1 + batchSize / 32] })),
};

const run = (how: Parameters<typeof simulate>[3] = {}, truth = law, of = study) =>
	simulate(
		ladderDesign,
		of,
		{ minSteps: 1, critical: 1, bestAtOne: 0, noise: 0 },
		{ calibration, train: (spec) => trainPowerLaw(of, truth, spec), ...how },
	);

const keys = (trials: readonly FinishedTrial[]) => trials.map(({ spec }) => trialKey(spec)).sort();

const costOf = (batchSize: number, steps: number) => steps * Math.sqrt(batchSize * (1 + batchSize / 32));
const bestCost = Math.min(
	...study.batchSizes.flatMap((size) => Array.from({ length: 40 }, (_, k) => costOf(size, stepsOf(law, size, 2 ** ((k - 30) / 2))))),
);

describe("the ladder", () => {
	test("asks for the same trials in any order of arrival, with any losses in between", () => {
		const once = keys(run());
		for (const order of [2, 3, 4]) expect(keys(run({ order, slots: order }))).toEqual(once);
		expect(keys(run({ killing: 0.2, order: 5 }))).toEqual(once);
	});

	test("continues runs: of one run every trial goes further than the one before", () => {
		const caps = new Map<string, number>();
		for (const { spec } of run({ slots: 1 })) {
			if (spec.phase !== "ladder") continue;
			expect(spec.cap).toBeGreaterThan(caps.get(trialRunKey(spec)) ?? 0);
			caps.set(trialRunKey(spec), spec.cap);
		}
		expect(caps.size).toBeGreaterThan(8);
	});

	test("on a power law it comes within a quarter of the best, for few trainings, and reports a fresh seed", () => {
		const trials = run();
		const winner = ladderDesign.answers(study, trials, { extensions: [], calibration }).find(({ state }) => state === "reached");
		expect(winner).toMatchObject({ reportingRuns: 1 });
		const cost = costOf(winner?.batchSize ?? 0, stepsOf(law, winner?.batchSize ?? 0, winner?.learningRate ?? 0));
		expect(cost / bestCost).toBeLessThan(1.25);
		const spent = new Map<string, number>();
		for (const { spec, result } of trials) spent.set(trialRunKey(spec), result.examples);
		const training = trials.find(({ spec }) => spec.phase === "reporting")?.result.examples ?? 0;
		expect([...spent.values()].reduce((sum, examples) => sum + examples, 0) / training).toBeLessThan(8);
	});

	test("what the budget leaves over is spent on further seeds, and makes up for luck", () => {
		const outcomes = [5, 40].map((trainings) =>
			Array.from({ length: 16 }, (_, seed) => {
				const of: Study = { ...study, seed, budget: { trials: null, seconds: null, trainings } };
				const train = (spec: TrialSpec) => {
					const luck = Rng.fromSeed(spec.seed).split(`${spec.batchSize}/${spec.learningRate}`).normal();
					return trainPowerLaw(of, { ...law, minSteps: law.minSteps * Math.exp(0.3 * luck) }, spec);
				};
				const trials = run({ train }, law, of);
				const winner = ladderDesign.answers(of, trials, { extensions: [], calibration }).find(({ state }) => state === "reached");
				const cost = costOf(winner?.batchSize ?? 0, stepsOf(law, winner?.batchSize ?? 0, winner?.learningRate ?? 0));
				return { regret: cost / bestCost, seeds: Math.max(...trials.map(({ spec }) => (spec.phase === "ladder" ? spec.seedIndex : 0))) };
			}),
		);
		const [small, large] = outcomes.map((all) => all.reduce((sum, { regret }) => sum + Math.log(regret), 0) / all.length);
		expect(outcomes[0].every(({ seeds }) => seeds === 0)).toBe(true);
		expect(outcomes[1].every(({ seeds }) => seeds > 0)).toBe(true);
		expect(large).toBeLessThan(small / 2);
	});

	test("a budget that a first guess uses up pays for one fresh run, a larger one for as many as it has left", () => {
		const reported = (trainings: number): number | undefined => {
			const of: Study = { ...study, budget: { trials: null, seconds: null, trainings } };
			const answers = ladderDesign.answers(of, run({}, law, of), { extensions: [], calibration });
			return answers.find(({ state }) => state === "reached")?.reportingRuns;
		};
		expect([5, firstGuess - 1].map(reported)).toEqual([1, 1]);
		expect(reported(firstGuess + 1)).toBeGreaterThan(1);
	});

	test("says of every arm what became of it; the winner's cost is the unit", () => {
		const arms = ladderDesign.ladder?.(study, run(), { extensions: [], calibration }).arms ?? [];
		expect(arms.filter(({ state }) => state === "won")).toMatchObject([{ times: 1 }]);
		expect(arms.filter(({ state }) => state === "running")).toEqual([]);
		expect(arms.some(({ state }) => state === "broken")).toBe(true);
	});

	test("is the surer, the more runs there were; not before the end, and not where more than size and rate were searched", () => {
		const given = { extensions: [], calibration };
		const certainty = (of: Study, trials: readonly FinishedTrial[]) => ladderDesign.ladder?.(of, trials, given).withinTolerance;
		const [small, large] = [5, 40].map((trainings): Study => ({ ...study, budget: { trials: null, seconds: null, trainings } }));
		const [few, many] = [small, large].map((of) => run({}, law, of));
		expect(certainty(large, many)).toBeGreaterThan(0.95);
		expect(certainty(small, few)).toBeLessThan(0.95);
		expect(certainty(large, many.slice(0, -1))).toBeNull();
	});

	test("where the noise of the gradient keeps a high rate just short of the goal, a lower one gets there", () => {
		const held: Study = { ...study, goal: { metric: "train.loss", atMost: 0.1, window: 2 } };
		for (const floor of [0.3, 0.6, 0.9, 1.2, 2, 4]) {
			const answers = ladderDesign.answers(held, run({}, { ...law, floor }, held), { extensions: [], calibration });
			expect(answers.map(({ state }) => state)).toContain("reached");
		}
	});

	test("a smaller size is tried though the goal comes close within one rung, after a slow beginning", () => {
		const late: Study = { ...study, goal: { metric: "f1", atLeast: 0.8, window: 1 } };
		// It rises to 0.1 over an eighth of a training, and from there to 0.8 evenly in the logarithm of the steps.
		const f1 = (share: number) => (share < 1 / 8 ? 0.8 * share : 0.1 + (0.7 * Math.log(8 * share)) / Math.log(8));
		const train = (spec: TrialSpec) => {
			const steps = stepsOf(law, spec.batchSize, spec.learningRate);
			return trainCurve(late, spec, (step) => f1(step / steps));
		};
		const trials = run({ train }, law, late);
		expect(Math.min(...trials.map(({ spec }) => spec.batchSize))).toBeLessThan(trials[0].spec.batchSize);
	});

	test("newcomers catch up in parts, and end where they fall behind", () => {
		// An octave from the best rate it costs twice as much again: most newcomers are hopeless.
		const train = (spec: TrialSpec) => {
			const octaves = Math.log2(spec.learningRate / law.bestRate) - 0.75 * Math.log2(spec.batchSize);
			return trainPowerLaw(study, { ...law, minSteps: law.minSteps * 2 ** Math.min(4, Math.abs(octaves)) }, spec);
		};
		const trials: FinishedTrial[] = [];
		/** What the ladder had spent on its furthest run when a newcomer began, and on that one in the end. */
		const newcomers = new Map<string, { readonly rung: number; readonly spent: number }>();
		let rung = 0;
		const given = { extensions: [], calibration };
		for (let asked = ladderDesign.next(study, trials, given); asked.length > 0; asked = ladderDesign.next(study, trials, given)) {
			const before = rung;
			for (const { spec, reason } of asked) {
				trials.push({ spec, result: train(spec) });
				if (reason.kind !== "ladder") continue;
				const spent = costOf(spec.batchSize, spec.cap);
				rung = Math.max(rung, spent);
				const key = trialRunKey(spec);
				if (reason.why === "next to leader") newcomers.set(key, { rung: newcomers.get(key)?.rung ?? before, spent });
			}
		}
		const shares = [...newcomers.values()].map(({ rung, spent }) => spent / rung);
		expect(Math.min(...shares)).toBeLessThan(0.5);
		expect(Math.max(...shares)).toBeGreaterThan(0.9);
	});

	test("on many examples, where the best rate falls on the way to the goal, no run begins at a higher rate once there is a winner", () => {
		const lateRuns = (examples: number) => {
			const of: Study = { ...study, data: { ...study.data, train: examples } };
			const begun = new Set<string>();
			const late: string[] = [];
			const trials: FinishedTrial[] = [];
			const given = { extensions: [], calibration };
			for (let asked = ladderDesign.next(of, trials, given); asked.length > 0; asked = ladderDesign.next(of, trials, given)) {
				for (const { spec, reason } of asked) {
					const key = trialRunKey(spec);
					if (reason.kind === "ladder" && reason.why === "rival" && !begun.has(key)) late.push(key);
					begun.add(key);
					trials.push({ spec, result: trainPowerLaw(of, law, spec) });
				}
			}
			return late;
		};
		expect(lateRuns(1024)).not.toEqual([]);
		expect(lateRuns(40_000)).toEqual([]);
	});

	test("a script's rungs grow no faster than others', though its steps are timed by its first runs alone", () => {
		const script: Study = { ...study, workload: { command: ["train"], directory: "/", grace: 2 } };
		const trials = run(
			{
				calibration: null,
				train(spec) {
					const result = trainPowerLaw(script, law, spec);
					const seconds = 1e-5 * result.steps * (1 + spec.batchSize / 32);
					return { ...result, clock: { steps: result.steps, seconds, startUp: false } };
				},
			},
			law,
			script,
		);
		const caps = trials.filter(({ spec }) => spec.phase === "ladder").map(({ spec }) => spec.cap);
		expect(caps.filter((cap) => cap > Math.min(...caps))[0]).toBeLessThan(4 * Math.min(...caps));
	});

	test("a budget of trials limits the runs that begin, in any order of arrival; from about a dozen on there is an answer", () => {
		const regrets = [2, 6, 12, 20, 40].map((most) => {
			const of: Study = { ...study, budget: { trials: most, seconds: null } };
			const trials = run({}, law, of);
			expect(keys(run({ order: 3, slots: 3, killing: 0.1 }, law, of))).toEqual(keys(trials));
			expect(new Set(trials.map(({ spec }) => trialRunKey(spec))).size).toBeLessThanOrEqual(most);
			const answers = ladderDesign.answers(of, trials, { extensions: [], calibration });
			const winner = answers.find(({ state }) => state === "reached");
			// Without one the study isn't over: more runs might reach the goal.
			if (!winner) expect(answers.some(({ state }) => state === "open")).toBe(true);
			return winner
				? costOf(winner.batchSize, stepsOf(law, winner.batchSize, winner.learningRate ?? 0)) / bestCost
				: Number.POSITIVE_INFINITY;
		});
		expect(regrets[0]).toBe(Number.POSITIVE_INFINITY);
		expect(Math.max(...regrets.slice(2))).toBeLessThan(2.5);
		expect(Math.max(...regrets.slice(3))).toBeLessThan(1.25);
	});

	test("under a budget of time there is an answer after five trainings, then after twenty, and it stays while the next is under way", () => {
		// With a single reporting run: what five trainings leave over goes to another one only where the study ends there.
		const short: Study = { ...study, seeds: { ...study.seeds, reporting: 1 } };
		const timed: Study = { ...short, budget: { trials: null, seconds: 3600 } };
		const trials = run({ slots: 1 }, law, timed);
		const first = run({ slots: 1 }, law, short);
		expect(keys(trials.slice(0, first.length))).toEqual(keys(first));
		const given = { extensions: [], calibration };
		const given5 = ladderDesign.answers(short, first, given);
		expect(ladderDesign.answers(timed, first, given)).toEqual(given5);
		for (let finished = first.length; finished <= trials.length; finished += 3) {
			const answers = ladderDesign.answers(timed, trials.slice(0, finished), given);
			expect(answers.filter(({ state }) => state === "reached").length).toBe(1);
			expect(answers.some(({ state }) => state === "open")).toBe(false);
		}
		expect(ladderDesign.next(timed, trials.slice(0, first.length), given).length).toBeGreaterThan(0);
		expect(ladderDesign.next(timed, trials, given)).toEqual([]);
	});

	test("a goal that no arm reaches ends without a winner", () => {
		const short = { ...study, limits: { ...study.limits, epochs: 1, steps: 100 } };
		const trials = run({}, law, short);
		const answers = ladderDesign.answers(short, trials, { extensions: [], calibration });
		const tried = new Set(trials.map(({ spec }) => spec.batchSize));
		for (const { batchSize, state } of answers) expect(state).toBe(tried.has(batchSize) ? "not reached" : "not tried");
	});
});
