import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Curve, closedFormStudy, trainClosedForm } from "../../test/fixtures/closed-form.js";
import type { FinishedTrial, TrialSpec } from "../core/trial.js";
import { inlineExecutor } from "../executors/inline.js";
import { openStore } from "../store/open.js";
import type { Store, Trainer } from "../study/contracts.js";
import { studyHash } from "../study/resolve.js";
import type { Study } from "../study/study.js";
import { tradeoffDesign } from "../study/tradeoff/design.js";
import type { RunEvent } from "./events.js";
import { runStudy } from "./run-study.js";

const curve: Curve = { minSteps: 60, critical: 40, bestAtOne: -8, noise: 0.1 };

/** Trains the closed-form workload; a trial of batch size `deadly` breaks an invariant. */
const trainerOf = (study: Study, deadly = 0): Trainer => ({
	async *train(trial) {
		if (trial.batchSize === deadly) throw new Error("internal: deadly");
		const result = trainClosedForm(study, curve, trial);
		yield { step: result.steps, evaluations: [], result };
	},
	timeSteps: () => 1,
	test: () => null,
});

const freshStore = (): Store => {
	const store = openStore(mkdtempSync(join(tmpdir(), "sweetspot-run-")), { mode: "write" });
	if (!store) throw new Error("no store");
	return store;
};

const run = (
	store: Store,
	id: string,
	study: Study,
	signal = new AbortController().signal,
	onEvent: (event: RunEvent) => void = () => {},
) => runStudy({ stored: store.find(id), store, design: tradeoffDesign, executor: inlineExecutor(trainerOf(study)), signal, onEvent });

const digestAfter = (store: Store, id: string) => store.find(id).digest;

describe("runStudy", () => {
	const study = closedFormStudy(64);

	test("stores what the design asks for, and nothing else", async () => {
		const store = freshStore();
		const { id } = store.create(study, studyHash(study), "test");
		expect(await run(store, id, study)).toBe("complete");
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
});

const keysOf = (trials: readonly FinishedTrial[]): readonly TrialSpec[] =>
	trials.map(({ spec }) => spec).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
