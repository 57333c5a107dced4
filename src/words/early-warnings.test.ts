import { expect, test } from "vitest";
import { trial } from "../../test/fixtures/finished-trial.js";
import { smallStudy } from "../../test/fixtures/small-findings.js";
import type { FinishedTrial } from "../core/trial.js";
import { EarlyWarnings } from "./early-warnings.js";

const study = { ...smallStudy, workload: { command: ["python3", "train.py", "--epochs", "3"], directory: "/", grace: 2 } };
const stopped = (steps: number): FinishedTrial =>
	trial({ phase: "tuning", batchSize: 32, learningRate: 1, seedIndex: 0 }, { outcome: "stopped", steps, cap: 500 });
const missed = trial({ phase: "tuning", batchSize: 32, learningRate: 1, seedIndex: 0 });

/** The warnings after each of these trials. */
const saidAfter = (trials: readonly FinishedTrial[], before: readonly FinishedTrial[] = []) => {
	const warnings = new EarlyWarnings(study, before);
	return trials.map((one) => warnings.after(one));
};
const sentence = (trials: number, steps: string) =>
	`${trials} trials have ended by themselves after ${steps} steps, before their limit and without reaching the goal: let the script train ` +
	"for longer (--epochs 3, in workload.command). Sweetspot ends each trial as soon as its outcome is clear, however long the script would train.";

test("the third trial that ended by itself is enough to say so, once", () => {
	expect(saidAfter([stopped(60), missed, stopped(60), stopped(60), stopped(60)])).toEqual([[], [], [], [sentence(3, "60")], []]);
	expect(saidAfter([stopped(60), stopped(30), stopped(1200)])[2]).toEqual([sentence(3, "30 to 1,200")]);
});

test("trials of earlier runs count, and are spoken of with the next one", () => {
	expect(saidAfter([missed, missed], [stopped(60), stopped(60), stopped(60)])).toEqual([[sentence(3, "60")], []]);
});

const looking = (seedIndex: number, accuracies: readonly number[]): FinishedTrial => {
	const { spec, result } = trial({ phase: "tuning", batchSize: 32, learningRate: 1, seedIndex }, { steps: accuracies.length });
	const evaluations = accuracies.map((accuracy, i) => ({ step: i + 1, examples: 32, metrics: { "validation.accuracy": accuracy } }));
	return { spec: { ...spec, seed: seedIndex }, result: { ...result, evaluations } };
};
const rising = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];

test("runs of different seeds that are equal are spoken of once, unless others differ", () => {
	const sentence =
		"Runs of different seeds give equal results, so one run stands for all and there is no interval: give the script its trial's seed " +
		"({seed} in workload.command, or seed in SWEETSPOT_TRIAL), for its weights and the order of examples.";
	expect(saidAfter([looking(0, rising), looking(1, rising), looking(2, rising)])).toEqual([[], [sentence], []]);
	expect(saidAfter([looking(0, rising), looking(1, [0.1, 0.3]), looking(2, rising)])).toEqual([[], [], []]);
	const ours = new EarlyWarnings(smallStudy, []);
	expect([looking(0, rising), looking(1, rising)].flatMap((one) => ours.after(one))).toEqual([]);
});

test("keeps all that it said", () => {
	const warnings = new EarlyWarnings(study, []);
	expect(warnings.said).toEqual([]);
	for (const one of [stopped(60), stopped(60), stopped(60), missed]) warnings.after(one);
	expect(warnings.said).toEqual([sentence(3, "60")]);
});
