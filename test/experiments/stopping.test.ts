import { expect, test } from "vitest";
import { Rng } from "../../src/core/rng.js";
import { choose } from "../../src/experiments/stopping/choosing.js";
import { construct, kinds, rightStops } from "../../src/experiments/stopping/constructed.js";
import { figuresOf } from "../../src/experiments/stopping/figures.js";
import { stopOf } from "../../src/experiments/stopping/rules.js";
import { asked, type Known, known, made } from "./made/stopping.js";

const { conclude, settings } = asked;

test.each(kinds)("rules stop where they must: %s", (kind) => {
	expect(rightStops(kind, 200, Rng.fromSeed(1).split(kind))).toBe(200);
});

test("patience by its definition: the first epoch that many after the least so far, on curves of any shape", () => {
	const rng = Rng.fromSeed(2);
	for (let i = 0; i < 300; i++) {
		const loss = Array.from({ length: 30 }, () => rng.below(12));
		const epochs = 1 + rng.below(6);
		const least = (at: number) => loss.indexOf(Math.min(...loss.slice(0, at + 1)));
		const stop = loss.findIndex((_, at) => at - least(at) >= epochs);
		const at = stop < 0 ? 29 : stop;
		const found = stopOf({ kind: "patience", epochs }, { validationLoss: loss, validationAccuracy: [] }, 1);
		expect(found).toEqual({ at, kept: least(at), fired: stop >= 0 });
	}
});

test("a constructed stop that is off by one is noticed", () => {
	const { rule, stop, stepsPerEpoch, ...curves } = construct("turn", Rng.fromSeed(3));
	if (rule.kind !== "patience") throw new Error("a turn is a matter of patience");
	expect(stopOf({ ...rule, epochs: rule.epochs + 1 }, curves, stepsPerEpoch).at).not.toBe(stop.at);
});

test("a choice is scored on the set it was made on and on the other, with both in both parts", () => {
	expect(choose([0.5, 0.9, 0.7], [0.6, 0.4, 0.8])).toEqual({ own: (0.9 + 0.8) / 2, other: (0.4 + 0.7) / 2 });
	// One set harder than the other by a constant: nothing is inflated.
	expect(choose([0.5, 0.75, 0.625], [0.25, 0.5, 0.375])).toEqual({ own: 0.625, other: 0.625 });
});

function concluded(how: Known) {
	const results = made(how);
	const { words, claims } = conclude(results);
	return { figures: figuresOf(settings, results), words, verdicts: claims.map(({ verdict }) => verdict) };
}

test("what the rules save and gain on curves that are known", () => {
	const { figures, words, verdicts } = concluded(known);
	expect(verdicts).toEqual(["supported", "supported", "supported"]);
	const row = figures.rows.find(({ regularizer, batchSize }) => regularizer === "none" && batchSize === 8);
	const [patience, short, target, budget, steps] = row?.rules ?? [];
	expect(patience.epochs.estimate).toBe(50);
	expect(patience.saved.estimate).toBe(0.5);
	// Ten draws of −1, 0, 1, … thousandths around a tenth: a mean of −1/10 of one.
	expect(patience.gain.estimate).toBeCloseTo(0.0999, 12);
	expect([short.epochs.estimate, target.epochs.estimate, budget.epochs.estimate, steps.epochs.estimate]).toEqual([35, 0, 20, 4]);
	expect(figures.earlier[0].epochs.estimate).toBeCloseTo(30 / 50, 12);
	expect(figures.earlier[0].steps.estimate).toBeCloseTo((30 / 50) * 100, 10);
	expect(words[1]).toContain("could have stopped after fewer epochs than the full batch of 200. Counted in steps, it needed more.");
	expect(figures.choices.find(({ of, batchSize }) => of === "epoch" && batchSize === null)?.inflation.estimate).toBeCloseTo(0.004, 12);
});

test("each verdict can be the contrary", () => {
	const early = { turn: () => 30, luck: 0.05, right: settings.cases - 1 };
	const { verdicts, words } = concluded({ ...early, lost: () => 0.1 });
	expect(verdicts).toEqual(["refuted", "refuted", "refuted"]);
	expect(words[3]).toContain("no test score");
	expect(concluded({ ...early, lost: () => 0.001 }).verdicts[2]).toBe("refuted");
	expect(concluded({ ...early, lost: () => 0.001 }).words[0]).toContain("not worth stopping for");
	expect(concluded({ ...early, lost: () => -0.1 }).words[0]).toContain("a loss");
});

test("what the seeds leave open is undecided", () => {
	const { verdicts, words } = concluded({ turn: () => 30, lost: (_, seed) => 0.02 + 0.05 * ((seed % 3) - 1), luck: 0.01 });
	expect(verdicts).toEqual(["undecided", "supported", "undecided"]);
	expect(words[0]).toContain("these runs cannot tell");
});
