import { median } from "../../analysis/bootstrap.js";
import type { Estimate } from "../../analysis/findings.js";
import { meanInterval, paired } from "../../analysis/means.js";
import { shareInterval } from "../../analysis/share.js";
import { batchColors } from "../../charts/batch-colors.js";
import { panelCurves } from "../../charts/panel-curves.js";
import { formatCount, formatEstimate, formatNumber, formatPercent } from "../../words/numbers.js";
import { allOf, verdictAbove, verdictWithin } from "../claims/claim.js";
import type { Chart, Conclusion } from "../experiment.js";
import { innerDomain } from "../lab/curve-domain.js";
import { goal, reachedAt, stoppedAt, wandering } from "../lab/curve-measures.js";
import type { Curves } from "../lab/curves.js";
import { diagnose, type Fit } from "../lab/diagnose.js";
import { describeWorkload } from "../lab/workloads.js";
import type { Result, Settings } from "./runs.js";

/** Fixed before the data: accuracies closer than this are the same for a reader; a rule is of use that is right nine times in ten. */
const margin = { accuracy: 0.02, right: 0.9 };

/** Epochs without improvement after which a run could have stopped. */
const patience = 20;

/** One batch size, from all its seeds. */
interface Row {
	readonly batchSize: number;
	readonly curves: readonly Curves[];
	readonly final: Estimate;
	readonly wanders: Estimate;
	/** Median epoch from which the goal is kept; ∞ where most runs never keep it. */
	readonly reached: number;
	/** Mean epoch at which patience would have ended the run, and the held-out accuracy kept there less that at the end. */
	readonly stopped: Estimate;
	readonly kept: Estimate;
	readonly fits: Readonly<Record<Fit, number>>;
	/** Accuracy at epoch 50 less that at the end. */
	readonly early: Estimate;
}

export function conclude(settings: Settings, results: readonly Result[]): Conclusion {
	const { batchSizes, seeds, epochs } = settings;
	const all = results.flatMap((result) => (result.kind === "run" ? [result.curves] : []));
	const rows = batchSizes.map((batchSize, i) => rowOf(batchSize, all.slice(i * seeds, (i + 1) * seeds), batchSizes.length));
	const cases = results.flatMap((result) => (result.kind === "cases" ? [result] : []));
	const right = cases.map((one) => ({ fit: one.fit, share: shareInterval(one.right, settings.cases) }));
	const overall = shareInterval(
		cases.reduce((sum, one) => sum + one.right, 0),
		cases.length * settings.cases,
	);
	return {
		results: {
			rows: rows.map(({ curves: _, reached, ...row }) => ({ ...row, reached: Number.isFinite(reached) ? reached : null })),
			constructed: { right, overall },
		} as unknown as Conclusion["results"],
		words: wordsOf(rows, overall, settings),
		tables: [sizesTable(rows, settings), fitTable(rows, seeds)],
		charts: [lossChart(rows, settings), accuracyChart(rows, settings)],
		claims: [
			{
				id: "C11",
				verdict: allOf(...right.map(({ share }) => verdictAbove(share, margin.right))),
				effect: `share of constructed curves told right, above ${margin.right} for each kind (${right.map(({ fit, share }) => `${fit} ${formatPercent(share)}`).join(", ")}); over all`,
				interval: overall,
				evidence: `${settings.cases} constructed pairs of curves of each kind, with noise of up to 2 % of the initial loss at each look`,
			},
			{
				id: "C15",
				verdict: allOf(...rows.map(({ early }) => verdictWithin(early, margin.accuracy))),
				effect: `held-out accuracy at epoch 50 less that at epoch ${epochs}, within ±${margin.accuracy} at every batch size; the largest difference`,
				interval: rows.reduce((a, b) => (Math.abs(b.early.estimate ?? 0) > Math.abs(a.early.estimate ?? 0) ? b : a)).early,
				evidence: `${describeWorkload(settings.workload)}; batch sizes ${batchSizes.join(", ")}, rate ${settings.learningRate} (not tuned per size), ${seeds} seeds, ${epochs} epochs`,
			},
		],
	};
}

function rowOf(batchSize: number, curves: readonly Curves[], family: number): Row {
	const ends = curves.map(({ validationAccuracy: a }) => a.at(-1) ?? Number.NaN);
	const stops = curves.map(({ validationLoss }) => stoppedAt(validationLoss, patience));
	const fits: Record<Fit, number> = { "under-fitted": 0, "well-fitted": 0, "over-fitted": 0 };
	for (const { trainLoss, validationLoss } of curves) fits[diagnose(trainLoss, validationLoss)]++;
	return {
		batchSize,
		curves,
		final: meanInterval(ends),
		wanders: meanInterval(curves.map(wandering)),
		reached: median(curves.map((one) => reachedAt(one) ?? Number.POSITIVE_INFINITY)),
		stopped: meanInterval(stops.map(({ at }) => at)),
		kept: meanInterval(
			paired(
				curves.map(({ validationAccuracy }, i) => validationAccuracy[stops[i].best]),
				ends,
			),
		),
		fits,
		early: meanInterval(
			paired(
				curves.map(({ validationAccuracy }) => validationAccuracy[50] ?? Number.NaN),
				ends,
			),
			family,
		),
	};
}

function wordsOf(rows: readonly Row[], overall: Estimate, { epochs }: Settings): readonly string[] {
	const smallest = rows[0];
	const largest = rows[rows.length - 1];
	const saved = rows.map(({ stopped }) => 1 - (stopped.estimate ?? epochs) / epochs);
	const epochsOf = ({ reached }: Row) => (Number.isFinite(reached) ? `epoch ${formatCount(reached)}` : "never, in most runs");
	return [
		`At the same rate a smaller batch is faster in epochs and less stable: a held-out accuracy of ${formatNumber(goal)} is kept from ${epochsOf(smallest)} at batch size ${smallest.batchSize} and from ${epochsOf(largest)} at ${largest.batchSize}, while at the end it wanders by ${formatPercent(smallest.wanders)} and ${formatPercent(largest.wanders)}.`,
		`With a patience of ${patience} epochs on the held-out loss, a run at batch size ${smallest.batchSize} could have stopped at epoch ${formatEstimate(smallest.stopped)}, one at ${largest.batchSize} at ${formatEstimate(largest.stopped)}: between ${formatNumber(100 * Math.min(...saved))} and ${formatNumber(100 * Math.max(...saved))} % of the epochs were not needed.`,
		`The rule that reads the fit off the curves is right in ${formatPercent(overall)} of constructed cases; the commonest verdict on the real runs is ${verdictsOf(rows)}.`,
	];
}

/** `well-fitted at every batch size`, or each verdict with its sizes. */
function verdictsOf(rows: readonly Row[]): string {
	const verdicts = [...new Set(rows.map(({ fits }) => commonest(fits)))];
	if (verdicts.length === 1) return `${verdicts[0]} at every batch size`;
	const sizes = (verdict: string) => rows.filter(({ fits }) => commonest(fits) === verdict).map(({ batchSize }) => batchSize);
	return verdicts.map((verdict) => `${verdict} at ${sizes(verdict).join(", ")}`).join("; ");
}

const commonest = (fits: Row["fits"]): string => Object.entries(fits).reduce((a, b) => (b[1] > a[1] ? b : a))[0];

const sizesTable = (rows: readonly Row[], { epochs }: Settings) => ({
	title: "Speed, stability, and when each could have stopped",
	columns: [
		{ title: "batch size", numeric: true },
		{ title: `held-out accuracy after ${epochs} epochs`, numeric: true },
		{ title: `epoch from which ${goal} is kept`, numeric: true },
		{ title: "wanders by (points)", numeric: true },
		{ title: "could have stopped at epoch", numeric: true },
		{ title: "accuracy kept less final (points)", numeric: true },
	],
	rows: rows.map(({ batchSize, final, reached, wanders, stopped, kept }) => [
		formatCount(batchSize),
		formatEstimate(final),
		Number.isFinite(reached) ? formatCount(reached) : "never",
		formatPercent(wanders),
		formatEstimate(stopped),
		formatPercent(kept),
	]),
});

const fitTable = (rows: readonly Row[], seeds: number) => ({
	title: "Under-, well- or over-fitted, by the rule",
	columns: [
		{ title: "batch size", numeric: true },
		...(["under-fitted", "well-fitted", "over-fitted"] as const).map((fit) => ({ title: `${fit}, of ${seeds} runs`, numeric: true })),
	],
	rows: rows.map(({ batchSize, fits }) => [
		formatCount(batchSize),
		...(["under-fitted", "well-fitted", "over-fitted"] as const).map((fit) => formatCount(fits[fit])),
	]),
});

const names = { strong: "held-out, median run", faint: "other seeds", beside: "training, median run" };

/** One panel for each batch size. `of`: the run's columns for training and held-out examples. */
function panelsOf(rows: readonly Row[], of: (curves: Curves) => readonly [train: readonly number[], heldOut: readonly number[]]) {
	const color = batchColors(rows.map(({ batchSize }) => batchSize));
	const points = (column: readonly number[]) => column.map((y, epoch) => [epoch, y] as const);
	return rows.map(({ batchSize, curves }) => {
		const last = (one: Curves) => of(one)[1].at(-1) ?? 0;
		const order = [...curves].sort((a, b) => last(a) - last(b));
		const middle = order[Math.floor((order.length - 1) / 2)];
		const [train, heldOut] = of(middle);
		const others = curves.filter((one) => one !== middle).slice(0, 6);
		return {
			title: `batch size ${batchSize}`,
			color: color(batchSize),
			lines: [
				...others.map((one) => ({ points: points(of(one)[1]), weight: "faint" as const })),
				{ points: points(train), weight: "beside" as const },
				{ points: points(heldOut), weight: "strong" as const },
			],
		};
	});
}

/** What the axis must show: all there is after the first look. */
const domainOf = (rows: readonly Row[], of: (curves: Curves) => readonly (readonly number[])[]): readonly [number, number] =>
	innerDomain(rows.flatMap(({ curves }) => curves.flatMap((one) => of(one).flatMap((column) => column.slice(1)))));

const accuracyChart = (rows: readonly Row[], { epochs }: Settings): Chart => ({
	id: "accuracy",
	title: "Accuracy, epoch by epoch",
	caption: `One panel for each batch size, all on the same axes. The dashed level is the goal of ${goal}.`,
	draw: (canvas) =>
		panelCurves(canvas, {
			title: "Accuracy by epoch",
			panels: panelsOf(rows, ({ trainAccuracy, validationAccuracy }) => [trainAccuracy, validationAccuracy]),
			x: { title: "epochs", scale: "linear", domain: [0, epochs] },
			y: {
				title: "accuracy",
				scale: "linear",
				domain: domainOf(rows, ({ trainAccuracy, validationAccuracy }) => [trainAccuracy, validationAccuracy]),
			},
			level: goal,
			names: { ...names, level: `goal: ${goal}` },
		}),
});

const lossChart = (rows: readonly Row[], { epochs }: Settings): Chart => ({
	id: "loss",
	title: "Loss, epoch by epoch",
	caption: "One panel for each batch size, all on the same axes.",
	draw: (canvas) =>
		panelCurves(canvas, {
			title: "Loss by epoch",
			panels: panelsOf(rows, ({ trainLoss, validationLoss }) => [trainLoss, validationLoss]),
			x: { title: "epochs", scale: "linear", domain: [0, epochs] },
			y: { title: "loss", scale: "log", domain: domainOf(rows, ({ trainLoss, validationLoss }) => [trainLoss, validationLoss]) },
			names,
		}),
});
