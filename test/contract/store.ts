// Longer than 250 lines: it is one contract, which every store has to keep.
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { trialKey } from "../../src/core/trial.js";
import type { Store } from "../../src/study/contracts.js";
import type { Study } from "../../src/study/study.js";
import { exampleStudy } from "../fixtures/example-study.js";
import { anyTrial } from "./any-trial.js";
import { sampleTrial } from "./sample-trial.js";

/** What a contract needs of an implementation: one place to keep things, emptied before each test. */
export interface StoreUnderTest {
	/** Opens the place's store for writing. */
	open(): Store;
	/** Ends the place. */
	dispose(): void;
}

const { study } = exampleStudy().stored;
const hash = "3f9a".repeat(16);
const otherHash = "3f9b".repeat(16);

/** What every `Store` promises. */
export function storeContract(name: string, prepare: () => StoreUnderTest): void {
	describe(`${name} keeps the contract of a store`, () => {
		let place: StoreUnderTest;
		let store: Store;
		const reopen = () => {
			store.close();
			store = place.open();
		};
		const named = (studyName: string): Study => ({ ...study, name: studyName });

		beforeEach(() => {
			place = prepare();
			store = place.open();
		});
		afterEach(() => {
			store.close();
			place.dispose();
		});

		test("a new study is running, without trials, seconds and digest", () => {
			const before = new Date().toISOString();
			const created = store.create(study, hash, "1.2.3");
			expect(created).toEqual({
				id: "digits-3f9a",
				study,
				hash,
				state: "running",
				created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
				seconds: 0,
				trials: 0,
				digest: null,
				version: "1.2.3",
				backend: "wasm",
			});
			expect(created.created >= before && created.created <= new Date().toISOString()).toBe(true);
			expect(store.list()).toEqual([created]);
			expect(store.find(created.id)).toEqual(created);
		});

		test("a study is restated: the same trials, another name and objective", () => {
			const { id } = store.create(study, hash, "1");
			store.append(id, sampleTrial(0));
			const restated: Study = { ...named("another"), objective: "cheapest", tolerance: 0.1 };
			expect(store.restate(id, restated)).toMatchObject({ id, hash, trials: 1, state: "running", digest: null, study: restated });
			expect(store.find(id).study).toEqual(restated);
			store.setState(id, "complete", 0, "digest");
			const renamed = { ...restated, name: "a third" };
			expect(store.restate(id, renamed)).toMatchObject({ state: "complete", digest: "digest", study: renamed });
			expect(() => store.restate("nope", restated)).toThrow(expect.objectContaining({ code: "store/no-such-study" }));
		});

		test("lists the newest first, and counts trials for each study", () => {
			const first = store.create(named("first"), hash, "1");
			const second = store.create(named("second"), otherHash, "1");
			store.append(first.id, sampleTrial(0));
			store.append(first.id, sampleTrial(1));
			expect(store.list().map(({ id, trials }) => [id, trials])).toEqual([
				[second.id, 0],
				[first.id, 2],
			]);
		});

		test("ids: name and hash, readable, one for each study", () => {
			const ids = [
				store.create(named("Größe & Rate: 2. Versuch!"), hash, "1"),
				store.create(named("日本"), hash, "1"),
				store.create(study, hash, "1"),
				store.create(study, hash, "1"),
				store.create(study, `3f9a0${hash.slice(5)}`, "1"),
				store.create(study, hash, "1"),
			].map(({ id }) => id);
			expect(ids).toEqual(["gro-e-rate-2-versuch-3f9a", "study-3f9a", "digits-3f9a", "digits-3f9a-2", "digits-3f9a0", "digits-3f9a-3"]);
		});

		test("finds by id and by a beginning that fits one only", () => {
			const one = store.create(study, hash, "1");
			const two = store.create(study, otherHash, "1");
			const again = store.create(study, hash, "1");
			expect(store.find("digits-3f9b")).toEqual(two);
			expect(store.find("digits-3f9a")).toEqual(one); // although digits-3f9a-2 begins with it
			expect(store.find("digits-3f9a-")).toEqual(again);
			expect(() => store.find("digits-3")).toThrow(
				expect.objectContaining({ code: "store/ambiguous", fix: "type more of one of these: digits-3f9a-2, digits-3f9b, digits-3f9a" }),
			);
		});

		test("names the nearest ids where none fits", () => {
			expect(() => store.find("digits")).toThrow(
				expect.objectContaining({ code: "store/no-such-study", message: 'no such study in the store: "digits" (the store is empty)' }),
			);
			store.create(study, hash, "1");
			store.create(named("blobs"), hash, "1");
			expect(() => store.find("digit-3f8a")).toThrow(
				expect.objectContaining({ code: "store/no-such-study", fix: "did you mean digits-3f9a? `sweetspot studies` lists them all" }),
			);
			for (const unknown of ["", "x"])
				expect(() => store.find(unknown)).toThrow(expect.objectContaining({ fix: "`sweetspot studies` lists them" }));
		});

		test("every method that is given an unknown id says so", () => {
			const unknown = expect.objectContaining({ code: "store/no-such-study" });
			expect(() => store.trials("nope")).toThrow(unknown);
			expect(() => store.trialsAfter("nope", null)).toThrow(unknown);
			expect(() => store.changeToken("nope")).toThrow(unknown);
			expect(() => store.restate("nope", study)).toThrow(unknown);
			expect(() => store.append("nope", sampleTrial(0))).toThrow(unknown);
			expect(() => store.calibration("nope")).toThrow(unknown);
			expect(() => store.saveCalibration("nope", { machine: "m", stepTimes: [] })).toThrow(unknown);
			expect(() => store.testResults("nope")).toThrow(unknown);
			expect(() => store.saveTestResults("nope", [])).toThrow(unknown);
			expect(() => store.setState("nope", "running", 0, null)).toThrow(unknown);
			expect(() => store.extensions("nope")).toThrow(unknown);
			expect(() => store.extend("nope", [])).toThrow(unknown);
			expect(() => store.remove("nope")).toThrow(unknown);
		});

		test("keeps runs of experiments, each result once and whole", () => {
			const { experiments } = store;
			const of = { experiment: "flavors", settings: { seeds: 2, runs: [1, { rate: 0.5 }] }, hash, version: "1" };
			expect(experiments.list()).toEqual([]);
			const run = experiments.create(of);
			expect(run).toMatchObject({ ...of, state: "running", seconds: 0, digest: null });
			experiments.keep(run.key, 1, { accuracy: 0.1 + 0.2 }, 1.5);
			experiments.keep(run.key, 0, [null, "a"], 0.5);
			expect([...experiments.results(run.key)]).toEqual([
				[0, [null, "a"]],
				[1, { accuracy: 0.1 + 0.2 }],
			]);
			experiments.setState(run.key, "complete", "d");
			expect(experiments.find(hash)).toMatchObject({ key: run.key, state: "complete", seconds: 2, digest: "d" });
			const again = experiments.create(of);
			expect(experiments.list().map(({ key }) => key)).toEqual([again.key, run.key]);
			expect(experiments.find(hash)?.key).toBe(again.key);
			expect(experiments.find(otherHash)).toBeUndefined();
			expect(() => experiments.setState(run.key, "complete", null)).toThrow("digest");
			expect(() => experiments.setState(99, "complete", "d")).toThrow("internal: there is no run 99 of an experiment");
			expect(() => experiments.keep(99, 0, null, 1)).toThrow("internal: there is no run 99 of an experiment");
			expect([...experiments.results(99)]).toEqual([]);
		});

		test("finds the newest study with a hash", () => {
			expect(store.findByHash(hash)).toBeUndefined();
			store.create(study, hash, "1");
			const newest = store.create(study, hash, "1");
			store.create(study, otherHash, "1");
			expect(store.findByHash(hash)).toEqual(newest);
			expect(store.findByHash(hash, "blas")).toBeUndefined();
			const blas = store.create(study, hash, "1", "blas");
			expect(blas.backend).toBe("blas");
			expect(store.findByHash(hash, "blas")).toEqual(blas);
			expect(store.findByHash(hash)).toEqual(newest);
		});

		test("trials come back to the bit and in order, from a reopened store too", () => {
			fc.assert(
				fc.property(fc.uniqueArray(anyTrial, { selector: ({ spec }) => trialKey(spec), maxLength: 6 }), fc.nat(), (trials, cut) => {
					const { id } = store.create(study, hash, "1");
					for (const [i, trial] of trials.entries()) {
						if (trials.length > 0 && i === cut % trials.length) reopen();
						store.append(id, trial);
					}
					expect(store.trials(id)).toEqual(trials); // toEqual distinguishes −0 from 0
					reopen();
					expect(store.trials(id)).toEqual(trials);
					expect(store.find(id).trials).toBe(trials.length);
				}),
				{ numRuns: 40, seed: 1 },
			);
		});

		test("a trial keeps the library that took part in it", () => {
			const { id } = store.create(study, hash, "1", "blas");
			const { spec, result } = sampleTrial(0);
			const trial = { spec, result: { ...result, backend: "OpenBLAS 0.3.21 (Zen)" } };
			store.append(id, trial);
			reopen();
			expect(store.trials(id)).toEqual([trial]);
			expect(store.find(id).backend).toBe("blas");
		});

		test("gives back what it appended as it will read it, with looks that come from the store", () => {
			const { id } = store.create(study, hash, "1");
			const kept = store.append(id, sampleTrial(0));
			expect(kept).toEqual(sampleTrial(0));
			expect(kept).toEqual(store.trials(id)[0]);
			expect(kept.result.evaluations).not.toBe(kept.result.evaluations); // read each time they are asked for
			store.remove(id);
			expect(kept.result.evaluations).toEqual([]);
		});

		test("tells trials apart that differ in a searched momentum, weight decay or flag alone", () => {
			const { id } = store.create(study, hash, "1");
			const { spec, result } = sampleTrial(0);
			const settings = [
				{},
				{ momentum: 0 },
				{ weightDecay: 0 },
				{ momentum: 0, weightDecay: 0 },
				{ momentum: 0.9, weightDecay: 0 },
				{ flags: { warmup: 0 } },
				{ flags: { warmup: 10, beta: 0.9 } },
			];
			for (const setting of settings) store.append(id, { spec: { ...spec, ...setting }, result });
			expect(() => store.append(id, { spec: { ...spec, momentum: 0.9, weightDecay: 0 }, result })).toThrow();
			expect(() => store.append(id, { spec: { ...spec, flags: { beta: 0.9, warmup: 10 } }, result })).toThrow();
			reopen();
			expect(store.trials(id).map((trial) => trial.spec)).toEqual(settings.map((setting) => ({ ...spec, ...setting })));
		});

		test("keeps every trial once, and none that was cancelled", () => {
			const { id } = store.create(study, hash, "1");
			const trial = sampleTrial(0);
			store.append(id, trial);
			expect(() => store.append(id, trial)).toThrow(/^internal: the trial .* is stored already$/);
			expect(() => store.append(id, { ...sampleTrial(1), result: { ...trial.result, outcome: "cancelled" } })).toThrow("internal:");
			expect(store.trials(id)).toEqual([trial]);
			const other = store.create(study, hash, "1");
			store.append(other.id, trial); // the same trial of another study is another
			expect(store.trials(other.id)).toEqual([trial]);
		});

		test("refuses what isn't a number, and stores nothing of it", () => {
			const { id } = store.create(study, hash, "1");
			const trial = sampleTrial(0);
			for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
				const evaluations = [...trial.result.evaluations, { step: 9, examples: 288, metrics: { "train.loss": value } }];
				expect(() => store.append(id, { ...trial, result: { ...trial.result, evaluations } })).toThrow(
					`internal: train.loss is ${value} at step 9`,
				);
			}
			expect(() => store.append(id, { ...trial, result: { ...trial.result, seconds: Number.NaN } })).toThrow(
				"internal: seconds of a trial is NaN",
			);
			expect(() => store.append(id, { ...trial, spec: { ...trial.spec, cap: 0.5 } })).toThrow("internal: cap of a trial is 0.5");
			expect(store.trials(id)).toEqual([]);
		});

		test("calibration and test results: none, saved, replaced, kept", () => {
			const { id } = store.create(study, hash, "1");
			expect(store.calibration(id)).toBeNull();
			expect(store.testResults(id)).toEqual([]);
			const calibrate = (passes: number) => ({
				machine: "a machine",
				stepTimes: [64, 1, 8].map((batchSize) => ({ batchSize, passes: Array.from({ length: passes }, (_, i) => 1e-6 / (i + 3)) })),
			});
			const results = (runs: number) =>
				Array.from({ length: runs }, (_, seedIndex) => ({ batchSize: 8, seedIndex: 9 - seedIndex, loss: 1 / 3, accuracy: 0.1 + 0.2 }));
			store.saveCalibration(id, calibrate(5));
			store.saveTestResults(id, results(7));
			expect(store.calibration(id)).toEqual(calibrate(5));
			expect(store.testResults(id)).toEqual(results(7));
			store.saveCalibration(id, calibrate(2));
			store.saveTestResults(id, results(3));
			reopen();
			expect(store.calibration(id)).toEqual(calibrate(2));
			expect(store.testResults(id)).toEqual(results(3));
			store.saveCalibration(id, { machine: "another", stepTimes: [] });
			expect(store.calibration(id)).toEqual({ machine: "another", stepTimes: [] });
		});

		test("extensions: none, granted in order, kept; a study with more to run is running again and has no digest", () => {
			const { id } = store.create(study, hash, "1");
			expect(store.extensions(id)).toEqual([]);
			store.setState(id, "complete", 1, "d");
			const [first, second] = [
				[
					{ batchSize: 8, trials: 43 },
					{ batchSize: null, trials: 7 },
				],
				[{ batchSize: 8, trials: 1 }],
			];
			store.extend(id, first);
			expect(store.find(id)).toMatchObject({ state: "running", digest: null, seconds: 1 });
			store.extend(id, second);
			reopen();
			expect(store.extensions(id)).toEqual([...first, ...second]);
			expect(store.find(id).state).toBe("interrupted");
		});

		test("state: seconds add up, the digest comes with the end and goes when it runs again", () => {
			const { id } = store.create(study, hash, "1");
			const now = () => {
				const { state, seconds, digest } = store.find(id);
				return { state, seconds, digest };
			};
			store.setState(id, "interrupted", 1.5, null);
			expect(now()).toEqual({ state: "interrupted", seconds: 1.5, digest: null });
			store.setState(id, "complete", 2.25, "d1");
			expect(now()).toEqual({ state: "complete", seconds: 3.75, digest: "d1" });
			store.setState(id, "running", 0, null);
			expect(now()).toEqual({ state: "running", seconds: 3.75, digest: null });
			expect(() => store.setState(id, "complete", 0, null)).toThrow("internal:");
			expect(() => store.setState(id, "running", 0, "d1")).toThrow("internal:");
		});

		test("an experiment's result is replaced by a later one of the same task", () => {
			const { key } = store.experiments.create({ experiment: "flavors", settings: null, hash, version: "1" });
			store.experiments.keep(key, 3, "first", 1);
			store.experiments.keep(key, 3, "second", 1);
			reopen();
			expect([...store.experiments.results(key)]).toEqual([[3, "second"]]);
			expect(store.experiments.list()).toMatchObject([{ key, state: "interrupted", seconds: 2 }]); // left running by a writer that is gone
		});

		test("nothing can be done with a store that was closed", () => {
			const { id } = store.create(study, hash, "1");
			const kept = store.append(id, sampleTrial(0));
			const closed = store;
			reopen();
			const calls = [
				() => closed.list(),
				() => closed.find(id),
				() => closed.trials(id),
				() => closed.changeToken(),
				() => closed.append(id, sampleTrial(1)),
				() => closed.experiments.list(),
				() => kept.result.evaluations,
			];
			for (const call of calls) expect(call).toThrow("internal: the store is closed");
			expect(store.trials(id)).toEqual([sampleTrial(0)]);
		});

		test("a study left running by a writer that is gone is interrupted", () => {
			const { id } = store.create(study, hash, "1");
			const done = store.create(study, otherHash, "1");
			store.setState(done.id, "complete", 1, "d");
			reopen();
			expect(store.find(id).state).toBe("interrupted");
			expect(store.find(done.id).state).toBe("complete");
		});

		test("removing a study takes everything of it, and nothing of another", () => {
			const gone = store.create(study, hash, "1");
			const kept = store.create(study, otherHash, "1");
			for (const { id } of [gone, kept]) {
				store.append(id, sampleTrial(0));
				store.saveCalibration(id, { machine: "m", stepTimes: [{ batchSize: 1, passes: [1] }] });
				store.saveTestResults(id, [{ batchSize: 1, seedIndex: 0, loss: 1, accuracy: 1 }]);
				store.extend(id, [{ batchSize: 1, trials: 2 }]);
			}
			store.remove(gone.id);
			expect(store.list().map(({ id }) => id)).toEqual([kept.id]);
			const again = store.create(study, hash, "1"); // may get the old one's place in the file
			expect([store.trials(again.id), store.calibration(again.id), store.testResults(again.id)]).toEqual([[], null, []]);
			expect([store.extensions(again.id), store.extensions(kept.id)]).toEqual([[], [{ batchSize: 1, trials: 2 }]]);
			expect(store.trials(kept.id)).toEqual([sampleTrial(0)]);
			expect(store.calibration(kept.id)?.stepTimes).toHaveLength(1);
			expect(store.testResults(kept.id)).toHaveLength(1);
		});
	});
}
