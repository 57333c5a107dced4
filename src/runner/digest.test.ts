import { expect, test } from "vitest";
import { sampleTrial } from "../../test/contract/sample-trial.js";
import { canonicalJson, sha256Hex } from "../core/canonical.js";
import { type FinishedTrial, trialKey } from "../core/trial.js";
import { digestOf } from "./digest.js";

/** The definition, with all trials in one text. */
const reference = (trials: readonly FinishedTrial[]): string => {
	const entries = trials.map(({ spec, result }) => {
		const { seconds: _, probes: __, message: ___, ...covered } = result;
		return { key: trialKey(spec), seed: spec.seed, until: spec.until, ...covered };
	});
	return sha256Hex(canonicalJson(entries.sort((a, b) => (a.key < b.key ? -1 : 1))));
};

test("is the hash of one canonical list, in any order of arrival, without what was cancelled", () => {
	for (const count of [0, 1, 2, 25]) {
		const trials = Array.from({ length: count }, (_, i) => sampleTrial(i, 5));
		const cancelled: FinishedTrial = { ...sampleTrial(99), result: { ...sampleTrial(99).result, outcome: "cancelled" } };
		expect(digestOf(trials)).toBe(reference(trials));
		expect(digestOf([cancelled, ...[...trials].reverse()])).toBe(reference(trials));
	}
});

test("covers every look, but no seconds and no probes", () => {
	const trial = sampleTrial(0);
	const digest = digestOf([trial]);
	expect(digestOf([{ ...trial, result: { ...trial.result, seconds: 9, probes: [] } }])).toBe(digest);
	const [look, ...others] = trial.result.evaluations;
	const changed = [{ ...look, metrics: { ...look.metrics, "train.loss": 0.25 } }, ...others];
	expect(digestOf([{ ...trial, result: { ...trial.result, evaluations: changed } }])).not.toBe(digest);
});

test("leaves out trials at equal seconds and of the author's own setting, whose steps depend on the machine", () => {
	const trials = Array.from({ length: 3 }, (_, i) => sampleTrial(i));
	const { spec, result } = sampleTrial(9);
	expect(digestOf([...trials, { spec: { ...spec, phase: "seconds tuning" }, result }])).toBe(digestOf(trials));
	expect(digestOf([...trials, { spec: { ...spec, phase: "baseline" }, result }])).toBe(digestOf(trials));
	expect(digestOf([...trials, { spec: { ...spec, phase: "steps tuning" }, result }])).not.toBe(digestOf(trials));
});
