import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FinishedTrial } from "../../src/core/trial.js";
import type { Store } from "../../src/study/contracts.js";
import { exampleStudy } from "../fixtures/example-study.js";
import { sampleTrial } from "./sample-trial.js";
import type { StoreUnderTest } from "./store.js";

const { study } = exampleStudy().stored;
const hash = "3f9a".repeat(16);

/** Sets every number and text in a value to another, and lengthens every list: what a careless caller might do. */
function spoil(value: unknown): void {
	if (typeof value !== "object" || value === null) return;
	for (const [key, member] of Object.entries(value)) {
		spoil(member);
		if (typeof member === "number") Reflect.set(value, key, -99);
		if (typeof member === "string") Reflect.set(value, key, "spoilt");
	}
	if (Array.isArray(value)) value.push("spoilt");
}

const gradientNorms = [{ step: 1, small: { batch: 2, squaredNorm: 3 }, big: { batch: 4, squaredNorm: 5 } }];
const trial = (): FinishedTrial => {
	const { spec, result } = sampleTrial(0);
	return structuredClone({ spec, result: { ...result, gradientNorms, clock: { steps: 1, seconds: 2, startUp: false } } });
};
const calibration = () => ({ machine: "m", stepTimes: [{ batchSize: 1, passes: [1, 2] }] });
const results = () => [{ batchSize: 1, seedIndex: 0, loss: 1, accuracy: 0.5 }];
const extensions = () => [{ batchSize: 1, trials: 2 }];
const run = () => ({ experiment: "flavors", settings: { rates: [1, 2] }, hash, version: "1" });

/** `Store` promises that changing what it was given, or what it returned, changes nothing that is stored. */
export function copiesContract(name: string, prepare: () => StoreUnderTest): void {
	describe(`${name} keeps and returns copies`, () => {
		let place: StoreUnderTest;
		let store: Store;
		beforeEach(() => {
			place = prepare();
			store = place.open();
		});
		afterEach(() => {
			store.close();
			place.dispose();
		});

		const everything = (id: string) => ({
			stored: store.list(),
			trials: store.trials(id),
			calibration: store.calibration(id),
			results: store.testResults(id),
			extensions: store.extensions(id),
			runs: store.experiments.list().map(({ created: _, ...rest }) => rest),
			ofRuns: [...store.experiments.results(1)],
		});
		const stored = (id: string) => ({
			stored: [expect.objectContaining({ id, hash, study, state: "running", seconds: 0, trials: 1 })],
			trials: [trial()],
			calibration: calibration(),
			results: results(),
			extensions: extensions(),
			runs: [{ key: 1, ...run(), state: "running", seconds: 1, digest: null }],
			ofRuns: [[0, { accuracy: [0.5] }]],
		});

		test("what it was given may be changed", () => {
			const given = { study: structuredClone(study), run: run(), result: { accuracy: [0.5] } };
			const { id } = store.create(given.study, hash, "1");
			const { key } = store.experiments.create(given.run);
			store.experiments.keep(key, 0, given.result, 1);
			spoil(given);
			const parts = { trial: trial(), calibration: calibration(), results: results(), extensions: extensions() };
			store.append(id, parts.trial);
			store.saveCalibration(id, parts.calibration);
			store.saveTestResults(id, parts.results);
			store.extend(id, parts.extensions);
			spoil(parts);
			expect(everything(id)).toEqual(stored(id));
			const restated = structuredClone(study);
			store.restate(id, restated);
			spoil(restated);
			expect(everything(id)).toEqual(stored(id));
		});

		test("what it returned may be changed", () => {
			const created = store.create(study, hash, "1");
			const { id } = created;
			const { key } = store.experiments.create(run());
			store.experiments.keep(key, 0, { accuracy: [0.5] }, 1);
			const appended = store.append(id, trial());
			store.saveCalibration(id, calibration());
			store.saveTestResults(id, results());
			store.extend(id, extensions());
			const returned = [created, appended, everything(id), store.find(id), store.findByHash(hash), store.trialsAfter(id, null)];
			spoil(returned);
			spoil([...store.experiments.results(key).values()]);
			expect(everything(id)).toEqual(stored(id));
		});
	});
}
