import type { StepTime } from "../core/calibration.js";
import type { ColumnAnswer } from "../core/column.js";
import { Rng } from "../core/rng.js";
import { settingOf } from "../core/setting.js";
import { exactClockOf, secondsPerStepOf } from "../core/step-clock.js";
import type { FinishedTrial, StepClock, TrialSpec } from "../core/trial.js";
import type { Executor } from "../study/contracts.js";
import { stepLimit } from "../study/steps.js";
import type { Study } from "../study/study.js";

/** Each batch size is timed this many times, all sizes in turn. */
const passes = 3;

/** A script is observed for this long after its first report. A line may be read a hundredth of this time late. */
const leastSeconds = 0.5;

/** If a pass takes longer than this, one is exact enough, and three would be expensive. */
const longPassSeconds = 10;

/**
 * A run may take this many times the steps that a trial may take: a script that trains in an instant is observed beyond
 * its goal.
 */
const beyondLimit = 10;

/**
 * A run that hasn't been observed for long enough is given up after this time, or after this multiple of its longest trial, if that is
 * longer. Both count from its first sign of life.
 */
const givenUpAfter = { seconds: 30, longestTrials: 3 } as const;

/** All sizes are timed if that takes at most `seconds`, or at most `share` of the time of the trials. */
const affordable = { seconds: 30, share: 0.1 } as const;

/** What timing asks for. */
interface Timing {
	readonly study: Study;
	readonly executor: Executor;
	readonly signal: AbortSignal;
	/** All that were run. */
	readonly trials: readonly FinishedTrial[];
	readonly onPass: (done: number, total: number) => void;
	/** Seconds after which a run that hasn't been observed for long enough is given up at the earliest. */
	readonly patience?: number;
}

/**
 * Times these sizes by separate runs: the same script at the best rate, with nothing else running, for as long as it takes to see its
 * steps. The sizes take turns, so that drift of the machine affects them equally. If that would be expensive, only those sizes are timed
 * whose trials were too short or reported only once. The others keep the time of their trials, as does a size that can't be timed even so.
 * These runs are not trials: only their time is kept. `known`: times so far. Null if the signal was aborted.
 */
export async function timeScripts(
	known: readonly StepTime[],
	answers: readonly ColumnAnswer[],
	{ study, executor, signal, trials, onPass, patience = givenUpAfter.seconds }: Timing,
): Promise<readonly StepTime[] | null> {
	const secondsOf = (batchSize: number) => trials.flatMap(({ spec, result }) => (spec.batchSize === batchSize ? result.seconds : []));
	/** A size without trials may take as long as the longest of the others. */
	const mostOfTrials = trials.reduce((most, { result }) => Math.max(most, result.seconds), 0);
	const isTimed = ({ batchSize }: ColumnAnswer) => known.some((time) => time.batchSize === batchSize && !time.startUp);
	const pass = answers.reduce((sum, { batchSize }) => sum + Math.min(...secondsOf(batchSize), mostOfTrials) + leastSeconds, 0);
	const spent = trials.reduce((sum, { result }) => sum + result.seconds, 0);
	const isCheap = passes * pass <= Math.max(affordable.seconds, affordable.share * spent);
	const specs = answers.flatMap((answer) => (isCheap || !isTimed(answer) ? timingRun(study, answer) : []));
	const timed = specs.map(({ batchSize }) => ({ batchSize, passes: [] as number[] }));
	const began = performance.now();
	for (let done = 0; done < passes && specs.length > 0; done++) {
		if (done > 0 && performance.now() - began > done * longPassSeconds * 1000) break;
		onPass(done, passes);
		for (const [i, spec] of specs.entries()) {
			const mostSeconds = Math.max(patience, givenUpAfter.longestTrials * Math.max(0, ...secondsOf(spec.batchSize)));
			const clock = await watched(spec, executor, signal, mostSeconds);
			if (signal.aborted) return null;
			if (clock !== null) timed[i].passes.push(secondsPerStepOf(clock));
		}
	}
	const taken = timed.filter((time) => time.passes.length > 0);
	return [...known.filter(({ batchSize }) => !taken.some((time) => time.batchSize === batchSize)), ...taken];
}

function timingRun(study: Study, answer: ColumnAnswer): TrialSpec[] {
	const { batchSize, learningRate } = answer;
	if (learningRate === null) return [];
	return [
		{
			phase: "reporting",
			batchSize,
			learningRate,
			...settingOf(answer),
			seedIndex: study.seeds.reporting,
			seed: Rng.fromSeed(study.seed).split("timing").uint32(),
			cap: beyondLimit * stepLimit(batchSize, study),
			until: "cap",
			curves: false,
			probe: false,
		},
	];
}

/** Runs it until it has been observed for long enough, at most for this many seconds from its first sign of life, and ends it. */
async function watched(spec: TrialSpec, executor: Executor, signal: AbortSignal, mostSeconds: number): Promise<StepClock | null> {
	const enough = new AbortController();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let heardAt: number | null = null;
	const run: Executor["run"] = executor.observe ?? ((...trial) => executor.run(...trial));
	const result = await run(spec, AbortSignal.any([signal, enough.signal]), ({ step }) => {
		if (step === 0) {
			// It runs now, perhaps for a second time. Earlier time, such as in a queue, doesn't count.
			clearTimeout(timer);
			timer = setTimeout(() => enough.abort(), mostSeconds * 1000);
			heardAt = null;
			return;
		}
		heardAt ??= performance.now();
		if (performance.now() - heardAt >= leastSeconds * 1000) enough.abort();
	});
	clearTimeout(timer);
	return result.outcome === "lost" ? null : exactClockOf(result);
}
