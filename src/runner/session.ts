import type { Findings } from "../analysis/findings.js";
import { blankAnswer, type ColumnAnswer } from "../core/column.js";
import { SweetspotError } from "../core/errors.js";
import { describeGoalWithArticle } from "../core/goal.js";
import { settingOf } from "../core/setting.js";
import type { TrialSpec } from "../core/trial.js";
import { turn } from "../core/turn.js";
import { baselineAgainst, baselineGrant } from "../study/baseline.js";
import type { Bench, Design, Executor, Store, StoredStudy, TestResult } from "../study/contracts.js";
import { isExhausted } from "../study/decide.js";
import { trialsBudget } from "../study/extension.js";
import { seedOf } from "../study/search/seeds.js";
import type { Study, TrainableStudy } from "../study/study.js";
import { calibrate } from "../trainers/calibrate.js";
import type { RunEvent } from "./events.js";
import { findingsOf } from "./findings.js";
import { extensionsFor } from "./grant.js";
import { type RunEnd, runStudy } from "./run-study.js";
import { timesOfRuns } from "./run-times.js";
import { timeBefore } from "./time-before.js";
import { timeScripts } from "./time-scripts.js";

export interface Session {
	readonly stored: StoredStudy & { readonly study: TrainableStudy };
	readonly store: Store;
	readonly design: Design;
	readonly executor: Executor;
	readonly bench: Bench;
	/** This machine in a line, kept with the calibration. */
	readonly machine: string;
	/** Seconds after which the session ends as it stands; null: none. */
	readonly seconds: number | null;
	/** Further trials to grant while the study is undecided: at most this many, or as many as its first answer says would decide. */
	readonly grant: number | "advised";
	readonly signal: AbortSignal;
	readonly onEvent: (event: RunEvent) => void;
}

/** Takes a study from its current state to its answer: seconds per step, the trials, granted trials, the test set. */
export async function runSession(session: Session): Promise<{ readonly end: RunEnd; readonly findings: Findings }> {
	const { stored, store, design, bench, signal, onEvent, machine } = session;
	const began = performance.now();
	refuseGoalMet(session);
	if (bench.passes !== null && !store.calibration(stored.id)) {
		const onPass = (done: number, total: number) => onEvent({ kind: "calibrating", done, total });
		const stepTimes = await calibrate(bench, stored.study.batchSizes, signal, onPass);
		if (!signal.aborted) store.saveCalibration(stored.id, { machine, stepTimes });
	}
	await timeBefore(session);
	await bench.endTiming();
	/** Under a time budget, grants continue a few trials at a time while time is left and the answer is undecided. */
	const isTimed = session.grant === 0 && session.seconds !== null;
	let budget = isTimed ? fewTrials : session.grant;
	let granted: { readonly after: number } | null = null;
	const conclude = async (): Promise<boolean> => {
		if ((await takeTimesOfRuns(session)) && stored.study.comparisons) return true; // the comparison at equal seconds rests on them
		const findings = findingsOf(stored, store, design);
		const trials = findings.cost.trials - store.trials(stored.id).filter(({ spec }) => spec.phase === "baseline").length;
		// If a grant led to no trial, the rest of the budget is too small for a whole round.
		if (granted && (budget === "advised" || trials === granted.after)) budget = 0;
		else if (granted && budget !== "advised" && !isTimed) budget -= trials - granted.after;
		const extensions =
			isTimed && isExhausted(findings)
				? []
				: extensionsFor(stored.study, findings, budget === "advised" ? Number.POSITIVE_INFINITY : budget, spareTrials(session, trials));
		if (extensions.length > 0) {
			granted = { after: trials };
			store.extend(stored.id, extensions);
			return true;
		}
		const against = baselineSize(stored.study, findings);
		if (against !== null && baselineAgainst(store.extensions(stored.id)) !== against) {
			store.extend(stored.id, [baselineGrant(against)]);
			return true;
		}
		if (stored.study.data.test > 0) await testRecommended(session, findings);
		return false;
	};
	const seconds = session.seconds === null ? null : session.seconds - (performance.now() - began) / 1000;
	const end = await runStudy({ ...session, seconds, conclude });
	return { end, findings: findingsOf(stored, store, design) };
}

/**
 * The answer is settled. Now the user's own setting is run: to be compared with the recommended size, or, where none reached the goal, to see
 * whether it does; it is then compared with itself. Null where it isn't run.
 */
function baselineSize({ baseline }: Study, { recommendation: { batchSize, verdict }, failure }: Findings): number | null {
	if (!baseline) return null;
	return batchSize ?? (verdict === "not reached" && failure === null ? baseline.batchSize : null);
}

/** Throws `study/goal-met` if most reporting seeds meet the goal before their first step: there would be nothing to find. */
function refuseGoalMet({ stored: { id, study }, store, bench }: Session): void {
	const { meetsGoalUntrained } = bench;
	if (!meetsGoalUntrained || store.trials(id).length > 0) return;
	const seeds = Array.from({ length: untrainedSeeds }, (_, index) => seedOf(study.seed, "reporting", index));
	if (2 * seeds.filter(meetsGoalUntrained).length <= seeds.length) return;
	throw new SweetspotError(
		"study/goal-met",
		`the initial weights of most seeds have ${describeGoalWithArticle(study.goal)} already`,
		"ask for more than chance gives: set `goal` to a value that a good run reaches well before it ends",
	);
}

/** Initial weights that are looked at. */
const untrainedSeeds = 5;

/** Trials granted at once under a time limit: trials that are unfinished when it ends are useless. */
const fewTrials = 8;

/** Unspent trials of the study's budget, grants included: too few for a whole round. */
const spareTrials = ({ stored: { id, study }, store }: Session, spent: number): number =>
	Math.max(0, (trialsBudget(study.budget.trials, store.extensions(id)) ?? 0) - spent);

/** The batch size of the user's own setting, to be timed as the others are, if it isn't among them. */
function ownSize({ baseline }: Study, among: readonly ColumnAnswer[]): readonly ColumnAnswer[] {
	if (!baseline || among.some(({ batchSize }) => batchSize === baseline.batchSize)) return [];
	return [{ ...blankAnswer(baseline.batchSize, "not tried"), ...settingOf(baseline), learningRate: baseline.learningRate }];
}

/**
 * For trainers whose steps can't be timed separately: takes the times of the tradeoff's runs and of further runs (see `timeScripts`). Times
 * stay fixed until further batch sizes are tried; with a comparison at equal seconds, which depends on them, even then. Returns whether any
 * were taken.
 */
async function takeTimesOfRuns({
	stored: { id, study },
	store,
	design,
	bench,
	executor,
	machine,
	signal,
	onEvent,
}: Session): Promise<boolean> {
	if (bench.passes !== null) return false;
	const trials = store.trials(id);
	const before = store.calibration(id);
	const answers = design.answers(study, trials, { extensions: store.extensions(id), calibration: before });
	const reached = answers.filter(({ state }) => state === "reached");
	const fresh = reached.filter(({ batchSize }) => !before?.stepTimes.some((time) => time.batchSize === batchSize));
	if (before && fresh.length === 0) return false;
	const known = [...(before?.stepTimes ?? []), ...(timesOfRuns(trials, before ? fresh : answers, "")?.stepTimes ?? [])];
	const onPass = (done: number, total: number) => onEvent({ kind: "calibrating", done, total });
	const taken = await timeScripts(known, study.comparisons ? fresh : [...reached, ...ownSize(study, reached)], {
		study,
		executor,
		signal,
		trials,
		onPass,
	});
	if (taken === null) return false;
	const stepTimes = [...taken].sort((a, b) => a.batchSize - b.batchSize);
	if (stepTimes.length === 0) return false;
	store.saveCalibration(id, { machine: before?.machine ?? `${machine}; by the clock of the runs`, stepTimes });
	return true;
}

/**
 * The one time the test set is touched: the recommended size's reporting runs, trained again to where they reached the goal, are evaluated
 * on it. Nothing is chosen by the outcome. Does nothing if there is no recommendation, or if the same runs have been evaluated before.
 */
async function testRecommended({ stored, store, bench, signal, onEvent }: Session, { recommendation }: Findings): Promise<void> {
	const { batchSize, learningRate } = recommendation;
	if (batchSize === null) return;
	const runs = store.trials(stored.id).flatMap(({ spec, result }): TrialSpec[] => {
		const reported = spec.phase === "reporting" && spec.batchSize === batchSize && spec.learningRate === learningRate;
		return reported && result.reached ? [{ ...spec, cap: result.reached.step }] : [];
	});
	if (store.testResults(stored.id).filter((tested) => tested.batchSize === batchSize).length === runs.length) return;
	onEvent({ kind: "testing", batchSize });
	const results: TestResult[] = [];
	for (const spec of runs) {
		await turn(); // for an interrupt: the study isn't complete then, and the next session takes the test set
		if (signal.aborted) return;
		const metrics = bench.test(spec);
		if (metrics) results.push({ batchSize, seedIndex: spec.seedIndex, ...metrics });
	}
	store.saveTestResults(stored.id, results);
}
