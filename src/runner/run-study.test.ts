import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";
import { curve, digestAfter, freshStore, run, runOn, trainerOf } from "../../test/fixtures/run-closed-form.js";
import { SweetspotError } from "../core/errors.js";
import { type FinishedTrial, type TrialResult, type TrialSpec, trialKey } from "../core/trial.js";
import { inlineExecutor } from "../executors/inline.js";
import type { Executor, Store, Trainer } from "../study/contracts.js";
import { tradeoffDesign } from "../study/designs.js";
import { studyHash } from "../study/resolve.js";
import type { Study } from "../study/study.js";
import type { RunEvent } from "./events.js";
import { runStudy } from "./run-study.js";

describe("runStudy", () => {
	const study = closedFormStudy(64);

	test("stores what the design asks for, and nothing else", async () => {
		const store = freshStore();
		const { id } = store.create(study, studyHash(study), "test");
		let most = 0;
		const count = (event: RunEvent) => {
			if ("running" in event) most = Math.max(most, event.running);
		};
		expect(await run(store, id, study, undefined, count)).toBe("complete");
		expect(most).toBe(1); // there is one slot: what waits for it isn't running
		expect(tradeoffDesign.next(study, store.trials(id))).toEqual([]);
		expect(store.find(id).state).toBe("complete");
		store.close();
	});

	test("interrupted anywhere and resumed, ends with the digest of an uninterrupted run", async () => {
		const whole = freshStore();
		const uninterrupted = whole.create(study, studyHash(study), "test");
		await run(whole, uninterrupted.id, study);

		const store = freshStore();
		const { id } = store.create(study, studyHash(study), "test");
		for (const after of [1, 20, 60]) {
			const controller = new AbortController();
			let seen = 0;
			const end = await run(
				store,
				id,
				study,
				controller.signal,
				({ kind }) => kind === "finished" && ++seen === after && controller.abort(),
			);
			expect(end).toBe("interrupted");
			expect(store.find(id)).toMatchObject({ state: "interrupted", digest: null });
		}
		expect(await run(store, id, study)).toBe("complete");
		expect(digestAfter(store, id)).toBe(digestAfter(whole, uninterrupted.id));
		expect(keysOf(store.trials(id))).toEqual(keysOf(whole.trials(uninterrupted.id)));
		store.close();
		whole.close();
	});

	test("a trainer that breaks fails its trials as data, and the rest of the study goes on", async () => {
		const store = freshStore();
		const { id } = store.create(study, studyHash(study), "test");
		const executor = inlineExecutor(trainerOf(study, 8));
		await runStudy({
			stored: store.find(id),
			store,
			design: tradeoffDesign,
			executor,
			seconds: null,
			signal: new AbortController().signal,
			onEvent: () => {},
		});
		const failed = store.trials(id).filter(({ result }) => result.outcome === "failed");
		expect(new Set(failed.map(({ spec }) => spec.batchSize))).toEqual(new Set([8]));
		expect(failed[0].result.message).toBe("internal: deadly");
		const states = tradeoffDesign.answers(study, store.trials(id)).map(({ batchSize, state }) => [batchSize, state]);
		expect(states).toEqual([1, 2, 4, 8, 16, 32, 64].map((size) => [size, size === 8 ? "not reached" : "reached"]));
		store.close();
	});

	test("trials that fail at the beginning are reported as soon as one succeeds, each with its own number", async () => {
		const store = freshStore();
		const { id } = store.create(study, studyHash(study), "test");
		const counts: number[] = [];
		let begun = 0;
		const trainer: Trainer = {
			...trainerOf(study),
			async *train(trial, stop) {
				if (++begun <= 2) throw new Error("not yet");
				yield* trainerOf(study).train(trial, stop);
			},
		};
		await runStudy({
			stored: store.find(id),
			store,
			design: tradeoffDesign,
			executor: inlineExecutor(trainer),
			seconds: null,
			signal: new AbortController().signal,
			onEvent: (event) => {
				if (event.kind === "finished") counts.push(event.progress.done);
			},
		});
		expect(counts).toEqual(counts.map((_, i) => i + 1));
		expect(counts.length).toBe(store.trials(id).length);
		store.close();
	});

	test("a result that can't be stored ends the run and cancels the others; what was reported is stored, and it goes on from there", async () => {
		const full = new SweetspotError("store/full", "the disk is full", "free some space");
		const inner = freshStore();
		const { id } = inner.create(study, studyHash(study), "test");
		let room = 25;
		const filling: Store = Object.assign(Object.create(inner) as Store, {
			find: (of: string) => inner.find(of),
			trials: (of: string) => inner.trials(of),
			extensions: (of: string) => inner.extensions(of),
			calibration: (of: string) => inner.calibration(of),
			setState: (...args: Parameters<Store["setState"]>) => inner.setState(...args),
			append: (of: string, trial: FinishedTrial) => {
				if (room-- <= 0) throw full;
				return inner.append(of, trial);
			},
		});
		const reported: string[] = [];
		const executor = threeAtOnce(study);
		const ended = runStudy({
			stored: inner.find(id),
			store: filling,
			design: tradeoffDesign,
			executor,
			seconds: null,
			signal: new AbortController().signal,
			onEvent: (event) => event.kind === "finished" && reported.push(trialKey(event.trial.spec)),
		});
		await expect(ended).rejects.toBe(full);
		expect(inner.find(id)).toMatchObject({ state: "interrupted", digest: null, trials: 25 });
		expect(inner.trials(id).map(({ spec }) => trialKey(spec))).toEqual(reported);
		await executor.close(); // nothing runs on: else this would wait for ever

		expect(await run(inner, id, study)).toBe("complete");
		const whole = freshStore();
		const uninterrupted = whole.create(study, studyHash(study), "test");
		await run(whole, uninterrupted.id, study);
		expect(digestAfter(inner, id)).toBe(digestAfter(whole, uninterrupted.id));
		inner.close();
		whole.close();
	});

	test("counts as complete only when what was left to do at the end is done", async () => {
		const store = freshStore();
		const { id } = store.create(study, studyHash(study), "test");
		const ending = (conclude: () => Promise<boolean>, controller = new AbortController()) => {
			const executor = inlineExecutor(trainerOf(study));
			const { signal } = controller;
			return runStudy({
				stored: store.find(id),
				store,
				design: tradeoffDesign,
				executor,
				seconds: null,
				signal,
				onEvent: () => {},
				conclude,
			});
		};
		const failing = async () => {
			throw new Error("the test set is gone");
		};
		await expect(ending(failing)).rejects.toThrow("the test set is gone");
		expect(store.find(id)).toMatchObject({ state: "interrupted", digest: null });
		const controller = new AbortController();
		const interrupting = async () => {
			controller.abort();
			return false;
		};
		expect(await ending(interrupting, controller)).toBe("interrupted");
		expect(store.find(id).state).toBe("interrupted");
		const states: string[] = [];
		expect(await ending(async () => states.push(store.find(id).state) < 3)).toBe("complete");
		expect(states).toEqual(["running", "running", "running"]); // as long as it says that there is more
		expect(store.find(id).state).toBe("complete");
		store.close();
	});

	test("says what is planned and why, what starts, and the looks of running trials as they come", async () => {
		const store = freshStore();
		const { id } = store.create(study, studyHash(study), "test");
		const looks = [1, 2].map((step) => ({ step, examples: step, metrics: { "validation.loss": 1 / step } }));
		const executor: Executor = {
			slots: 1,
			run: async (trial, _signal, onProgress) => {
				onProgress?.({ step: 0, evaluations: [] });
				for (const look of looks) onProgress?.({ step: look.step, evaluations: [look] });
				return trainClosedForm(study, curve, trial);
			},
			close: async () => {},
		};
		const events: RunEvent[] = [];
		await runOn(store, id, executor, (event) => events.push(event));
		const [planned, started] = events;
		const said = events.filter((event) => event.kind === "looks").slice(0, 2);
		expect(planned).toMatchObject({ kind: "planned" });
		if (planned.kind !== "planned" || started.kind !== "started") throw new Error("in another order");
		expect(planned.trials.length).toBeGreaterThan(0);
		expect(started.reason.kind).toBe("tuning");
		expect(said.map(({ trial, evaluations }) => [trialKey(trial), evaluations])).toEqual(
			looks.map((look) => [trialKey(started.trial), [look]]),
		);
		const plain = events.filter(({ kind }) => kind !== "finished");
		expect(JSON.parse(JSON.stringify(plain))).toEqual(plain);
		expect(events.filter(({ kind }) => kind === "finished")).toHaveLength(store.trials(id).length);
		store.close();
	});
});

/** Three trials at once: the first 26 end after a turn of the event loop, all others only when they are cancelled. */
function threeAtOnce(study: Study): Executor {
	let started = 0;
	const running = new Set<Promise<TrialResult>>();
	const train = async (trial: TrialSpec, signal: AbortSignal): Promise<TrialResult> => {
		const result = trainClosedForm(study, curve, trial);
		if (++started <= 26) await setImmediate();
		else await new Promise((resolve) => (signal.aborted ? resolve(null) : signal.addEventListener("abort", resolve)));
		return signal.aborted ? { ...result, outcome: "cancelled" } : result;
	};
	return {
		slots: 3,
		run(trial, signal) {
			const result = train(trial, signal);
			running.add(result);
			return result;
		},
		close: async () => void (await Promise.all(running)),
	};
}

const keysOf = (trials: readonly FinishedTrial[]): readonly TrialSpec[] =>
	trials.map(({ spec }) => spec).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
