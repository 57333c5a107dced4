import { expect, test } from "vitest";
import { closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";
import { runWhole } from "../../test/fixtures/whole-study.js";
import { trialKey } from "../core/trial.js";
import type { TrainableStudy } from "./study.js";

const curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };
const own = { command: ["python3", "train.py"], directory: "/", grace: 2 } as const;

test.each<[string, Partial<TrainableStudy>]>([
	["whole", {}],
	["of 20 trials", { budget: { trials: 20, seconds: null } }],
	["of five trainings", { budget: { trials: null, seconds: null, trainings: 5 } }],
	["of a script with 20 trials", { budget: { trials: 20, seconds: null }, workload: own }],
])("a study %s with a single rate to try asks for no trial twice, and finds a size", async (_, change) => {
	const study = closedFormStudy(64, { tune: { learningRate: { from: 0.25, to: 0.25 } }, objective: "cheapest", ...change });
	const { trials, findings } = await runWhole(study, (spec) => trainClosedForm(study, curve, spec));
	const keys = trials.map(({ spec }) => trialKey(spec));
	expect(new Set(keys).size).toBe(keys.length);
	expect(findings.recommendation.batchSize).not.toBeNull();
});
