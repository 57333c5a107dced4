import type { Estimate } from "../../analysis/findings.js";
import { meanInterval, paired } from "../../analysis/means.js";
import { batchColors } from "../../charts/batch-colors.js";
import { panelCurves } from "../../charts/panel-curves.js";
import { seriesChart, seriesColors } from "../../charts/series-chart.js";
import { flavorOf } from "../../core/flavor.js";
import { formatCount, formatEstimate, formatNumber, formatPercent, formatRate } from "../../words/numbers.js";
import { type ClaimFinding, invariant, verdictAbove, verdictWithin } from "../claims/claim.js";
import type { Chart, Conclusion, Table } from "../experiment.js";
import { wandering } from "../lab/curve-measures.js";
import type { Curves } from "../lab/curves.js";
import { describeWorkload } from "../lab/workloads.js";
import type { Arithmetic } from "./invariants.js";
import { nameOf, type PublishedRun, type Result, type Settings } from "./runs.js";

/** Margins, fixed before the data: accuracies that differ by less are the same for a reader; "about 80 %" is within this of 0.80. */
const margin = { accuracy: 0.02, about: 0.05 };

/** One of the four runs, from all its seeds. */
interface Arm {
	readonly run: PublishedRun;
	readonly curves: readonly Curves[];
	/** Final accuracies, seed by seed. A diverged run has NaN: it ended nowhere. */
	readonly train: readonly number[];
	readonly test: readonly number[];
}

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const curves = results.flatMap((result) => (result.kind === "run" ? [result.curves] : []));
	const arithmetic = results.flatMap((result) => (result.kind === "arithmetic" ? [result.arithmetic] : []));
	const inTaskOrder = [...settings.runs].sort((a, b) => a.batchSize - b.batchSize);
	const arms = settings.runs.map((run): Arm => {
		const at = inTaskOrder.indexOf(run);
		const own = curves.slice(at * settings.seeds, (at + 1) * settings.seeds);
		const last = (column: "trainAccuracy" | "validationAccuracy") =>
			own.map((one) => (one.diverged ? Number.NaN : (one[column].at(-1) ?? Number.NaN)));
		return { run, curves: own, train: last("trainAccuracy"), test: last("validationAccuracy") };
	});
	const { examples } = arithmetic[0];
	const pairs = pairsOf(arms);
	return {
		results: {
			examples,
			arms: arms.map(({ run, train, test }) => ({
				...run,
				train: { ...meanInterval(train), range: rangeOf(train) },
				test: { ...meanInterval(test), range: rangeOf(test) },
				publishedWithinRange: isWithin(run.published.test, rangeOf(test)) && isWithin(run.published.train, rangeOf(train)),
			})),
			pairs: pairs.map(({ first, second, difference }) => ({ first: first.run, second: second.run, difference })),
			arithmetic,
		} as unknown as Conclusion["results"],
		words: wordsOf(arms, pairs, examples, settings),
		tables: [accuracyTable(arms, examples), pairTable(pairs, examples), arithmeticTable(arithmetic)],
		charts: [curvesChart(arms, examples, settings), updatesChart(arms, examples)],
		claims: claimsOf(settings, arms, arithmetic),
	};
}

interface Pair {
	readonly first: Arm;
	readonly second: Arm;
	/** Of the held-out accuracies, the first less the second, paired by seed; simultaneous over all pairs. */
	readonly difference: Estimate;
}

function pairsOf(arms: readonly Arm[]): readonly Pair[] {
	const pairs = arms.flatMap((first, i) => arms.slice(i + 1).map((second) => ({ first, second })));
	return pairs.map(({ first, second }) => ({ first, second, difference: meanInterval(paired(first.test, second.test), pairs.length) }));
}

const rangeOf = (values: readonly number[]): readonly [number, number] | null =>
	values.every(Number.isFinite) ? [Math.min(...values), Math.max(...values)] : null;

const isWithin = (value: number, range: readonly [number, number] | null): boolean =>
	range !== null && value >= range[0] && value <= range[1];

const label = ({ run }: Arm, examples: number): string => `${nameOf(run.batchSize, examples)} at rate ${formatRate(run.learningRate)}`;

function wordsOf(arms: readonly Arm[], pairs: readonly Pair[], examples: number, { seeds }: Settings): readonly string[] {
	const finals = arms.map((arm) => `${formatPercent(meanInterval(arm.test))} with ${label(arm, examples)}`);
	const apart = pairs.filter(({ difference }) => verdictWithin(difference, margin.accuracy) === "refuted");
	const same = pairs.filter(({ difference }) => verdictWithin(difference, margin.accuracy) === "supported");
	const unstable = [...arms].sort((a, b) => spreadOf(b) - spreadOf(a))[0];
	const inRange = arms.filter(
		({ run, train, test }) => isWithin(run.published.test, rangeOf(test)) && isWithin(run.published.train, rangeOf(train)),
	);
	return [
		`After 200 epochs the held-out accuracy is ${finals.join(", ")} (means over ${seeds} seeds with 95 % intervals).`,
		`Of the ${pairs.length} pairs, ${apart.length} differ by more than ${formatNumber(100 * margin.accuracy)} points and ${same.length} by less; about the others the runs cannot tell.`,
		`What the flavor changes is stability more than the end: over the last fifty epochs the held-out accuracy of ${label(unstable, examples)} wanders by ${formatNumber(100 * spreadOf(unstable))} points (standard deviation within a run), that of ${label(arms[0], examples)} by ${formatNumber(100 * spreadOf(arms[0]))}.`,
		`${inRange.length} of the ${arms.length} published runs lie within the range of our ${seeds}, which holds a further run with a probability of ${formatNumber((100 * (seeds - 1)) / (seeds + 1))} %.`,
	];
}

/** What a run's held-out accuracy wanders by at its end, averaged over seeds. */
const spreadOf = ({ curves }: Arm): number => curves.reduce((sum, one) => sum + wandering(one), 0) / curves.length;

function accuracyTable(arms: readonly Arm[], examples: number): Table {
	const range = (values: readonly number[]) => {
		const ends = rangeOf(values);
		return ends === null ? "diverged" : `${ends[0].toFixed(3)}–${ends[1].toFixed(3)}`;
	};
	return {
		title: "Accuracy after 200 epochs, published and ours",
		columns: [
			{ title: "run", numeric: false },
			{ title: "train: published", numeric: true },
			{ title: "ours: mean", numeric: true },
			{ title: "range", numeric: true },
			{ title: "held out: published", numeric: true },
			{ title: "ours: mean", numeric: true },
			{ title: "range", numeric: true },
		],
		rows: arms.map((arm) => [
			label(arm, examples),
			arm.run.published.train.toFixed(3),
			formatEstimate(meanInterval(arm.train)),
			range(arm.train),
			arm.run.published.test.toFixed(3),
			formatEstimate(meanInterval(arm.test)),
			range(arm.test),
		]),
	};
}

const pairTable = (pairs: readonly Pair[], examples: number): Table => ({
	title: "Which can be told apart: differences of held-out accuracy, paired by seed",
	columns: [
		{ title: "first", numeric: false },
		{ title: "second", numeric: false },
		{ title: "first less second", numeric: true },
		{ title: `more than ${formatNumber(100 * margin.accuracy)} points?`, numeric: false },
	],
	rows: pairs.map(({ first, second, difference }) => {
		const within = verdictWithin(difference, margin.accuracy);
		const verdict = within === "supported" ? "no" : within === "refuted" ? "yes" : "cannot tell";
		return [label(first, examples), label(second, examples), formatPercent(difference), verdict];
	}),
});

const arithmeticTable = (checks: readonly Arithmetic[]): Table => ({
	title: "The arithmetic, checked batch for batch",
	columns: [
		{ title: "batch size", numeric: true },
		{ title: "flavor", numeric: false },
		{ title: "updates in 3 epochs", numeric: true },
		{ title: "last batch", numeric: true },
		{ title: "each example once an epoch", numeric: false },
		{ title: "a step reports its own batch", numeric: false },
	],
	rows: checks.map((check) => [
		formatCount(check.batchSize),
		flavorOf(check.batchSize, check.examples),
		formatCount(check.updates),
		formatCount(check.lastBatch),
		check.eachOnce && check.reshuffled ? "yes, in a new order" : "no",
		check.ownMetrics ? "yes" : "no",
	]),
});

const curvesChart = (arms: readonly Arm[], examples: number, settings: Settings): Chart => ({
	id: "learning-curves",
	title: "Held-out accuracy, epoch by epoch",
	caption: `Over each panel stand its batch size (of ${examples} training examples) and learning rate. Each thin line is one of ${settings.seeds} seeds; the strong one is the run of median final accuracy, dashed its training accuracy. The ring is the published accuracy after 200 epochs, of one run.`,
	draw: (canvas) => {
		const color = batchColors(arms.map(({ run }) => run.batchSize));
		return panelCurves(canvas, {
			title: "Held-out accuracy, epoch by epoch",
			panels: arms.map(({ run, curves }) => {
				const order = curves.map((_, i) => i).sort((a, b) => final(curves[a]) - final(curves[b]) || a - b);
				const median = curves[order[Math.floor((order.length - 1) / 2)]];
				const points = ({ examples: used }: Curves, column: readonly number[]) => column.map((y, i) => [used[i] / examples, y] as const);
				const faint = curves.filter((one) => one !== median).slice(0, 12);
				return {
					title: `${formatCount(run.batchSize)} at rate ${formatRate(run.learningRate)}`,
					color: color(run.batchSize),
					lines: [
						...faint.map((one) => ({ points: points(one, one.validationAccuracy), weight: "faint" as const })),
						{ points: points(median, median.trainAccuracy), weight: "beside" as const },
						{ points: points(median, median.validationAccuracy), weight: "strong" as const },
					],
					dots: [[settings.epochs, run.published.test]] as const,
				};
			}),
			x: { title: "epochs", scale: "linear", domain: [0, settings.epochs] },
			y: { title: "accuracy", scale: "linear", domain: [0.2, 0.9] },
			names: { strong: "held-out, median run", faint: "other seeds", beside: "training, median run", dots: "published" },
		});
	},
});

/** Looks on a logarithmic axis that can be told apart. */
const shownLooks = 24;

const updatesChart = (arms: readonly Arm[], examples: number): Chart => ({
	id: "by-updates",
	title: "The same, update by update",
	caption:
		"The mean over seeds with its 95 % interval, against the number of updates. In epochs a batch of one is ahead, since it makes so many more updates; update for update the larger batch is, since each of its steps is more accurate.",
	draw: (canvas) =>
		seriesChart(canvas, {
			title: "Held-out accuracy against updates",
			series: arms.map((arm, i) => {
				const [{ step }] = arm.curves;
				const looks = new Set(Array.from({ length: shownLooks }, (_, k) => Math.round((step.length - 1) ** (k / (shownLooks - 1)))));
				return {
					name: label(arm, examples),
					color: seriesColors[i],
					kind: "measured",
					points: [...looks].map((look) => {
						const { estimate, low, high } = meanInterval(arm.curves.map((one) => one.validationAccuracy[look] ?? Number.NaN));
						return { x: step[look], y: estimate ?? Number.NaN, low, high };
					}),
				};
			}),
			x: { title: "updates", scale: "log" },
			y: { title: "held-out accuracy", scale: "linear", domain: [0.2, 0.9] },
		}),
});

const final = ({ validationAccuracy }: Curves): number => validationAccuracy.at(-1) ?? 0;

function claimsOf(settings: Settings, arms: readonly Arm[], arithmetic: readonly Arithmetic[]): readonly ClaimFinding[] {
	const { examples } = arithmetic[0];
	const sizes = `batch sizes ${arithmetic.map(({ batchSize }) => batchSize).join(", ")} of N = ${examples}, three epochs each`;
	const all = (holds: (check: Arithmetic) => boolean) => arithmetic.every(holds);
	const find = (batchSize: number, learningRate: number) =>
		arms.find(({ run }) => run.batchSize === batchSize && run.learningRate === learningRate) ?? arms[0];
	const full = find(examples, 0.01);
	const one = find(1, 0.001);
	const at = ({ curves }: Arm, epoch: number) => curves.map(({ validationAccuracy }) => validationAccuracy[epoch] ?? Number.NaN);
	const setting = `${describeWorkload(settings.workload)}; ${settings.seeds} seeds, ${settings.epochs} epochs, the published rates (not tuned per size)`;
	const near100 = meanInterval(
		at(full, 100).map((accuracy) => accuracy - 0.8),
		2,
	);
	const lead = meanInterval(paired(at(one, 25), at(full, 25)), 2);
	const byUpdates = meanInterval(
		one.curves.map(
			({ validationAccuracy }, i) => (validationAccuracy[1] ?? Number.NaN) - (full.curves[i].validationAccuracy.at(-1) ?? Number.NaN),
		),
	);
	const falls = arms.every(({ curves }) => curves.every(({ trainLoss }) => (trainLoss.at(-1) ?? Number.POSITIVE_INFINITY) < trainLoss[0]));
	return [
		invariant(
			"C1",
			"every update but an epoch's last used exactly B examples",
			all((check) => check.wholeBatches),
			sizes,
		),
		invariant(
			"C2",
			"N/B updates an epoch: one at B = N, N at B = 1",
			all(({ batchSize, updates, epochs }) => flavorOf(batchSize, examples) !== "batch" || updates === epochs) &&
				all(({ batchSize, updates, epochs }) => flavorOf(batchSize, examples) !== "stochastic" || updates === epochs * examples),
			sizes,
		),
		invariant(
			"C3",
			"each epoch used each example exactly once, in an order of its own",
			all((check) => check.eachOnce && check.reshuffled),
			sizes,
		),
		invariant(
			"C4",
			"K epochs made K·⌈N/B⌉ updates, the last batch N mod B examples",
			all(
				({ batchSize, updates, epochs, lastBatch }) =>
					updates === epochs * Math.ceil(examples / batchSize) && lastBatch === (examples % batchSize || batchSize),
			),
			sizes,
		),
		invariant(
			"C6",
			"hits equal, loss to a relative 1e-5, those of the batch alone at the weights before the update",
			all((check) => check.ownMetrics),
			sizes,
		),
		invariant("C7", "the training loss after the last epoch is below that of the initial weights in every run", falls, setting),
		{
			id: "C13",
			verdict: verdictWithin(near100, margin.about),
			effect: `held-out accuracy of the full batch at epoch 100, less 0.80, within ±${margin.about}`,
			interval: near100,
			evidence: setting,
		},
		{
			id: "C14",
			verdict: verdictAbove(lead, margin.accuracy),
			effect: `held-out accuracy at epoch 25, a batch of one at rate 0.001 less the full batch at rate 0.01, above ${margin.accuracy}`,
			interval: lead,
			evidence: `${setting}. Counted in updates the order turns: after 500 updates a batch of one is ${formatPercent(byUpdates)} off the full batch after 200`,
		},
		invariant("C16", "32 is a mini-batch here, and the default of Keras", flavorOf(32, examples) === "mini-batch", `N = ${examples}`),
	];
}
