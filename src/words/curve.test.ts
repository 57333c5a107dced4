import { describe, expect, test } from "vitest";
import { recommendation, smallFindings, smallStudy } from "../../test/fixtures/small-findings.js";
import type { Estimate, Fit, NoiseScaleRun } from "../analysis/findings.js";
import type { Study } from "../study/study.js";
import { noiseScaleSentence, regimeSentence } from "./curve.js";

const { fit } = smallFindings();
const none: Estimate = { estimate: null, low: null, high: null };
const at = (batchSize: number | null, changes: Partial<Fit> = {}) =>
	regimeSentence(smallFindings({ fit: { ...fit, ...changes }, recommendation: { ...recommendation, batchSize } }));
const critical =
	"The critical batch size is 40 [30–55]: well below it steps halve as the batch size doubles, well above it they stay the same.";

describe("regimeSentence", () => {
	test("names the regime and what it means", () => {
		expect(at(4)).toBe(`${critical} Batch size 4 is in the regime of perfect scaling: twice the batch size takes nearly half the steps.`);
		expect(at(32)).toBe(
			`${critical} Batch size 32 is in the regime of diminishing returns: a larger batch still saves steps, but uses more examples.`,
		);
		expect(at(1078)).toBe(
			`${critical} Batch size 1,078 is in the regime of maximal data parallelism: a larger batch saves hardly any steps.`,
		);
		expect(at(null)).toBe(critical);
	});

	test("says so where the interval doesn't tell", () => {
		expect(at(9)).toBe(`${critical} Batch size 9 is in the regime of perfect scaling or of diminishing returns: the interval allows both.`);
	});

	test("no bend: one side is open", () => {
		const bend = { verdict: "no bend in the range tried", criticalBatchSize: { estimate: null, low: 412, high: null } } as const;
		const head = "well below it steps halve as the batch size doubles, well above it they stay the same";
		expect(at(64, bend)).toBe(
			`The curve shows no bend in the range tried: the critical batch size is at least 412 (${head}). ` +
				"Batch size 64 is in the regime of perfect scaling: twice the batch size takes nearly half the steps.",
		);
		expect(at(512, bend)).toBe(
			`The curve shows no bend in the range tried: the critical batch size is at least 412 (${head}). ` +
				"Batch size 512 is in the regime of perfect scaling or of diminishing returns: the interval allows both.",
		);
		expect(at(64, { ...bend, criticalBatchSize: { estimate: null, low: null, high: 2 } })).toBe(
			`The curve shows no bend in the range tried: the critical batch size is at most 2 (${head}). ` +
				"Batch size 64 is in the regime of maximal data parallelism: a larger batch saves hardly any steps.",
		);
		expect(at(64, { ...bend, criticalBatchSize: none })).toBe(
			`The curve shows no bend in the range tried: the critical batch size is unknown (${head}). ` +
				"The regime of batch size 64 is unclear.",
		);
	});

	test("an interval that says next to nothing gives no regime", () => {
		const means = "well below it steps halve as the batch size doubles, well above it they stay the same";
		expect(at(32, { criticalBatchSize: { estimate: 60, low: 8, high: 7000 } })).toBe(
			`These runs barely constrain the critical batch size; the best guess is 60 [8–7,000] (${means}).`,
		);
		expect(at(32, { criticalBatchSize: { estimate: 86, low: null, high: null } })).toBe(
			`These runs barely constrain the critical batch size; the best guess is 86 (${means}).`,
		);
	});

	test("not a hyperbola, too few sizes", () => {
		expect(at(null, { verdict: "not a hyperbola", exponent: { estimate: 1.31, low: 1.12, high: 1.52 } })).toBe(
			`${critical} The runs do not quite follow the curve S_min (1 + B_crit/B): the best exponent for B_crit/B is 1.3 [1.1–1.5], not 1. ` +
				"So the critical batch size is a rough figure.",
		);
		expect(at(32, { verdict: "too few sizes", criticalBatchSize: none })).toBe(
			"Too few batch sizes reached the goal to estimate the critical batch size.",
		);
	});
});

describe("noiseScaleSentence", () => {
	const run = (batchSize: number, mean: Estimate, runs = 1): NoiseScaleRun => ({ batchSize, learningRate: 0.35, runs, mean, local: [] });
	const sentence = (
		noiseScales: readonly NoiseScaleRun[],
		criticalBatchSize: Estimate = fit.criticalBatchSize,
		study: Pick<Study, "workload"> = smallStudy,
	) => noiseScaleSentence(smallFindings({ noiseScales, fit: { ...fit, criticalBatchSize } }), study);
	const script = { workload: { command: ["python3", "train.py"], directory: "/", grace: 2 } };

	test("prediction next to measurement, from the run at the recommended size", () => {
		const runs = [run(1, { estimate: 9, low: 8, high: 10 }), run(32, { estimate: 60, low: 49, high: 76 })];
		expect(sentence(runs)).toBe(
			"The gradient noise scale along a run at batch size 32 predicts a critical batch size of 60 [50–75]; " +
				"the measured one is 40 [30–55], 0.67 times the prediction.",
		);
	});

	test("how far apart they are", () => {
		expect(sentence([run(16, { estimate: 160, low: 130, high: 190 })])).toBe(
			"The gradient noise scale along a run at batch size 16 predicts a critical batch size of 160 [130–190]; " +
				"the measured one is 40 [30–55], 0.25 times the prediction.",
		);
	});

	test("under an optimizer that divides the gradient by its size, the figure and no prediction", () => {
		const divided = { ...run(32, { estimate: 60, low: 49, high: 76 }), isEuclideanOnly: true as const };
		expect(sentence([divided])).toMatch(
			/^The gradient noise scale along a run at batch size 32 is 60 \[50–75\], in the Euclidean norm\. It predicts no critical/,
		);
	});

	test("of several runs, how many", () => {
		expect(sentence([run(16, { estimate: 160, low: 130, high: 190 }, 7)])).toMatch(
			/^The gradient noise scale along 7 runs at batch size 16 /,
		);
	});

	test("what is missing is stated", () => {
		expect(sentence([])).toBeNull();
		expect(sentence([run(32, none)])).toBe(
			"No prediction from the gradient noise: at some of the probes along a run at batch size 32 the gradient could not be separated from its noise.",
		);
		// Several runs of the built-in network are probed under a small budget; there is nothing that its user could report.
		expect(sentence([run(32, none, 3)])).not.toMatch(/Report norms/);
		expect(sentence([run(32, none, 3)], fit.criticalBatchSize, script)).toMatch(
			/at some of the probes along 3 runs at batch size 32 the gradient could not be separated from its noise\. Report norms over more examples/,
		);
		const known = run(32, { estimate: 60, low: 49, high: 76 });
		expect(sentence([known], { estimate: 86, low: 8, high: null })).toBe(
			"The gradient noise scale along a run at batch size 32 predicts a critical batch size of 60 [50–75]; " +
				"the measured one is barely constrained, the best guess is 90 [at least 8].",
		);
		expect(sentence([known], none)).toBe(
			"The gradient noise scale along a run at batch size 32 predicts a critical batch size of 60 [50–75]; the measured one is unknown.",
		);
		expect(sentence([known], { estimate: null, low: 412, high: null })).toBe(
			"The gradient noise scale along a run at batch size 32 predicts a critical batch size of 60 [50–75]; the measured one is at least 412.",
		);
	});
});
