import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { Screen } from "../../../test/fixtures/screen.js";
import { storedStudy } from "../../../test/fixtures/small-findings.js";
import type { ColumnAnswer } from "../../core/column.js";
import type { LadderArm } from "../../core/ladder.js";
import type { FinishedTrial, TrialResult, TrialSpec } from "../../core/trial.js";
import type { RunEvent } from "../../runner/events.js";
import type { Progress } from "../../study/progress.js";
import { createProgress } from "./progress.js";
import { type ProgressView, progressLines } from "./progress-lines.js";
import { colorsOf, type Terminal } from "./terminal.js";
import { widthOf } from "./text.js";

const answerAt = (batchSize: number, state: ColumnAnswer["state"], steps: number | null = null): ColumnAnswer => ({
	batchSize,
	state,
	learningRate: state === "reached" ? 0.5 : null,
	steps,
	atEdge: false,
	replaced: [],
	reportingRuns: state === "reached" ? 7 : 0,
});
const progressAt = (done: number, expected: number): Progress => ({
	done,
	expected,
	secondsLeft: 11.4,
	answers: [
		answerAt(1, "reached", 3280),
		answerAt(32, "reached", 180),
		answerAt(256, "open", 93),
		answerAt(512, "open"),
		answerAt(1078, "not reached"),
	],
});
const spec: TrialSpec = {
	phase: "reporting",
	batchSize: 32,
	learningRate: 2 ** -1.5,
	seedIndex: 3,
	seed: 7,
	cap: 5000,
	until: "goal",
	curves: true,
	probe: false,
};
const reached: TrialResult = {
	outcome: "reached",
	steps: 250,
	examples: 8000,
	first: { after: 170, step: 178, examples: 5696 },
	reached: { after: 178, step: 187, examples: 5984 },
	evaluations: [],
	probes: [],
	seconds: 0.1,
	message: null,
};
const finished = (done: number, expected: number, trial: Partial<FinishedTrial> = {}): RunEvent => ({
	kind: "finished",
	trial: { spec, result: reached, ...trial },
	running: 2,
	progress: progressAt(done, expected),
});

describe("progressLines", () => {
	const view: ProgressView = {
		title: "digits: the goal",
		progress: progressAt(93, 310),
		running: 2,
		queue: null,
		revisedFrom: null,
		remark: null,
	};
	const at = (width: number, changes: Partial<ProgressView> = {}) =>
		progressLines({ ...view, ...changes }, width, colorsOf({ color: false }));

	test("100 columns", () => {
		expect(at(100)).toEqual([
			"digits: the goal",
			"████████████░░░░░░░░░░░░░░░░░░░░░░░░░░░░  93/≈310 trials · 11 s left · 2 running",
			"  best so far (✓ settled, ✗ goal not reached)",
			"  ✓     1  3,280 steps        256  93 steps       ✗ 1,078  not reached",
			"  ✓    32  180 steps          512  –",
		]);
	});

	test("60 columns", () => {
		expect(at(60)).toEqual([
			"digits: the goal",
			"█████▋░░░░░░░░░░░░░  93/≈310 trials · 11 s left · 2 running",
			"  best so far (✓ settled, ✗ goal not reached)",
			"  ✓     1  3,280 steps        512  –",
			"  ✓    32  180 steps      ✗ 1,078  not reached",
			"      256  93 steps",
		]);
	});

	test("never as wide as the window, or the cursor would go to the next line", () => {
		for (let width = 12; width < 130; width++)
			for (const line of at(width, { revisedFrom: 280 })) expect(widthOf(line)).toBeLessThan(width);
	});

	test("the arms of a ladder stand in place of the sizes: the best first, with how many were left behind", () => {
		const arm = (batchSize: number, state: LadderArm["state"], times: number | null, value?: number): LadderArm => ({
			...{ batchSize, learningRate: 0.25, state, times, steps: 44, runs: 1, examples: 44 * batchSize },
			looks: value === undefined ? [] : [{ step: 44, examples: 44 * batchSize, value }],
		});
		const arms = [
			arm(8, "behind", 3.2, 0.4),
			arm(16, "running", 1.234, 0.71549),
			arm(32, "reached", 1, 0.94),
			arm(64, "broken", null),
			arm(128, "running", null),
			arm(256, "crowded out", 2, 0.4),
		];
		const ladder = { arms, metric: "validation accuracy" };
		expect(at(70, { ladder }).slice(2)).toEqual([
			"  batch  rate   cost  validation accuracy  step  examples",
			"✓    32  0.25  least                 0.94    44     1,408",
			"     16  0.25   ×1.2                0.715    44       704",
			"    128  0.25      –                    –    44     5,632",
			"  2 left behind, 1 diverged or at their limit",
		]);
		expect(at(50, { ladder })[2]).toBe("  batch  rate   cost  validation accuracy  step");
		const many = [...arms, ...Array.from({ length: 9 }, () => arm(512, "running", 1.5, 0.5))];
		expect(at(70, { ladder: { ...ladder, arms: many } }).at(-1)).toBe("  and 4 more; 2 left behind, 1 diverged or at their limit");
		for (let width = 12; width < 130; width++) for (const line of at(width, { ladder })) expect(widthOf(line)).toBeLessThan(width);
	});

	test("says when the bar went back because more trials are expected than before", () => {
		expect(at(100, { revisedFrom: 280 })[1]).toBe(
			"███████▏░░░░░░░░░░░░░░░░  93/≈310 trials · 11 s left · more than the 280 first expected · 2 running",
		);
	});

	test("before the first trial, while timing, and at the end", () => {
		expect(at(60, { progress: null, running: 0 })).toEqual(["digits: the goal", "starting"]);
		expect(at(60, { progress: null, remark: "timing the steps, 3 of 12" })).toEqual(["digits: the goal", "timing the steps, 3 of 12"]);
		const last = { ...progressAt(310, 310), answers: [], secondsLeft: 0 };
		expect(at(60, { progress: last, running: 0 })).toEqual([
			"digits: the goal",
			"████████████████████████████████  310/310 trials · 0 s left",
		]);
	});
});

function run(events: readonly RunEvent[], settings: { interactive: boolean; quiet: boolean }) {
	const stream = new PassThrough({ encoding: "utf8" });
	const terminal: Terminal = { stream, width: 60, height: 24, color: false, interactive: settings.interactive };
	const display = createProgress({ err: terminal }, storedStudy, { quiet: settings.quiet });
	for (const event of events) display.onEvent(event);
	const meanwhile = (stream.read() as string | null) ?? "";
	display.end();
	display.end();
	return { meanwhile, atEnd: (stream.read() as string | null) ?? "", listeners: stream.listenerCount("resize") };
}

describe("createProgress", () => {
	test("a block in place that is taken away at the end", () => {
		const { meanwhile, atEnd, listeners } = run([finished(93, 310)], { interactive: true, quiet: false });
		const screen = new Screen(60);
		screen.write(meanwhile);
		expect(screen.text.split("\n").slice(0, 2)).toEqual([
			"digits: validation accuracy of at least 0.95",
			"█████▋░░░░░░░░░░░░░  93/≈310 trials · 11 s left · 2 running",
		]);
		screen.write(atEnd);
		expect(screen.text).toBe("");
		expect(listeners).toBe(0);
	});

	test("a line for each finished trial where no one is watching", () => {
		const results: Partial<TrialResult>[] = [
			{ outcome: "missed", reached: null, steps: 5000 },
			{ outcome: "diverged", reached: null, steps: 12 },
			{ outcome: "failed", reached: null, steps: 0, message: "the worker\ndied" },
		];
		const events: RunEvent[] = [
			{ kind: "calibrating", done: 0, total: 12 },
			{ kind: "calibrating", done: 1, total: 12 },
			{ kind: "planned", trials: [{ spec, reason: { kind: "reporting" } }] },
			{ kind: "started", trial: spec, reason: { kind: "reporting" }, running: 1 },
			{ kind: "looks", trial: spec, step: 12, evaluations: [] },
			finished(9, 1280),
			...results.map((result, i) =>
				finished(309 + i, 310 + Math.max(0, i - 1), { spec: { ...spec, phase: "tuning" }, result: { ...reached, ...result } }),
			),
			{ kind: "testing", batchSize: 32 },
		];
		const { meanwhile, atEnd } = run(events, { interactive: false, quiet: false });
		expect(meanwhile.split("\n")).toEqual([
			"timing the steps at each batch size",
			"[    9/≈1,280] reporting  batch 32  lr 0.35  seed 3  reached at step 187",
			"[309/≈310] tuning     batch 32  lr 0.35  seed 3  missed within 5,000 steps",
			"[310/310] tuning     batch 32  lr 0.35  seed 3  diverged after 12 steps",
			"[311/311] tuning     batch 32  lr 0.35  seed 3  failed after 0 steps: the worker: died",
			"test set, batch size 32",
			"",
		]);
		expect(atEnd).toBe("");
	});

	test("a warning is a line, which stays above a block", () => {
		const text = "3 trials have ended by themselves after 60 steps, before their limit and without the goal";
		const warning: RunEvent = { kind: "warning", text, all: [text] };
		expect(run([warning], { interactive: false, quiet: false }).meanwhile).toBe(`! ${text}\n`);
		const { meanwhile, atEnd } = run([finished(93, 310), warning], { interactive: true, quiet: false });
		const screen = new Screen(60);
		screen.write(meanwhile + atEnd);
		expect(screen.text.trimEnd()).toBe("! 3 trials have ended by themselves after 60 steps, before\n  their limit and without the goal");
	});

	test("quiet says nothing", () => {
		for (const interactive of [true, false])
			expect(run([finished(9, 310)], { interactive, quiet: true })).toEqual({ meanwhile: "", atEnd: "", listeners: 0 });
	});
});
