import { describe, expect, test } from "vitest";
import { missedRow, nothingReached, recommendation, row, smallFindings, storedStudy } from "../../../test/fixtures/small-findings.js";
import { viewWith } from "../../../test/fixtures/view.js";
import type { Findings } from "../../analysis/findings.js";
import { renderAnswer } from "./answer.js";
import { widthOf } from "./text.js";

const at = (width: number, findings: Findings = smallFindings(), color = false) =>
	renderAnswer({ width, color }, viewWith({ stored: storedStudy, findings }), {
		report: ".sweetspot/reports/digits-1.html",
		withAdvice: true,
	});
/** The chart has a test of its own. */
const withoutChart = (text: string) =>
	text
		.split("\n\n")
		.filter((block) => !block.startsWith("steps-to-target"))
		.join("\n\n");

const nothingBought = { ...smallFindings().cost, trainings: null, trainingSeconds: null };

describe("renderAnswer", () => {
	test("100 columns", () => {
		expect(withoutChart(at(100))).toBe(`   batch size  learning rate                steps                examples                 time
            1          0.022  3,300 [3,000–3,600]     3,300 [3,000–3,600]     6.6 ms [6.0–7.2]
            4          0.088        880 [810–970]     3,500 [3,200–3,900]     3.5 ms [3.2–3.9]
≈          16           0.25        280 [260–310]     4,500 [4,100–4,900]     3.9 ms [3.6–4.3]
▸          32           0.35        180 [165–200]     5,800 [5,300–6,400]     4.2 ms [3.8–4.6]
           64            0.5        130 [120–145]     8,300 [7,700–9,200]     5.6 ms [5.1–6.1]
          256              1          93 [86–102]  24,000 [22,000–26,000]  15.0 ms [13.5–16.5]
        1,078              —          not reached                       —                    —
▸ recommended   ≈ statistically tied with it   [ ] 95 % interval at that learning rate

The critical batch size is 40 [30–55]: well below it steps halve as the batch size doubles, well
above it they stay the same. Batch size 32 is in the regime of diminishing returns: a larger batch
still saves steps, but uses more examples.

Train with batch size 32 and learning rate 0.35: it reaches a validation accuracy of at least 0.95
in 180 [165–200] steps, 5,800 [5,300–6,400] examples, 4.1 ms [3.9–4.4] of training.

Batch size 16 may be slightly better: these runs cannot tell. But in 98 % of resamples of the runs,
batch size 32 is within 25 % of the best.
Batch size 16 would take 15 % [5–25 %] more time and 8 % [4–13 %] fewer examples.
Batch size 64 would take about as much time (3 % less to 8 % more) and 40 % [30–50 %] more examples.

! Batch size 1,078: the goal was not reached within the limits (limits.epochs, limits.steps).

310 trials, 2,400,000 examples, 12 s.
This answer cost 1,200 trainings counted in examples, or 640 counted in step time: a training is one
run to the goal at this setting.
Report: .sweetspot/reports/digits-1.html
`);
	});

	test("60 columns", () => {
		expect(withoutChart(at(60))).toBe(`   batch   rate                steps                 time
       1  0.022  3,300 [3,000–3,600]     6.6 ms [6.0–7.2]
       4  0.088        880 [810–970]     3.5 ms [3.2–3.9]
≈     16   0.25        280 [260–310]     3.9 ms [3.6–4.3]
▸     32   0.35        180 [165–200]     4.2 ms [3.8–4.6]
      64    0.5        130 [120–145]     5.6 ms [5.1–6.1]
     256      1          93 [86–102]  15.0 ms [13.5–16.5]
   1,078      —          not reached                    —
▸ recommended   ≈ statistically tied with it
[ ] 95 % interval at that learning rate

The critical batch size is 40 [30–55]: well below it steps
halve as the batch size doubles, well above it they stay the
same. Batch size 32 is in the regime of diminishing returns:
a larger batch still saves steps, but uses more examples.

Train with batch size 32 and learning rate 0.35: it reaches
a validation accuracy of at least 0.95 in 180 [165–200]
steps, 5,800 [5,300–6,400] examples, 4.1 ms [3.9–4.4] of
training.

Batch size 16 may be slightly better: these runs cannot
tell. But in 98 % of resamples of the runs, batch size 32 is
within 25 % of the best.
Batch size 16 would take 15 % [5–25 %] more time and
8 % [4–13 %] fewer examples.
Batch size 64 would take about as much time (3 % less to 8 %
more) and 40 % [30–50 %] more examples.

! Batch size 1,078: the goal was not reached within the
  limits (limits.epochs, limits.steps).

310 trials, 2,400,000 examples, 12 s.
This answer cost 1,200 trainings counted in examples, or 640
counted in step time: a training is one run to the goal at
this setting.
Report: .sweetspot/reports/digits-1.html
`);
	});

	test("the chart comes after the table, the answer stays in sight below it", () => {
		const blocks = at(100).split("\n\n");
		expect(blocks[1].startsWith("steps-to-target")).toBe(true);
		expect(blocks[3].startsWith("Train with batch size 32")).toBe(true);
	});

	test("no line is wider than the terminal, down to 48 columns", () => {
		for (let width = 48; width < 130; width++) for (const line of at(width).split("\n")) expect(widthOf(line)).toBeLessThanOrEqual(width);
	});

	test("the recommended row and the answer are emphasised", () => {
		const lines = at(100, smallFindings(), true).split("\n");
		const row = lines.findIndex((line) => line.includes("▸  "));
		expect(lines[row].startsWith("\x1b[1m\x1b[36m▸")).toBe(true);
		expect(lines[row + 1].startsWith(" ")).toBe(true);
		expect(lines.some((line) => line.startsWith("\x1b[1mTrain with batch size 32"))).toBe(true);
		expect(lines.some((line) => line.startsWith("\x1b[33m! Batch size 1,078"))).toBe(true);
	});

	test("sizes at the edge, open and not reached, without seconds", () => {
		const unknown = { median: null, low: null, high: null };
		const tradeoff = [
			{ ...row(32, 2, 181, 1), atEdge: true, seconds: unknown },
			{ ...missedRow(64), outcome: "open" as const, learningRate: 0.5, seconds: unknown },
			missedRow(128),
		];
		expect(at(100, smallFindings({ tradeoff })).split("\n\n")[0]).toBe(`   batch size  learning rate          steps             examples
▸          32             2!  180 [165–200]  5,800 [5,300–6,400]
           64            0.5   not finished                    —
          128              —    not reached                    —
▸ recommended   ! at the end of the rates tried   [ ] 95 % interval at that learning rate`);
	});

	test("nothing reached: no chart, no curve, what to do", () => {
		const text = at(60, smallFindings({ tradeoff: [missedRow(32), missedRow(64)], recommendation: nothingReached, cost: nothingBought }));
		expect(text).toBe(`  batch size  learning rate        steps  examples
          32              —  not reached         —
          64              —  not reached         —

No batch size reached a validation accuracy of at least
0.95.

→ Let trials run longer: limits.epochs is 100, limits.steps
  5,000.
→ Lower the goal: goal.atLeast is 0.95.
→ Try other learning rates: tune.learningRate.from and
  tune.learningRate.to.

310 trials, 2,400,000 examples, 12 s.
Report: .sweetspot/reports/digits-1.html
`);
	});

	test("what isn't decided is a guess, in the table and in the chart", () => {
		const text = at(100, smallFindings({ recommendation: { ...recommendation, verdict: "undecided" } }));
		expect(text).toContain("▸ best guess   ≈ statistically tied with it");
		expect(text).toContain("◆ best guess");
	});

	test("a command is never broken: it has a line of its own where it doesn't fit", () => {
		const text = at(40, smallFindings({ recommendation: { ...recommendation, verdict: "undecided" } }));
		expect(text).toMatch(/\n {2}sweetspot tune --continue digits-1\n/);
		const short = at(100, smallFindings({ recommendation: { ...recommendation, verdict: "undecided" } }));
		expect(short).toContain("→ Run more reporting runs: sweetspot tune --continue digits-1\n");
	});

	test("without a report", () => {
		expect(
			renderAnswer({ width: 60, color: false }, viewWith({ stored: storedStudy, findings: smallFindings() }), {
				report: null,
				withAdvice: false,
			}),
		).not.toContain("Report");
	});
});
