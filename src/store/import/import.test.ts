import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bestRate, type Curve, closedFormStudy, trainClosedForm } from "../../../test/fixtures/closed-form.js";
import { SweetspotError } from "../../core/errors.js";
import type { Goal } from "../../core/goal.js";
import { metricNamed } from "../../core/metric-names.js";
import { rateAt } from "../../core/rates.js";
import type { FinishedTrial } from "../../core/trial.js";
import { readTable } from "../../data/csv/reader.js";
import { tradeoffDesign } from "../../study/designs.js";
import { unevenBatch } from "../../study/examples-per-step.js";
import { importedDesign } from "../../study/imported.js";
import { csvLines } from "../export/csv.js";
import { runsOf } from "./runs.js";
import { type ImportSettings, importedStudy } from "./study.js";

const goal: Goal = { metric: "validation.accuracy", atLeast: 0.9 };
const settings: ImportSettings = { name: "runs", file: "runs.csv", sha256: "0", examples: 100, goal, objective: null };
const load = (text: string, change: Partial<ImportSettings> = {}) => {
	const all = { ...settings, ...change };
	return importedStudy(runsOf(readTable(new TextEncoder().encode(text), all.file, null), all.examples, all.goal), all);
};
const header = "batch_size,lr,seed,step,val_acc";
const table = (...lines: readonly string[]) => [header, ...lines].join("\n");

/** Two batch sizes, two rates, three seeds, an evaluation every five steps; a run reaches the goal at `steps`. */
const grid = (steps: (batchSize: number, rate: number, seed: number) => number) =>
	[4, 16].flatMap((batchSize) =>
		[0.1, 0.3].flatMap((rate) =>
			[7, 8, 9].flatMap((seed) =>
				[5, 10, 15, 20].map((step) => `${batchSize},${rate},${seed},${step},${step >= steps(batchSize, rate, seed) ? 0.92 : 0.5}`),
			),
		),
	);

describe("names of columns", () => {
	test.each([
		["val_acc", "validation.accuracy"],
		["Validation Accuracy", "validation.accuracy"],
		["validation.accuracy", "validation.accuracy"],
		["acc/val", "validation.accuracy"],
		["eval-loss", "validation.loss"],
		["train_err", "train.error"],
		["test.accuracy", "test.accuracy"],
		["accuracy", undefined],
		["top5", undefined],
	])("%s is %s", (name, metric) => {
		const named = metricNamed(name);
		expect(named && `${named.set}.${named.kind}`).toBe(metric);
	});

	test.each([
		"Batch Size;LR;Seed;Iteration;Val Acc",
		"bs;learning-rate;run;global_step;validation.accuracy",
		"batch;eta;random_state;iter;dev_accuracy",
	])("%s", (titles) => {
		const { study, trials } = load([titles, "4;0.1;1;5;0.5", "4;0.1;1;10;0.95"].join("\n"));
		expect(study.batchSizes).toEqual([4]);
		expect(trials[0].result.first).toEqual({ after: 5, step: 10, examples: 40 });
	});
});

describe("runs", () => {
	test("become trials: where they met the goal, what they used, how they ended", () => {
		const { trials, study } = load(
			table("4,0.1,1,10,0.95", "4,0.1,1,5,0.5", "4,0.1,1,0,0.1", "4,0.1,2,5,0.2", "4,0.1,2,10,0.3", "4,9,1,5,nan"),
		);
		expect(trials.map(({ result }) => [result.outcome, result.steps, result.examples, result.first?.step ?? null])).toEqual([
			["reached", 10, 40, 10],
			["missed", 10, 40, null],
			["diverged", 5, 20, null],
		]);
		expect(trials.map(({ spec }) => [spec.phase, spec.learningRate, spec.seedIndex, spec.seed, spec.cap])).toEqual([
			["reporting", 0.1, 0, 1, 10],
			["reporting", 0.1, 1, 2, 10],
			["reporting", 9, 0, 1, 10],
		]);
		expect(study).toMatchObject({ looks: { ratio: 2 }, seeds: { tuning: 0, reporting: 2 }, objective: "cheapest" });
	});

	test("a line that lacks the goal's metric says nothing of where it was met; two lines of a step are one", () => {
		const text = ["bs,lr,seed,step,train_loss,val_acc", "4,1,0,5,1,0.5", "4,1,0,7,0.9,", "4,1,0,9,0.8,", "4,1,0,9,,0.9"].join("\n");
		const { trials } = load(text);
		expect(trials[0].result.first).toEqual({ after: 5, step: 9, examples: 36 });
		expect(trials[0].result.evaluations[2].metrics).toEqual({ "train.loss": 0.8, "validation.accuracy": 0.9 });
	});

	test("an error is met at its very value", () => {
		const text = ["bs,lr,seed,step,val_err", "4,1,0,5,0.2", "4,1,0,10,0.15"].join("\n");
		expect(load(text, { goal: { metric: "validation.error", atMost: 0.15 } }).trials[0].result.first?.step).toBe(10);
	});

	test("their clocks give seconds per step, from the first line to the last", () => {
		const text = ["bs,lr,seed,step,val_acc,elapsed", "4,1,0,5,0.2,100", "4,1,0,10,0.9,101", "8,1,0,5,0.9,2.5"].join("\n");
		const { calibration, study } = load(text);
		expect(calibration?.stepTimes).toEqual([
			{ batchSize: 4, passes: [0.2] },
			{ batchSize: 8, passes: [0.5] },
		]);
		expect(study.objective).toBe("balanced");
	});

	test("seeds that not every batch size has are counted within their batch size and rate", () => {
		const { trials } = load(table("4,1,11,5,0.9", "4,1,12,5,0.9", "8,1,b,5,0.9", "8,1,a,5,0.9"));
		expect(trials.map(({ spec }) => [spec.batchSize, spec.seedIndex])).toEqual([
			[4, 0],
			[4, 1],
			[8, 1],
			[8, 0],
		]);
	});
});

describe("the answer", () => {
	test("is the rate with the least median at each size; the lower of equal ones; flagged where it is the last tried", () => {
		const { study, trials } = load(table(...grid((batchSize, rate, seed) => (batchSize === 4 && rate === 0.3 && seed !== 7 ? 5 : 10))));
		expect(importedDesign.answers(study, trials)).toEqual([
			{ batchSize: 4, state: "reached", learningRate: 0.3, steps: 5, atEdge: true, replaced: [], reportingRuns: 3 },
			{ batchSize: 16, state: "reached", learningRate: 0.1, steps: 10, atEdge: true, replaced: [], reportingRuns: 3 },
		]);
		expect(importedDesign.next(study, trials)).toEqual([]);
	});

	test("is none where most runs miss the goal, and open where a size has no reporting runs", () => {
		const text = ["phase,batch_size,lr,seed,step,val_acc", "reporting,4,1,0,5,0.5", "tuning,8,1,0,5,0.95"].join("\n");
		const { study, trials } = load(text);
		expect(importedDesign.answers(study, trials).map(({ state, learningRate }) => [state, learningRate])).toEqual([
			["not reached", null],
			["open", null],
		]);
	});
});

test("runs of an exported study that compare sizes at equal budgets are left out", () => {
	const lines = ["epochs tuning", "seconds reporting", "reporting"].map((phase) => `${phase},4,0.1,1,5,0.95`);
	const { trials } = load([`phase,${header}`, ...lines].join("\n"));
	expect(trials.map(({ spec }) => spec.phase)).toEqual(["reporting"]);
});

test("a file with nothing but such runs says so: it isn't empty", () => {
	const lines = ["horizon tuning", "horizon reporting", "baseline"].map((phase) => `${phase},4,0.1,1,5,0.95`);
	expect(() => load([`phase,${header}`, ...lines].join("\n"))).toThrow(
		"all runs of runs.csv have the phase horizon tuning or horizon reporting or baseline",
	);
});

test("a run of the ladder is its last part: parts before it aren't runs of their own, and it chose the rate as a tuning run does", () => {
	const looks = (cap: number, outcome: string) =>
		[5, 10, 20, 40].filter((step) => step <= cap).map((step) => `ladder,4,0.1,0,7,${cap},${outcome},${step},${step < 40 ? 0.5 : 0.95}`);
	const text = [
		"phase,batch_size,lr,seed_index,seed,cap,outcome,step,val_acc",
		...looks(10, "missed"),
		...looks(20, "missed"),
		"ladder,4,0.2,0,7,10,missed,10,0.3",
		...looks(40, "reached"),
		"reporting,4,0.1,0,9,100,reached,30,0.95",
	].join("\n");
	const { trials } = load(text);
	expect(trials.map(({ spec, result }) => [spec.phase, spec.learningRate, result.outcome, result.steps, result.examples])).toEqual([
		["tuning", 0.2, "missed", 10, 40],
		["tuning", 0.1, "reached", 40, 160],
		["reporting", 0.1, "reached", 30, 120],
	]);
});

describe("a partial last batch", () => {
	/** Of 100 examples: batches of 64 leave 36. */
	const runs = (...examples: readonly (number | "")[]) =>
		["bs,lr,seed,step,examples,val_acc", ...examples.map((used, i) => `64,0.1,1,${i + 1},${used},0.95`)].join("\n");

	test("was left out where every step used a whole batch beyond the first epoch: the size is what it says", () => {
		const { study } = load(runs(64, 128, 192));
		expect(study.workload.imported.lastBatch).toBe("drop");
		expect(unevenBatch(64, study)).toBeNull();
	});

	test.each([
		["was kept, as the examples show", runs(64, 100, 164)],
		["isn't shown within the first epoch", runs(64)],
		["isn't shown without a count of examples", runs("", "", "")],
	])("%s: such runs are taken to keep it", (_, text) => {
		const { study } = load(text);
		expect(study.workload.imported.lastBatch).toBeUndefined();
		expect(unevenBatch(64, study)).toBeLessThan(50);
	});
});

test("a study that is exported and imported again gives the same answers, run for run", () => {
	const curve: Curve = { minSteps: 30, critical: 20, bestAtOne: -8, noise: 0.15 };
	fc.assert(
		fc.property(fc.nat(1000), (seed) => {
			const study = closedFormStudy(32, { seed, goal: { ...goal, window: 1 } }); // the looks of a closed form are at its crossing alone
			const trials: FinishedTrial[] = [];
			for (let next = tradeoffDesign.next(study, trials); next.length > 0; next = tradeoffDesign.next(study, trials))
				for (const { spec } of next) trials.push({ spec, result: withLooks(trainClosedForm(study, curve, spec)) });
			const again = load([...csvLines(trials)].join(""), { goal: study.goal, examples: 32 });
			const answers = tradeoffDesign.answers(study, trials).map(({ batchSize, learningRate }) => ({ batchSize, learningRate }));
			expect(importedDesign.answers(again.study, again.trials)).toMatchObject(answers);
			const key = ({ spec, result }: FinishedTrial) => [spec, result.first, result.reached, result.outcome, result.steps, result.examples];
			const plain = (all: readonly FinishedTrial[]) => all.map(key);
			expect(plain(again.trials)).toEqual(
				plain(trials.map(({ spec, result }) => ({ spec: { ...spec, curves: spec.phase === "reporting", probe: false }, result }))),
			);
		}),
		{ numRuns: 3 },
	);
	expect(bestRate(curve, 1)).toBe(-8);
	expect(rateAt(-8)).toBe(0.0625);
});

/** The looks that a run of the closed form would have had: below the goal, and from its crossing on at it, three times. */
function withLooks(result: FinishedTrial["result"]): FinishedTrial["result"] {
	const { reached, steps } = result;
	const at = (step: number, accuracy: number) => ({
		step,
		examples: Math.round((result.examples / steps) * step),
		metrics: { "validation.accuracy": accuracy },
	});
	if (!reached) return { ...result, evaluations: [at(steps, 0.1)], ...(result.outcome === "diverged" && { evaluations: [] }) };
	const before = reached.after > 0 ? [at(reached.after, 0.1)] : [];
	return { ...result, evaluations: [...before, at(reached.step, 0.9)] };
}

describe("further settings", () => {
	const further = [
		"bs,lr,warmup,wd,seed,step,val_acc",
		"4,1,0,0.1,7,5,0.5",
		"4,1,0,0.1,7,10,0.95",
		"4,1,50,0.1,7,5,0.95",
		"8,1,0,0.1,7,5,0.95",
	];
	const loadWith = (keys: readonly string[], lines = further) => {
		const bytes = new TextEncoder().encode(lines.join("\n"));
		return importedStudy(runsOf(readTable(bytes, settings.file, null), settings.examples, goal, keys), settings);
	};

	test("that are named tell runs apart, and are part of the answer", () => {
		const { study, trials } = loadWith(["Warmup"]);
		expect(trials.map(({ spec }) => [spec.batchSize, spec.flags, spec.weightDecay, spec.seedIndex])).toEqual([
			[4, { Warmup: 0 }, 0.1, 0],
			[4, { Warmup: 50 }, 0.1, 0],
			[8, { Warmup: 0 }, 0.1, 0],
		]);
		expect(importedDesign.answers(study, trials).map((answer) => [answer.batchSize, answer.steps, answer.flags])).toEqual([
			[4, 5, { Warmup: 50 }],
			[8, 5, { Warmup: 0 }],
		]);
		expect(() => loadWith([])).toThrow("lines 2 and 4 are of the same run and step 5");
	});

	test("named or not, momentum and weight decay are what they are", () => {
		const { trials } = loadWith(["warmup", "wd"]);
		expect(trials[0].spec).toMatchObject({ weightDecay: 0.1, flags: { warmup: 0 } });
	});

	test("of a study that was exported need no name, and may be called like anything else", () => {
		const exported = further.map((line, i) => (i === 0 ? line.replace("warmup", "flags.eta") : line));
		expect(loadWith([], exported).trials[1].spec).toMatchObject({ learningRate: 1, flags: { eta: 50 } });
	});

	test.each([
		[["speed"], further, "runs.csv has no column speed; it has bs, lr, warmup"],
		[["warmup"], further.map((line) => line.replace(",50,", ",long,")), 'line 4, column warmup: found "long", expected a number'],
		[["warmup"], further.map((line) => line.replace(",50,", ",,")), 'line 4, column warmup: found "", expected a number'],
	])("%j that can't be read: %s", (keys, lines, message) => {
		expect(() => loadWith(keys, lines)).toThrow(message);
	});
});

describe("what can't be imported is refused, with the place", () => {
	test.each([
		["batch_size,lr,step,val_acc\n", "runs.csv has no column seed (or run); it has batch_size, lr, step, val_acc"],
		["batch_size,lr,seed,epoch,val_acc\n", "has no column step (or iteration; updates, not epochs)"],
		["batch_size,bs,lr,seed,step,val_acc\n", "the columns batch_size and bs mean the same"],
		["bs,lr,seed,step,val_acc,val_err\n", "the columns val_acc and val_err mean the same"],
		[header, "has a header and no runs"],
		[table("4,0.1,1,5"), "line 2: 4 fields, but the header has 5"],
		[table("0,0.1,1,5,0.9"), 'line 2, column batch_size: found "0", expected a whole number from 1 to the 100 training examples'],
		[table("400,0.1,1,5,0.9"), 'found "400"'],
		[table("4,fast,1,5,0.9"), 'line 2, column lr: found "fast", expected a number'],
		[table("4,0.1,,5,0.9"), "line 2, column seed: found nothing"],
		[table("4,0.1,1,5.5,0.9"), 'line 2, column step: found "5.5", expected a whole number of updates'],
		[table("4,0.1,1,5,91"), 'line 2, column val_acc: found "91", expected a share from 0 to 1 (95 % is 0.95)'],
		[
			table("4,0.1,1,5,0.9", "4,0.1,1,5,0.8"),
			"lines 2 and 3 are of the same run and step 5, but validation.accuracy is 0.9 in one and 0.8 in the other",
		],
		[table("4,0.1,1,0,0.9"), "line 2: this run has no line beyond step 0"],
		["bs,lr,seed,step,val_loss\n4,0.1,1,5,0.9\n", "the goal is on validation.accuracy, but runs.csv has validation.loss"],
		["bs,lr,seed,step,val_acc,phase\n4,0.1,1,5,0.9,warmup\n", 'column phase: found "warmup", expected one of tuning, selecting, reporting'],
		[
			"bs,lr,seed,seed_index,step,val_acc\n4,1,1,0,5,0.9\n4,1,2,0,5,0.9\n",
			"two reporting runs of batch size 4 and learning rate 1 have the seed index 0",
		],
		[
			"bs,lr,seed,step,val_acc,outcome\n4,1,1,5,0.9,reached\n4,1,1,6,0.9,failed\n",
			'"failed", but "reached" in an earlier line of the same run',
		],
		[
			"bs,lr,seed,step,val_acc,examples\n4,1,1,5,0.9,21\n",
			'column examples: found "21", expected a whole number of at most step × batch size, 20',
		],
	])("%j: %s", (text, message) => {
		expect(() => load(text)).toThrow(SweetspotError);
		expect(() => load(text)).toThrow(message);
	});

	test("a table that was damaged anywhere is refused with a reason, or gives runs that add up", () => {
		const whole = table(...grid(() => 10));
		const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.constantFrom(",", "\n", '"', "x", "0", "-", ".", "9", "e", " ", "")), {
			minLength: 1,
			maxLength: 4,
		});
		fc.assert(
			fc.property(damage, (changes) => {
				const text = changes.reduce((so, [at, by]) => so.slice(0, at) + by + so.slice(at + 1), whole);
				try {
					const { study, trials } = load(text);
					expect(study.batchSizes.length).toBeGreaterThan(0);
					for (const { spec, result } of trials) {
						expect(result.steps).toBeLessThanOrEqual(spec.cap);
						expect(result.first === null || result.first.after < result.first.step).toBe(true);
					}
					expect(importedDesign.answers(study, trials).length).toBe(study.batchSizes.length);
				} catch (error) {
					if (!(error instanceof SweetspotError)) throw error;
				}
			}),
			{ numRuns: 300 },
		);
	});
});
