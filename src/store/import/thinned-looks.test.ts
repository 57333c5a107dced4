import { expect, test } from "vitest";
import type { ImportedLook } from "./look.js";
import { ThinnedLooks } from "./thinned-looks.js";

const look = (step: number, metrics: ImportedLook["metrics"], diverged = false): ImportedLook => ({
	line: step + 1,
	step,
	examples: null,
	seconds: null,
	metrics,
	diverged,
});

const kept = (looks: readonly ImportedLook[]): readonly ImportedLook[] => {
	const thinned = new ThinnedLooks(["train.loss", "validation.accuracy"], "validation.accuracy");
	for (const one of looks) thinned.add(one);
	return thinned.all;
};
const losses = Array.from({ length: 20_000 }, (_, i) => look(i + 1, { "train.loss": 1 / (i + 1) }));

test("of a metric that the goal isn't on, the first 1,000 are kept, then one in each hundredth of the way, and the last", () => {
	const steps = kept(losses).map(({ step }) => step);
	expect(steps.slice(0, 1000)).toEqual(losses.slice(0, 1000).map(({ step }) => step));
	expect(steps.length).toBeLessThan(1000 + Math.log(20) / Math.log(1.01) + 2);
	expect(steps[steps.length - 1]).toBe(20_000);
	for (let i = 1000; i < steps.length - 1; i++) expect(steps[i]).toBeLessThan(1.011 * steps[i - 1] + 1);
});

test("lines that have the goal's metric, or diverged, are all kept", () => {
	const goals = losses.map(({ step }) => look(step, { "validation.accuracy": 0.5 }));
	expect(kept(goals)).toEqual(goals);
	expect(kept([...losses, look(20_001, {}, true)]).filter(({ diverged }) => diverged)).toHaveLength(1);
});

test("where steps go back, the line before and those behind it are kept", () => {
	const steps = kept([...losses, look(5000, { "train.loss": 9 }), look(5001, { "train.loss": 9 })]).map(({ step }) => step);
	expect(steps.slice(-3)).toEqual([20_000, 5000, 5001]);
});
