import { expect, test } from "vitest";
import type { Json } from "../../src/core/canonical.js";
import { Rng } from "../../src/core/rng.js";
import type { Arm, Cell } from "../../src/experiments/lab/overfit/cell.js";
import { choose } from "../../src/experiments/stopping/choosing.js";
import { construct, kinds, rightStops } from "../../src/experiments/stopping/constructed.js";
import type { Figures } from "../../src/experiments/stopping/figures.js";
import { stopOf } from "../../src/experiments/stopping/rules.js";
import type { Result, Settings, Task } from "../../src/experiments/stopping/settings.js";
import { stopping } from "../../src/experiments/stopping/stopping.js";

const settings = stopping.settings({ size: "quick", seed: 0, data: null }) as unknown as Settings;
const tasks = stopping.tasks(settings as unknown as Json) as unknown as readonly Task[];

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

/**
 * Runs whose validation loss is least at `turn`, where the accuracy on both held-out sets is 0.8, and whose accuracy then falls by `lost`, a little more or
 * less from seed to seed. At two other epochs luck adds `luck` to one set each.
 */
function curves(turn: number, lost: number, luck: number): Cell["runs"][number] {
	const epochs = Array.from({ length: settings.epochs + 1 }, (_, i) => i);
	const accuracy = epochs.map((epoch) => (epoch <= turn ? 0.8 : 0.8 - (lost * (epoch - turn)) / (settings.epochs - turn)));
	const lucky = (at: number) => accuracy.map((value, epoch) => (epoch === at ? 0.8 + luck : value));
	return {
		trainLoss: epochs.map(() => 1),
		validationLoss: epochs.map((epoch) => 1 + Math.abs(epoch - turn) / 100),
		validationAccuracy: lucky(turn - 1),
		testAccuracy: lucky(turn - 2),
		diverged: false,
	};
}

interface Made {
	readonly turn: (arm: Arm) => number;
	readonly lost: (arm: Arm, seed: number) => number;
	readonly luck: number;
	readonly right?: number;
}

function concluded({ turn, lost, luck, right = settings.cases }: Made) {
	const results = tasks.map((task): Result => {
		if (task.kind === "cases") return { kind: "cases", of: task.of, right };
		const { arm, seeds } = task;
		const runs = Array.from({ length: seeds.reporting }, (_, seed) => curves(turn(arm), lost(arm, seed), luck));
		return { kind: "cell", arm, tuned: { rate: 0.0625, atEdge: false, tried: [] }, runs };
	});
	const { results: figures, words, claims } = stopping.conclude(settings as unknown as Json, results as unknown as readonly Json[]);
	return { figures: figures as unknown as Figures, words, verdicts: claims.map(({ verdict }) => verdict) };
}

const regularizedHelps = ({ regularizer }: Arm, seed: number) => (regularizer === "none" ? 0.1 : 0.005) + 0.001 * ((seed % 3) - 1);

test("what the rules save and gain on curves that are known", () => {
	const { figures, words, verdicts } = concluded({
		turn: ({ batchSize }) => (batchSize === 2 ? 10 : 30),
		lost: regularizedHelps,
		luck: 0.004,
	});
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
	expect(words[1]).toContain("could have stopped after fewer epochs than the full one of 200, and more steps");
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
