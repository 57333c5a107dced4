import { describe, expect, test } from "vitest";
import { Rng } from "../../src/core/rng.js";
import { boxesOf, levelsOf } from "../../src/experiments/claims/boxes.js";
import type { Cell, Conditions, Verdict } from "../../src/experiments/claims/claim.js";
import { headlineOf, holdsOn, verdictInWords } from "../../src/experiments/claims/headline.js";
import { holmAdjusted } from "../../src/experiments/claims/holm.js";
import { judged, widened } from "../../src/experiments/claims/significance.js";
import { conditionData, settingsOf } from "../../src/experiments/conditions/settings.js";
import { asked, made } from "./made/conditions.js";
import { peaked, type RiseOf } from "./made/regularization.js";

const cell = (verdict: Verdict, when: Conditions): Pick<Cell, "when" | "verdict"> => ({ verdict, when });

describe("a verdict over several conditions", () => {
	test("is given where all agree", () => {
		const cells = [cell("refuted", { data: "digits" }), cell("refuted", { data: "blobs" })];
		expect(headlineOf(cells)).toEqual({ verdict: "refuted", dependsOn: [] });
		expect(holdsOn(cells)).toBe("digits and blobs");
	});

	test("depends on what two decided and opposite cells differ in where they differ least", () => {
		const cells = [
			cell("supported", { data: "digits", rate: "low rate" }),
			cell("refuted", { data: "digits", rate: "high rate" }),
			cell("refuted", { data: "blobs", rate: "high rate" }),
			cell("undecided", { data: "blobs", rate: "low rate" }),
		];
		expect(verdictInWords(headlineOf(cells))).toBe("depends on the learning rate");
		expect(holdsOn(cells)).toBe("supported: digits, low rate; refuted: high rate; undecided: blobs, low rate");
	});

	test("depends on nothing where the rest is undecided", () => {
		const cells = [cell("supported", { data: "digits" }), cell("undecided", { data: "blobs" })];
		expect(headlineOf(cells).verdict).toBe("supported in part");
		expect(holdsOn(cells)).toBe("supported: digits; undecided: blobs");
	});
});

describe("conditions in few words", () => {
	const optimizers = ["plain SGD", "momentum 0.9"];
	const rates = ["low rate", "middle rate", "high rate"];
	const tried = ["digits", "blobs"].flatMap((data) => optimizers.flatMap((optimizer) => rates.map((rate) => ({ data, optimizer, rate }))));

	test("what makes no difference comes first, and is not repeated", () => {
		const cells = tried.map((when) => cell(when.rate === "high rate" ? "refuted" : "supported", when));
		expect(holdsOn(cells)).toBe("digits and blobs, plain SGD and momentum 0.9; supported: low rate and middle rate; refuted: high rate");
	});

	test("overlapping sets are named by what they have in common", () => {
		const isRefuted = (when: Conditions) => when.data === "digits" || when.rate === "low rate";
		const cells = tried.map((when) => cell(isRefuted(when) ? "refuted" : "undecided", when));
		expect(holdsOn(cells)).toBe("plain SGD and momentum 0.9; refuted: digits / low rate; undecided: blobs, middle rate and high rate");
	});

	test("boxes hold what they are made of and nothing else, whichever conditions those are", () => {
		const levels = levelsOf(tried);
		const keyOf = (when: Conditions) => `${when.data} ${when.optimizer} ${when.rate}`;
		const rng = Rng.fromSeed(11);
		for (let round = 0; round < 50; round++) {
			const some = tried.filter(() => rng.below(2) === 1);
			const held = boxesOf(some, levels).flatMap((box) =>
				tried.filter((when) => [...box].every(([factor, own]) => own.includes(when[factor as keyof typeof when]))),
			);
			expect(new Set(held.map(keyOf))).toEqual(new Set(some.map(keyOf)));
		}
	});
});

test("Holm's adjustment: the k-th smallest times what is left, never falling", () => {
	expect(holmAdjusted([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
	expect(holmAdjusted([0.6, 0.9])).toEqual([1, 1]);
});

describe("the p-value of a verdict", () => {
	/** One mean of eleven runs, 1 ± t·0.2, held against 0. */
	const q = 2.2281388519649385; // t at 0.05, ten degrees of freedom
	const figures = { mean: { estimate: 1, low: 1 - q * 0.2, high: 1 + q * 0.2 } };
	const pOf = (estimate: number) => {
		const shifted = { mean: { estimate, low: estimate - q * 0.2, high: estimate + q * 0.2 } };
		const findingsAt = (widen: number) => {
			const { mean } = widened(shifted, widen);
			const verdict = mean.low > 0 ? ("supported" as const) : ("undecided" as const);
			return { C8: { verdict, effect: "", interval: mean, evidence: "" } };
		};
		return judged(findingsAt, ["C8"], { comparisons: 1, runs: 11 }, () => false).C8[0].p;
	};

	test("is that of the t test, to a step of the widening", () => {
		// t = 1/0.2 = 5 with ten degrees of freedom: p = 0.000537. A step is a tenth: at t = 4.5 it would be 0.0011.
		expect(pOf(1)).toBeGreaterThanOrEqual(0.000537);
		expect(pOf(1)).toBeLessThan(0.0012);
		expect(pOf(0.1)).toBe(1);
	});

	test("intervals are widened about their estimates; curves and counts stay as they are", () => {
		const { mean, curve } = widened({ ...figures, curve: [1, 2, 3] }, 2);
		expect(mean.low).toBeCloseTo(1 - 2 * q * 0.2, 12);
		expect(mean.high).toBeCloseTo(1 + 2 * q * 0.2, 12);
		expect(curve).toEqual([1, 2, 3]);
	});
});

const never: RiseOf = (regularizer, batchSize, wrongLabels) => Math.min(0.01, peaked(regularizer, batchSize, wrongLabels));
const claimsOf = (rises: readonly RiseOf[]) => asked.conclude(made(rises));

test("a claim that plain SGD supports and momentum refutes depends on momentum, and the words say which is which", () => {
	const { claims, words } = claimsOf([peaked, never]);
	const overfits = claims.find(({ id }) => id === "C38");
	expect(overfits?.verdict).toBe("depends");
	expect(overfits?.cells.map(({ when, verdict }) => [when.optimizer, when.labels, verdict])).toEqual([
		["plain SGD", "labels partly wrong", "supported"],
		["plain SGD", "every label right", "refuted"],
		["momentum 0.9", "labels partly wrong", "refuted"],
		["momentum 0.9", "every label right", "refuted"],
	]);
	expect(words.join(" ")).toContain(
		"C38 (Training too long overfits: the final validation loss exceeds its minimum by δ.): depends on momentum and whether labels are wrong",
	);
});

test("every data set is asked with two optimizers, on seeds that no other experiment has", () => {
	for (const data of conditionData) {
		const { repeats } = settingsOf({ size: "full", seed: 0, data });
		expect(new Set(repeats.map(({ when }) => when.data)).size).toBe(1);
		expect(new Set(repeats.map(({ when }) => when.optimizer)).size).toBe(2);
		expect(JSON.stringify(repeats)).not.toContain('"seed":0');
	}
});
