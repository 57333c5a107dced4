import { expect, test } from "vitest";
import { closedFormStudy } from "../../../test/fixtures/closed-form.js";
import { type PowerLaw, stepsOf, trainPowerLaw } from "../../../test/fixtures/power-law.js";
import { simulate } from "../../../test/fixtures/simulate.js";
import { GoalWatch } from "../../core/goal-watch.js";
import { nextLook } from "../../core/looks.js";
import type { TrialResult, TrialSpec } from "../../core/trial.js";
import type { Study } from "../study.js";
import { ladderDesign } from "./design.js";

const examples = 4096;
const law: PowerLaw = { minSteps: 400, critical: 60, bestRate: 2 ** -3, power: 0.7, scatter: 0 };
const study = {
	...closedFormStudy(examples),
	batchSizes: [4, 8, 16, 32, 64, 128, 256],
	goal: { metric: "f1", atLeast: 0.8, window: 1 },
	limits: { epochs: 100, steps: 1, seconds: null },
	budget: { trials: null, seconds: null, trainings: 5 },
} as Study;

/** Untrained weights have 0.25, what has begun to learn 0, and from a hundredth of a training on it rises: 0.8 at the end. */
const f1 = (share: number): number => (share < 0.001 ? 0.25 : share < 0.01 ? 0 : 0.8 * (1 + Math.log10(share) / 2));

function dipping(spec: TrialSpec): TrialResult {
	const whole = trainPowerLaw({ ...study, goal: { metric: "train.loss", atMost: 0.1, window: 1 } }, law, { ...spec, cap: 1 });
	if (whole.outcome === "diverged") return whole;
	const watch = new GoalWatch(study.goal, "goal");
	const evaluations = [];
	let step = 0;
	while (step < spec.cap && !watch.reached) {
		step = Math.min(spec.cap, nextLook(step, 1.05));
		const look = {
			step,
			examples: step * spec.batchSize,
			metrics: { f1: f1(step / stepsOf(law, spec.batchSize, spec.learningRate)) },
		};
		watch.look(look);
		evaluations.push(look);
	}
	const { first, reached } = watch;
	return { ...whole, outcome: reached ? "reached" : "missed", steps: step, examples: step * spec.batchSize, first, reached, evaluations };
}

test("a metric that falls before it rises: the ladder doesn't follow the runs that learn least", () => {
	const noise = { minSteps: 1, critical: 1, bestAtOne: 0, noise: 0 };
	const trials = simulate(ladderDesign, study, noise, { calibration: null, train: dipping });
	const winner = ladderDesign.answers(study, trials, { extensions: [], calibration: null }).find(({ state }) => state === "reached");
	expect(winner?.learningRate).toBeGreaterThan(0);
	const costOf = (batchSize: number, rate: number) => stepsOf(law, batchSize, rate) * Math.sqrt(batchSize);
	const best = Math.min(...study.batchSizes.flatMap((size) => Array.from({ length: 40 }, (_, k) => costOf(size, 2 ** ((k - 30) / 2)))));
	expect(costOf(winner?.batchSize ?? 0, winner?.learningRate ?? 0) / best).toBeLessThan(1.5);
});
