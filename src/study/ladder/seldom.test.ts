import { describe, expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import { type PowerLaw, stepsOf, trainPowerLaw } from "../../../test/fixtures/power-law.js";
import { simulate } from "../../../test/fixtures/simulate.js";
import { GoalWatch } from "../../core/goal-watch.js";
import type { TrialResult, TrialSpec } from "../../core/trial.js";
import { stepsPerEpoch } from "../steps.js";
import type { Study } from "../study.js";
import { ladderDesign } from "./design.js";

const examples = 4096;
const law: PowerLaw = { minSteps: 400, critical: 60, bestRate: 2 ** -7, power: 0.7, scatter: 0 };
const calibration = null;

const studyOf = (metrics: Readonly<Record<string, { readonly pattern: string }>>): Study => {
	const study = closedFormStudy(examples);
	return {
		...study,
		data: { ...study.data, train: examples },
		batchSizes: [4, 8, 16, 32, 64, 128, 256],
		goal: { metric: "train.loss", atMost: 0.1 },
		limits: { epochs: 100, steps: 1, seconds: null },
		budget: { trials: null, seconds: null, trainings: 5 },
		workload: { command: ["train"], directory: "/", grace: 2, metrics: { ...metrics, "train.loss": { pattern: "loss (.*)" } } },
	} as Study;
};
/** A script that says how far it is in epochs alone; and one that counts steps, as seldom as every so many examples. */
const wholeEpochs = studyOf({ epoch: { pattern: "epoch (\\d+)" } });
const bySteps = studyOf({ step: { pattern: "step (\\d+)" } });

/** What a power law shows at every so many steps alone, in exact looks. */
function seldom(study: Study, every: (batchSize: number) => number, spec: TrialSpec): TrialResult {
	const whole = trainPowerLaw(study, law, { ...spec, cap: 1 });
	if (whole.outcome === "diverged") return whole;
	const [interval, watch] = [every(spec.batchSize), new GoalWatch({ ...study.goal, window: 1 }, "goal")];
	const evaluations = [];
	for (let step = interval; step <= spec.cap && !watch.reached; step += interval) {
		const loss = 0.1 * (step / stepsOf(law, spec.batchSize, spec.learningRate)) ** -law.power;
		const look = { step, examples: step * spec.batchSize, metrics: { "train.loss": loss } };
		watch.look(look);
		evaluations.push(look);
	}
	const steps = watch.reached?.step ?? spec.cap;
	const clock = { steps, seconds: 1e-5 * steps * (1 + spec.batchSize / 32), startUp: false };
	const outcome = watch.reached ? "reached" : "missed";
	return { ...whole, outcome, steps, examples: steps * spec.batchSize, first: watch.first, reached: watch.reached, evaluations, clock };
}

const costOf = (batchSize: number, steps: number) => steps * Math.sqrt(batchSize * (1 + batchSize / 32));
const bestCost = Math.min(
	...bySteps.batchSizes.flatMap((size) => Array.from({ length: 40 }, (_, k) => costOf(size, stepsOf(law, size, 2 ** ((k - 30) / 2))))),
);

/** How many times what the best setting costs the answer costs, and the price of all runs in trainings. */
function tuned(study: Study, every: (batchSize: number) => number) {
	const trials = simulate(
		ladderDesign,
		study,
		{ minSteps: 1, critical: 1, bestAtOne: 0, noise: 0 },
		{ calibration, train: (spec) => seldom(study, every, spec) },
	);
	const winner = ladderDesign.answers(study, trials, { extensions: [], calibration }).find(({ state }) => state === "reached");
	if (winner?.learningRate == null) return { regret: Number.POSITIVE_INFINITY, price: 0, trials };
	const ends = new Map<string, number>();
	for (const { spec, result } of trials) ends.set(`${spec.phase}/${spec.batchSize}/${spec.learningRate}`, result.examples);
	const training = trials.find(({ spec }) => spec.phase === "reporting")?.result.examples ?? 1;
	const price = [...ends.values()].reduce((sum, spent) => sum + spent, 0) / training;
	return { regret: costOf(winner.batchSize, stepsOf(law, winner.batchSize, winner.learningRate)) / bestCost, price, trials };
}

describe("the ladder on a script that reports seldom", () => {
	test.each([500, 2000, 8000, 16000])("a report every %i examples: the answer costs what the best does, to a third", (every) => {
		const { regret, price } = tuned(bySteps, (batchSize) => Math.ceil(every / batchSize));
		expect(regret).toBeLessThan(1.35);
		expect(price).toBeLessThan(15);
	});

	test("a report at the end of each epoch alone: the same, and runs end with their epochs", () => {
		const { regret, price, trials } = tuned(wholeEpochs, (batchSize) => stepsPerEpoch(batchSize, wholeEpochs));
		expect(regret).toBeLessThan(1.35);
		expect(price).toBeLessThan(20);
		for (const { spec } of trials) if (spec.phase === "ladder") expect(spec.cap % stepsPerEpoch(spec.batchSize, wholeEpochs)).toBe(0);
	});
});
