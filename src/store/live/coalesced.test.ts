import { describe, expect, test } from "vitest";
import { sampleTrial } from "../../../test/contract/sample-trial.js";
import { type Outcome, trialKey } from "../../core/trial.js";
import type { LiveMessage } from "../../study/live-event.js";
import { coalesced } from "./coalesced.js";
import { thinned } from "./thinned.js";

const spec = (seedIndex: number) => sampleTrial(seedIndex).spec;
const started = (seedIndex: number): LiveMessage => ({ kind: "trial started", time: "2026-01-01T00:00:00.000Z", spec: spec(seedIndex) });
const looks = (seedIndex: number, ...steps: readonly number[]): LiveMessage => ({
	kind: "looks",
	trial: trialKey(spec(seedIndex)),
	evaluations: steps.map((step) => ({ step, examples: step, metrics: {} })),
});
const ended = (seedIndex: number, outcome: Outcome | "lost" = "reached"): LiveMessage => ({
	kind: "trial ended",
	trial: trialKey(spec(seedIndex)),
	outcome,
});
const progress = (done: number): LiveMessage => ({ kind: "progress", done, expected: 9, secondsLeft: null, answers: [] });
const planned = (...seeds: readonly number[]): LiveMessage => ({
	kind: "planned",
	trials: seeds.map((seedIndex) => ({ spec: spec(seedIndex), reason: "why not" })),
	total: seeds.length,
});
const most = { looks: 4, planned: 2 };

describe("coalesced", () => {
	test("nothing, and what is as short as it can be, stays as it is", () => {
		expect(coalesced([], most)).toEqual([]);
		const messages = [started(0), looks(0, 1), ended(1), progress(1), planned(2)];
		expect(coalesced(messages, most)).toEqual(messages);
	});

	test("a trial's looks are one message, thinned out, where its first ones were", () => {
		expect(coalesced([started(0), looks(0, 1), looks(1, 7), looks(0, 2, 3), looks(0, 4, 5, 6, 7)], most)).toEqual([
			started(0),
			looks(0, 1, 3, 5, 7),
			looks(1, 7),
		]);
	});

	test("a trial that begins and ends in between is left out, one that ends or begins is not", () => {
		expect(coalesced([looks(0, 1), ended(0), started(1), looks(1, 1), looks(1, 2), ended(1), started(2), looks(2, 1)], most)).toEqual([
			looks(0, 1),
			ended(0),
			started(2),
			looks(2, 1),
		]);
	});

	test("a lost trial is mentioned, and begins anew with looks of its own", () => {
		const messages = [started(0), looks(0, 1), ended(0, "lost"), started(0), looks(0, 2)];
		expect(coalesced(messages, most)).toEqual(messages);
		expect(coalesced([...messages, ended(0)], most)).toEqual(messages.slice(0, 3));
	});

	test("only the last plan and the last progress stand, in their places; a plan is cut", () => {
		expect(coalesced([progress(1), planned(1), started(0), planned(4, 5, 6), progress(2)], most)).toEqual([
			started(0),
			{ ...planned(4, 5), total: 3 },
			progress(2),
		]);
	});
});

test("thinned: evenly, with both ends", () => {
	expect(thinned([1, 2, 3], 3)).toEqual([1, 2, 3]);
	expect(thinned([1, 2, 3], 2)).toEqual([1, 3]);
	expect(thinned([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 3, 6, 9]);
	for (let length = 0; length < 40; length++) {
		for (let most = 2; most < 12; most++) {
			const places = thinned(
				Array.from({ length }, (_, i) => i),
				most,
			);
			expect(places.length).toBe(Math.min(length, most));
			expect(new Set(places).size).toBe(places.length);
			expect([...places].sort((a, b) => a - b)).toEqual(places);
			if (length > 0) expect([places[0], places.at(-1)]).toEqual([0, length - 1]);
		}
	}
});
