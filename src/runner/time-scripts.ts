import type { StepTime } from "../core/calibration.js";
import type { ColumnAnswer } from "../core/column.js";
import { Rng } from "../core/rng.js";
import { settingOf } from "../core/setting.js";
import type { StepClock, TrialSpec } from "../core/trial.js";
import type { Executor } from "../study/contracts.js";
import { stepLimit } from "../study/plan.js";
import type { Study } from "../study/study.js";

/** Each batch size is timed so often, all sizes in turn. */
const passes = 3;

/** A script is heard for so long after its first report, in seconds: a hundredth of that may pass before a line is read. */
const leastSeconds = 0.5;

/** Where all sizes take longer than this together, in seconds, one pass is exact enough, and three would be dear. */
const longPass = 10;

/** A run may go on for so many times the steps that a trial may take: what trains in an instant has to be watched for longer than to its goal. */
const beyondLimit = 10;

/** A run that isn't heard of for long enough in so many times its longest trial's time, nor in so many seconds, is given up. */
const patience = { times: 3, seconds: 30 } as const;

/** What timing asks for. */
interface Timing {
	readonly study: Study;
	readonly executor: Executor;
	readonly signal: AbortSignal;
	/** Seconds that the longest trial at this batch size took. */
	readonly longest: (batchSize: number) => number;
	readonly onPass: (done: number, total: number) => void;
}

/**
 * Adds to the times that are known those of these sizes whose trials were over too soon to be timed, or reported only once. They are taken by runs of their own: the same script at the best rate, alone on the machine, for as long as it
 * takes to see its steps. Such runs are no trials: nothing but their time is kept. A size that can't be timed even so keeps the time that it had. Null where the signal was aborted.
 */
export async function timeScripts(
	known: readonly StepTime[],
	answers: readonly ColumnAnswer[],
	{ study, executor, signal, longest, onPass }: Timing,
): Promise<readonly StepTime[] | null> {
	const isTimed = (batchSize: number) => known.some((time) => time.batchSize === batchSize && !time.startUp);
	const specs = answers.flatMap((answer) => (isTimed(answer.batchSize) ? [] : timingRun(study, answer)));
	const timed = specs.map(({ batchSize }) => ({ batchSize, passes: [] as number[] }));
	const began = performance.now();
	for (let pass = 0; pass < passes && specs.length > 0; pass++) {
		if (pass > 0 && performance.now() - began > longPass * 1000) break;
		onPass(pass, passes);
		for (const [i, spec] of specs.entries()) {
			const most = Math.max(patience.seconds, patience.times * longest(spec.batchSize));
			const clock = await watched(spec, executor, signal, most);
			if (signal.aborted) return null;
			if (clock !== null && !clock.startUp) timed[i].passes.push(clock.seconds / clock.steps);
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

/** Runs it until it has been heard of for long enough, for so many seconds at most, and ends it. */
async function watched(spec: TrialSpec, executor: Executor, signal: AbortSignal, most: number): Promise<StepClock | null> {
	const enough = new AbortController();
	const timer = setTimeout(() => enough.abort(), most * 1000);
	let first: number | null = null;
	const result = await executor.run(spec, AbortSignal.any([signal, enough.signal]), () => {
		first ??= performance.now();
		if (performance.now() - first >= leastSeconds * 1000) enough.abort();
	});
	clearTimeout(timer);
	return result.clock ?? null;
}
