import { blankAnswer, type ColumnAnswer } from "../core/column.js";
import { flavorOf } from "../core/flavor.js";
import { agreementOf, blocksOf, effectOf } from "../core/seed-effect.js";
import { isSameRate, settingOf } from "../core/setting.js";
import type { FinishedTrial } from "../core/trial.js";
import type { AnalysisInput } from "./analysis-input.js";
import { baselineFinding, withCostRatio } from "./baseline.js";
import { bestSeen } from "./best-seen.js";
import { medianInterval, shares } from "./bootstrap.js";
import { comparisonFindings } from "./comparisons.js";
import { costOf, trainingsOf } from "./cost.js";
import { predictedOnDevices } from "./devices.js";
import { efficiencyOf, goodputOf } from "./efficiency.js";
import { everyTrialFailed, failureOf } from "./failures.js";
import { type Findings, type Fit, type NoiseScaleRun, noMedian, type ReportedRun, type TestFinding, type TradeoffRow } from "./findings.js";
import { fitCurve } from "./fit.js";
import { byLadder } from "./ladder.js";
import { lateLooks } from "./late-looks.js";
import { Measures, type SizeMeasures } from "./measures.js";
import { noiseScaleOf } from "./noise-scale.js";
import { noiseScaleOfRuns } from "./noise-scale-of-runs.js";
import { byObjective } from "./objectives.js";
import { pooled } from "./pooling.js";
import { rateFindings } from "./rate-findings.js";
import { rateRule } from "./rate-rule.js";
import { recommend } from "./recommend.js";
import { regimesWithin } from "./regime.js";
import { reportedRuns, stepIntervals, trialsOf } from "./reporting.js";
import { scatterOf } from "./scatter.js";
import { bestBySingleLooks } from "./single-looks.js";
import { withUndercut } from "./undercut.js";
import { unsureClock } from "./unsure-clock.js";
import { isVague } from "./vague.js";

/** One batch size: the design's answer, its reporting runs, and their figures where it reached the goal. */
interface Size {
	readonly answer: ColumnAnswer;
	readonly runs: readonly ReportedRun[];
	/** Whether different seeds give equal results, so that `runs` is the first of them alone. */
	readonly equalSeeds: boolean;
	/** Null unless the column is complete: in an open one the short runs come first, which would bias the median low. */
	readonly measures: SizeMeasures | null;
}

/** All that the trials of one study show. About a fifth of a second for 12 sizes of 7 runs. */
export function analyse(input: AnalysisInput): Findings {
	const measures = new Measures(input.rng.split("measures"), input.calibration, input.dueRatio ?? input.looksRatio);
	const equalSeeds = input.mayIgnoreSeeds === true && seedsAreEqual(input.trials);
	const sizes = input.batchSizes.map((batchSize) => sizeOf(input, batchSize, measures, equalSeeds));
	const reached = sizes.filter(({ measures }) => measures !== null);
	/** Sizes whose steps really use that many examples. */
	const even = reached.filter(({ answer }) => (input.unevenBatch?.(answer.batchSize) ?? null) === null);
	const fit = withUndercut(
		even.flatMap(({ answer: { batchSize }, runs, measures }) =>
			measures ? [{ batchSize, steps: measures.steps.summary, runs: stepIntervals(runs) }] : [],
		),
		(sizes) => fitCurve(sizes, input.looksRatio),
	);
	const compared = pooled(
		even.flatMap(({ measures }) => measures ?? []),
		fit,
		input.rng.split("pooling"),
	);
	const choice = {
		candidates: even.flatMap(({ answer }, i) => {
			const { batchSize, learningRate } = answer;
			return learningRate === null ? [] : [{ batchSize, learningRate, ...settingOf(answer), measures: compared[i] }];
		}),
		open: sizes.flatMap(({ answer }) => (answer.state === "open" ? [answer] : [])),
		tolerance: input.tolerance,
		reportingSeeds: input.seeds.reporting,
		equalSeeds,
	};
	const { ladder } = input;
	const recommendations = byObjective((objective) => {
		const recommendation = recommend(objective, choice);
		if (!ladder) return recommendation;
		return byLadder(recommendation, ladder.arms, objective === input.objective ? ladder.withinTolerance : null, input.tolerance);
	});
	const recommendation = recommendations[input.objective];
	const tradeoff = sizes.map((size) => rowOf(input, size, measures, fit));
	const { batchSize: chosen } = recommendation;
	const { criticalBatchSize } = fit;
	const own = input.baseline && baselineFinding(input.trials, input.baseline, measures.exactSecondsPerStep(input.baseline.batchSize));
	const baseline = own && withCostRatio(own, input, recommendation);
	return {
		tradeoff,
		fit,
		noiseScales: sizes
			.flatMap(({ answer }) => noiseScale(input, answer))
			.map((run) => (input.isAdaptive ? { ...run, isEuclideanOnly: true } : run)),
		recommendations,
		recommendation,
		...(ladder && { ladder: ladder.arms }),
		...(baseline && { baseline }),
		bySingleLooks:
			recommendation.batchSize === null
				? null
				: bestBySingleLooks(
						input.objective,
						reached.flatMap(({ measures }) => measures ?? []),
					),
		comparisons: input.comparisons
			? comparisonFindings({
					...input.comparisons,
					trials: input.trials,
					reportingSeeds: input.seeds.reporting,
					rng: input.rng.split("budgets"),
				})
			: [],
		failure: failureOf(input.trials),
		cost: {
			...costOf(input.trials, input.batchSizes, input.seeds.tuning),
			...trainingsOf(input.trials, recommendation, (batchSize) => measures.exactSecondsPerStep(batchSize)),
		},
		test: testFinding(input, chosen),
		bestSeen: chosen === null ? bestSeen(input.goal, input.trials) : null,
		lateLooks: lateLooks(tradeoff, input.dueRatio ?? input.looksRatio, input.stepsPerEpoch),
		unsureClock: unsureClock(tradeoff, recommendation, input),
		regimes:
			chosen === null || fit.verdict === "too few sizes" || isVague(criticalBatchSize) ? [] : regimesWithin(chosen, criticalBatchSize),
		rateRule: rateRule(
			tradeoff.flatMap(({ outcome, batchSize, learningRate }) =>
				outcome === "reached" && learningRate !== null ? [{ batchSize, learningRate }] : [],
			),
		),
		onDevices: predictedOnDevices(
			tradeoff.flatMap(({ batchSize, steps, secondsPerStep }) =>
				steps.median === null || secondsPerStep.median === null
					? []
					: [{ batchSize, steps: steps.median, secondsPerStep: secondsPerStep.median }],
			),
		),
	};
}

/**
 * Whether runs of different seeds are equal wherever there are several, and too many for chance. Stops reading looks at the first
 * difference.
 */
function seedsAreEqual(trials: readonly FinishedTrial[]): boolean {
	function* agreements() {
		for (const block of blocksOf(trials)) yield agreementOf(block);
	}
	return effectOf(agreements()) === "none";
}

function sizeOf(input: AnalysisInput, batchSize: number, measures: Measures, equalSeeds: boolean): Size {
	const answer = input.answers.find((answer) => answer.batchSize === batchSize) ?? blankAnswer(batchSize, "open");
	const block = answer.learningRate === null ? [] : reportedRuns(input.trials, answer);
	const asked = answer.state === "reached" ? block.filter(({ seedIndex }) => seedIndex < answer.reportingRuns) : block;
	const runs = equalSeeds ? asked.slice(0, 1) : asked;
	const measured = answer.state === "reached" && runs.length > 0 ? measures.of(batchSize, runs) : null;
	return { answer, runs, equalSeeds, measures: measured?.steps.value === Number.POSITIVE_INFINITY ? null : measured };
}

function rowOf(input: AnalysisInput, { answer, runs, equalSeeds, measures: own }: Size, measures: Measures, fit: Fit): TradeoffRow {
	const { batchSize, learningRate, atEdge, replaced, state } = answer;
	const secondsPerStep = measures.secondsPerStep(batchSize)?.summary ?? noMedian;
	const efficiency = efficiencyOf(batchSize, fit.criticalBatchSize);
	const stepTime = input.calibration?.stepTimes.find((time) => time.batchSize === batchSize);
	const clockScatter = scatterOf(stepTime?.passes ?? []);
	const trials = input.trials.filter(({ spec }) => spec.batchSize === batchSize);
	const uneven = input.unevenBatch?.(batchSize) ?? null;
	const stopped = trials.filter(({ result }) => result.outcome === "stopped").length;
	return {
		batchSize,
		flavor: flavorOf(batchSize, input.examples),
		learningRate,
		...settingOf(answer),
		atEdge,
		replaced,
		outcome: state,
		steps: own?.steps.summary ?? noMedian,
		firstSteps: own?.firstSteps.summary ?? noMedian,
		examples: own?.examples.summary ?? noMedian,
		seconds: own?.seconds?.summary ?? noMedian,
		secondsPerStep,
		...(clockScatter !== null && { clockScatter }),
		...(stepTime?.startUp && { startUp: true }),
		efficiency,
		goodput: goodputOf(batchSize, secondsPerStep, efficiency),
		runs,
		rates: rateFindings(input.trials, batchSize, input),
		...(uneven !== null && { examplesPerStep: uneven }),
		...(everyTrialFailed(trials) && { allFailed: true }),
		...(stopped > 0 && { stopped }),
		...(equalSeeds && runs.length > 0 && { equalSeeds }),
	};
}

/**
 * Along the reporting runs of the reported rate that were probed or reported their norms; along a single run if there are fewer than three.
 */
function noiseScale({ trials, examples, population = examples }: AnalysisInput, answer: ColumnAnswer): NoiseScaleRun[] {
	const runs = trialsOf(trials, "reporting", answer.batchSize).filter(({ spec }) => isSameRate(spec, answer));
	// If the number of examples is unknown, it is assumed to be large.
	const examplesDrawnFrom = population > 0 ? population : Number.POSITIVE_INFINITY;
	const ofRuns = noiseScaleOfRuns(runs, examplesDrawnFrom);
	if (ofRuns) return [ofRuns];
	const probed = runs.find(({ result }) => result.probes.length > 0);
	return probed ? [noiseScaleOf(probed, examplesDrawnFrom)] : [];
}

function testFinding({ tests, rng }: AnalysisInput, recommended: number | null): TestFinding | null {
	const ofSize = tests.filter(({ batchSize }) => batchSize === recommended);
	if (recommended === null || ofSize.length === 0) return null;
	const over = (key: "accuracy" | "loss") => {
		const values = ofSize.flatMap((result) => result[key] ?? []);
		return values.length > 0 ? medianInterval(values, "linear", rng.split("test"), key === "accuracy" ? shares : undefined) : noMedian;
	};
	return { batchSize: recommended, accuracy: over("accuracy"), loss: over("loss") };
}
