import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "../../src/study/contracts.js";
import { exampleStudy } from "../fixtures/example-study.js";
import { sampleTrial } from "./sample-trial.js";
import type { StoreUnderTest } from "./store.js";

const { study } = exampleStudy().stored;
const hash = "3f9a".repeat(16);
const otherHash = "3f9b".repeat(16);

/** What `Store` promises to a reader that follows a study. */
export function followingContract(name: string, prepare: () => StoreUnderTest): void {
	describe(`${name}: a study can be followed`, () => {
		let place: StoreUnderTest;
		let store: Store;
		let id: string;
		const reopen = () => {
			store.close();
			store = place.open();
		};
		beforeEach(() => {
			place = prepare();
			store = place.open();
			id = store.create(study, hash, "1").id;
		});
		afterEach(() => {
			store.close();
			place.dispose();
		});

		/** Each method that writes something of a study. */
		const changes: Readonly<Record<string, () => unknown>> = {
			append: () => store.append(id, sampleTrial(0)),
			setState: () => store.setState(id, "interrupted", 1, null),
			restate: () => store.restate(id, { ...study, name: "another" }),
			saveCalibration: () => store.saveCalibration(id, { machine: "m", stepTimes: [] }),
			saveTestResults: () => store.saveTestResults(id, [{ batchSize: 1, seedIndex: 0, loss: 1, accuracy: 1 }]),
			extend: () => store.extend(id, [{ batchSize: 1, trials: 2 }]),
		};

		test.each(Object.keys(changes))("the change token of store and study is another after %s, that of another study is not", (method) => {
			const other = store.create(study, otherHash, "1");
			const tokens = () => [store.changeToken(), store.changeToken(id), store.changeToken(other.id)];
			const before = tokens();
			changes[method]();
			const after = tokens();
			expect(after[0]).not.toBe(before[0]);
			expect(after[1]).not.toBe(before[1]);
			expect(after[2]).toBe(before[2]);
		});

		test("no change token comes back: each is another than all before", () => {
			const seen = [store.changeToken()];
			for (let i = 0; i < 3; i++) {
				store.append(id, sampleTrial(i));
				seen.push(store.changeToken());
				const other = store.create(study, otherHash, "1");
				seen.push(store.changeToken());
				store.remove(other.id);
				seen.push(store.changeToken());
				const { key } = store.experiments.create({ experiment: "flavors", settings: null, hash, version: "1" });
				seen.push(store.changeToken());
				store.experiments.keep(key, 0, 1, 1);
				seen.push(store.changeToken());
				store.experiments.setState(key, "complete", "d");
				seen.push(store.changeToken());
			}
			expect(new Set(seen).size).toBe(1 + 3 * 6);
		});

		test("neither reading nor a refused write changes the token", () => {
			store.append(id, sampleTrial(0));
			const tokens = () => [store.changeToken(), store.changeToken(id)];
			const before = tokens();
			for (const { result } of store.trials(id)) expect(result.evaluations).toHaveLength(3);
			expect(store.trialsAfter(id, null).trials).toHaveLength(1);
			expect(store.find("digits").id).toBe(id);
			expect(store.findByHash(hash)?.id).toBe(id);
			expect([store.list().length, store.calibration(id), store.testResults(id), store.extensions(id)]).toEqual([1, null, [], []]);
			expect(() => store.append(id, sampleTrial(0))).toThrow("internal:");
			expect(() => store.setState(id, "complete", 1, null)).toThrow("internal:");
			expect(() => store.remove("nope")).toThrow();
			expect(tokens()).toEqual(before);
		});

		test("a study that is made again in the place of a removed one has another token", () => {
			const before = store.changeToken(id);
			store.remove(id);
			expect(store.create(study, hash, "1").id).toBe(id);
			expect(store.changeToken(id)).not.toBe(before);
		});

		test("the trials after a cursor are those that are new, each once and in order", () => {
			expect(store.trialsAfter(id, null)).toMatchObject({ trials: [], restarted: true });
			let { cursor } = store.trialsAfter(id, null);
			const other = store.create(study, otherHash, "1");
			for (const count of [0, 1, 3]) {
				const from = store.find(id).trials;
				const appended = Array.from({ length: count }, (_, i) => sampleTrial(from + i));
				for (const trial of appended) {
					store.append(id, trial);
					store.append(other.id, trial);
				}
				const found = store.trialsAfter(id, cursor);
				expect(found.trials).toEqual(appended);
				expect(found.restarted).toBe(false);
				expect(store.trialsAfter(id, cursor)).toEqual(found); // a cursor may be used again
				cursor = found.cursor;
			}
			expect(store.trialsAfter(id, null)).toEqual({ trials: store.trials(id), restarted: true, cursor });
			const [trial] = store.trialsAfter(id, null).trials;
			expect(trial.result.evaluations).not.toBe(trial.result.evaluations); // read each time they are asked for
		});

		test("a cursor stays valid when the study changes in other ways, and when the store is opened again", () => {
			store.append(id, sampleTrial(0));
			const { cursor } = store.trialsAfter(id, null);
			for (const method of ["setState", "saveCalibration", "saveTestResults", "extend"]) changes[method]();
			reopen();
			store.append(id, sampleTrial(1));
			expect(store.trialsAfter(id, cursor)).toMatchObject({ trials: [sampleTrial(1)], restarted: false });
		});

		test("who follows a study starts again where it was restated", () => {
			store.append(id, sampleTrial(0));
			const { cursor } = store.trialsAfter(id, null);
			store.restate(id, { ...study, objective: "cheapest" });
			const again = store.trialsAfter(id, cursor);
			expect(again).toMatchObject({ trials: [sampleTrial(0)], restarted: true });
			expect(store.trialsAfter(id, again.cursor)).toMatchObject({ trials: [], restarted: false });
		});

		test("who follows a study starts again where it was removed and made again", () => {
			store.append(id, sampleTrial(0));
			const [held] = store.trials(id);
			const { cursor } = store.trialsAfter(id, null);
			store.remove(id);
			expect(() => store.trialsAfter(id, cursor)).toThrow(expect.objectContaining({ code: "store/no-such-study" }));
			store.create(study, hash, "1");
			store.append(id, sampleTrial(1, 5));
			expect(store.trialsAfter(id, cursor)).toMatchObject({ trials: [sampleTrial(1, 5)], restarted: true });
			expect(held.result.evaluations).toEqual([]); // not those of the trial that came after it
		});

		test("what is no cursor of the study starts at the first trial", () => {
			store.append(id, sampleTrial(0));
			const other = store.create(study, otherHash, "1");
			store.append(other.id, sampleTrial(1));
			const strange = store.trialsAfter(other.id, null).cursor;
			for (const cursor of ["", "1", strange, `${store.trialsAfter(id, null).cursor}x`, "1/2/-3"])
				expect(store.trialsAfter(id, cursor)).toMatchObject({ trials: [sampleTrial(0)], restarted: true });
		});

		test("a new writer that finds a study left running changes its token, and one that finds none does not", () => {
			const running = store.changeToken(id);
			reopen();
			const interrupted = [store.changeToken(), store.changeToken(id)];
			expect(interrupted[1]).not.toBe(running);
			reopen();
			expect([store.changeToken(), store.changeToken(id)]).toEqual(interrupted);
		});
	});
}
