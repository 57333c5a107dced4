import type { Evaluation } from "../../src/core/trial.js";
import { inlineExecutor } from "../../src/executors/inline.js";
import { runStudy } from "../../src/runner/run-study.js";
import type { Store, StoredStudy } from "../../src/study/contracts.js";
import { tradeoffDesign } from "../../src/study/designs.js";
import { studyHash } from "../../src/study/resolve.js";
import type { Study } from "../../src/study/study.js";
import { type Curve, closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.3 };
/** Seeds of a block are what makes a study large. */
export const study = (name: string, examples: number, tuning: number, selecting: number, reporting: number): Study =>
	closedFormStudy(examples, { name, seeds: { tuning, selecting, reporting } });

/** `count` looks on the way to a result, with the metrics a look has: of the goal's set, or of both where learning curves are kept. */
const looksOf = (count: number, batchSize: number, curves: boolean): Evaluation[] =>
	Array.from({ length: count }, (_, i) => {
		const share = (i + 1) / count;
		const validation = { "validation.loss": 2.3 / (1 + 9 * share), "validation.accuracy": 0.1 + 0.8 * share };
		const train = { "train.loss": 2.3 / (1 + 12 * share), "train.accuracy": 0.1 + 0.85 * share };
		return { step: i + 1, examples: (i + 1) * batchSize, metrics: curves ? { ...train, ...validation } : validation };
	});

/** Runs a study of the closed-form workload in this thread; gives the milliseconds at which each trial was finished. */
export async function runClosedForm(
	store: Store,
	what: Study,
	looks: number,
): Promise<{ readonly stored: StoredStudy; readonly ends: readonly number[] }> {
	const stored = store.create(what, studyHash(what), "bench");
	const executor = inlineExecutor({
		async *train(trial) {
			const result = trainClosedForm(what, curve, trial);
			yield {
				step: result.steps,
				evaluations: [],
				result: looks === 1 ? result : { ...result, evaluations: looksOf(looks, trial.batchSize, trial.curves) },
			};
		},
	});
	const ends: number[] = [performance.now()];
	const signal = new AbortController().signal;
	store.saveCalibration(stored.id, {
		machine: "none: the workload is a formula",
		stepTimes: what.batchSizes.map((batchSize) => ({
			batchSize,
			passes: Array.from({ length: 15 }, (_, i) => (1e-5 + 1e-7 * batchSize) * (1 + 0.01 * (i % 3))),
		})),
	});
	await runStudy({
		stored,
		store,
		design: tradeoffDesign,
		executor,
		seconds: null,
		signal,
		onEvent: ({ kind }) => kind === "finished" && ends.push(performance.now()),
	});
	return { stored: store.find(stored.id), ends };
}

/** Looks of each trial of the large store. */
export const looks = 1000;

/** Some 11,000 trials: one large study, five small ones, and one that misses its goal. */
export async function fillLargeStore(store: Store): Promise<{ readonly large: StoredStudy; readonly notReached: StoredStudy }> {
	const { stored: large } = await runClosedForm(store, study("large", 4096, 45, 90, 280), looks);
	for (const seed of [1, 2, 3, 4, 5]) await runClosedForm(store, { ...study("small", 1000, 7, 10, 15), seed }, looks);
	const missed = {
		...study("missed", 1000, 3, 4, 7),
		goal: { metric: "validation.accuracy", atLeast: 0.99 },
		limits: { epochs: 0.01, steps: 20, seconds: null },
	} as const;
	const { stored: notReached } = await runClosedForm(store, missed, looks);
	return { large, notReached };
}
