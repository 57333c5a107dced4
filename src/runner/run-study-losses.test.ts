import { describe, expect, test } from "vitest";
import { closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";
import { curve, digestAfter, freshStore, run, runOn } from "../../test/fixtures/run-closed-form.js";
import { type TrialResult, type TrialSpec, trialKey } from "../core/trial.js";
import type { Executor, LostTrial } from "../study/contracts.js";
import { tradeoffDesign } from "../study/designs.js";
import { studyHash } from "../study/resolve.js";
import { runStudy } from "./run-study.js";

describe("runStudy, where trials or their executor are lost", () => {
	const study = closedFormStudy(64);

	/** Runs everything at once, except what `lost` says. */
	const losing = (lost: (trial: TrialSpec) => TrialResult | LostTrial | null): Executor => ({
		slots: 2,
		run: async (trial) => lost(trial) ?? trainClosedForm(study, curve, trial),
		close: async () => {},
	});

	test("a trial that is lost, or cancelled without being asked to, runs again: the digest is that of an undisturbed run", async () => {
		const whole = freshStore();
		const undisturbed = whole.create(study, studyHash(study), "test");
		await run(whole, undisturbed.id, study);
		const store = freshStore();
		const { id } = store.create(study, studyHash(study), "test");
		const seen = new Map<string, number>();
		const losses: string[] = [];
		const executor = losing((trial) => {
			const times = (seen.get(trialKey(trial)) ?? 0) + 1;
			seen.set(trialKey(trial), times);
			if (times > 1 || trial.seedIndex !== 1) return null;
			return trial.batchSize < 8
				? { outcome: "lost", message: "preempted" }
				: { ...trainClosedForm(study, curve, trial), outcome: "cancelled" };
		});
		const end = await runOn(store, id, executor, (event) => event.kind === "lost" && losses.push(event.message));
		expect(end).toBe("complete");
		expect(new Set(losses)).toEqual(new Set(["preempted", "it was cancelled from outside"]));
		expect(tradeoffDesign.next(study, store.trials(id))).toEqual([]);
		expect(digestAfter(store, id)).toBe(digestAfter(whole, undisturbed.id));
		store.close();
		whole.close();
	});

	test("a trial that is lost again and again ends the run, which can be resumed", async () => {
		const store = freshStore();
		const { id } = store.create(study, studyHash(study), "test");
		let lost = 0;
		const executor = losing(({ batchSize }) => (batchSize === 8 ? { outcome: "lost", message: `gone ${++lost}` } : null));
		await expect(runOn(store, id, executor)).rejects.toMatchObject({ code: "executor/losing", message: expect.stringContaining("gone 3") });
		expect(store.find(id)).toMatchObject({ state: "interrupted", digest: null });
		expect(await run(store, id, study)).toBe("complete");
		store.close();
	});

	test("an executor that can't run trials is an error, and the run ends", async () => {
		const store = freshStore();
		const { id } = store.create(study, studyHash(study), "test");
		for (const broken of [
			() => Promise.reject(new Error("internal: rejected")),
			() => {
				throw new Error("internal: thrown");
			},
		]) {
			const executor: Executor = { slots: 2, run: broken, close: async () => {} };
			const signal = new AbortController().signal;
			const ended = runStudy({ stored: store.find(id), store, design: tradeoffDesign, executor, seconds: null, signal, onEvent: () => {} });
			await expect(ended).rejects.toThrow(/^internal: (rejected|thrown)$/);
			expect(store.find(id).state).toBe("interrupted");
		}
		store.close();
	});
});
