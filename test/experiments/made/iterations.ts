import { Rng } from "../../../src/core/rng.js";
import { iterations } from "../../../src/experiments/iterations/iterations.js";
import type { Settings } from "../../../src/experiments/iterations/settings.js";
import { type Column, column, type Result, type Task } from "../../../src/experiments/iterations/tasks.js";
import { play } from "../../../src/experiments/lab/play.js";
import { type Curve, closedFormStudy, trainClosedForm } from "../../fixtures/closed-form.js";
import { quick } from "./quick.js";

/** The experiment's own sizes, with a look after every step: S is then known to a step. */
export const asked = quick<Settings, Task, Result>(iterations, (asked) => ({
	...asked,
	study: { ...asked.study, looks: { ratio: 1, examples: 1024 } },
}));
const { settings } = asked;

/** What is known beforehand: the curve, seconds per step at each size, and the noise scale of every run (null: unknown). */
export interface Known {
	readonly curve: Curve;
	readonly secondsPerStep: (batchSize: number) => number;
	readonly noiseScale: number | null;
}

export const known: Known = {
	curve: { minSteps: 600, critical: 24, bestAtOne: -8, noise: 0 },
	secondsPerStep: (batchSize) => 1e-5 * (1 + batchSize / 24),
	noiseScale: 24,
};

export async function made({ curve, secondsPerStep, noiseScale }: Known): Promise<readonly Result[]> {
	const study = closedFormStudy(settings.examples, settings.study);
	const columns = study.batchSizes.map(async (batchSize): Promise<Column> => {
		const { value, trials } = await play(column(study, batchSize), async (spec) => trainClosedForm(study, curve, spec));
		const noise = Array.from({ length: study.seeds.reporting }, (_, seedIndex) => {
			const local = noiseScale === null ? null : noiseScale * (1 + (seedIndex % 3) / 100);
			return { seedIndex, local: [{ step: 0, noiseScale: { estimate: local, low: local, high: local }, signal: 1, variance: 1 }] };
		});
		return { ...value, trials, noise };
	});
	const drift = Rng.fromSeed(1);
	const passes = Array.from({ length: 15 }, () => 1 + 0.01 * drift.uniform());
	const stepTimes = study.batchSizes.map((batchSize) => ({
		batchSize,
		passes: passes.map((slower) => slower * secondsPerStep(batchSize)),
	}));
	return [{ stepTimes }, ...(await Promise.all(columns))];
}
