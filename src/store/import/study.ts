import { median } from "../../analysis/bootstrap.js";
import { type Objective, usualObjective } from "../../analysis/objectives.js";
import type { Calibration } from "../../core/calibration.js";
import { SweetspotError } from "../../core/errors.js";
import { type Goal, goalMetric } from "../../core/goal.js";
import { GoalWatch } from "../../core/goal-watch.js";
import { isSameRate, settingKey, settingOf } from "../../core/setting.js";
import {
	type Crossing,
	type Evaluation,
	type FinishedTrial,
	type Outcome,
	type TradeoffPhase,
	type TrialSpec,
	trialKey,
} from "../../core/trial.js";
import type { ImportedStudy } from "../../study/study.js";
import type { ImportedLook } from "./look.js";
import type { ImportedRun, ImportedRuns } from "./runs.js";

/** What the table doesn't contain. */
export interface ImportSettings {
	readonly name: string;
	/** The file's name and the SHA-256 of its bytes. */
	readonly file: string;
	readonly sha256: string;
	/** Further flags of the import, as typed. */
	readonly flags?: readonly string[];
	/** N, the training-set size. */
	readonly examples: number;
	readonly goal: Goal;
	/** Null: balanced where there are seconds, else cheapest. */
	readonly objective: Objective | null;
}

export interface Imported {
	readonly study: ImportedStudy;
	readonly trials: readonly FinishedTrial[];
	/** From the runs' own clocks; null where a batch size has none. */
	readonly calibration: Calibration | null;
}

/** Runs that were made elsewhere as a study of ours. Throws `import/unusable` where they don't have the goal's metric. */
export function importedStudy({ runs, columns }: ImportedRuns, settings: ImportSettings): Imported {
	const { goal, name, file, sha256, examples, flags = [] } = settings;
	const metric = goalMetric(goal);
	if (!columns.metrics.some((column) => column.name === metric)) {
		const found = columns.metrics.map((column) => column.name).join(", ") || "no metric";
		throw new SweetspotError(
			"import/unusable",
			`the goal is on ${goal.metric}, but ${file} has ${found}`,
			`name one of its metrics in --goal, or rename the column to ${goal.metric}; docs/import.md lists the names that are known`,
		);
	}
	const read = runs.map((run) => looked(run, goal));
	const trials = trialsOf(read);
	checkKeys(trials, file);
	const calibration = calibrationOf(read);
	const rates = runs.map(({ learningRate }) => learningRate);
	const study: ImportedStudy = {
		version: 1,
		name,
		seed: 0,
		workload: {
			imported: {
				file,
				phases: runs.some(({ phase }) => phase !== null),
				...(onlyWhole(runs, examples) && { lastBatch: "drop" as const }),
				...(flags.length > 0 && { flags }),
			},
		},
		data: { train: examples, validation: 0, test: 0, features: 0, classes: 0, sha256 },
		goal,
		batchSizes: [...new Set(runs.map(({ batchSize }) => batchSize))].sort((a, b) => a - b),
		looks: { ratio: typicalRatio(trials), examples: 0 },
		tune: { learningRate: { from: rates.reduce((a, b) => Math.min(a, b)), to: rates.reduce((a, b) => Math.max(a, b)) } },
		seeds: { tuning: seedsOf(trials, "tuning"), selecting: seedsOf(trials, "selecting"), reporting: seedsOf(trials, "reporting") },
		limits: { epochs: 0, steps: trials.reduce((longest, { result }) => Math.max(longest, result.steps), 0), seconds: null },
		budget: { trials: null, seconds: null },
		objective: settings.objective ?? (calibration ? usualObjective : "cheapest"),
		tolerance: 0.25,
	};
	return { study, trials, calibration };
}

/** A run, and what its looks say. They are made once for all of it: in a large store they are most of what is held. */
interface LookedAt {
	readonly run: ImportedRun;
	readonly last: Pick<ImportedLook, "step" | "examples">;
	readonly outcome: Outcome;
	readonly first: Crossing | null;
	readonly reached: Crossing | null;
	/** Seconds per step; null where the run has no clock. */
	readonly pace: number | null;
}

function looked(run: ImportedRun, goal: Goal): LookedAt {
	const { looks } = run;
	const { first, reached } = watched(evaluationsOf(run, looks), goal, "goal");
	const { step, examples } = looks[looks.length - 1];
	return { run, last: { step, examples }, outcome: outcomeOf(run, looks, reached), first, reached, pace: paceOf(looks) };
}

function trialsOf(read: readonly LookedAt[]): FinishedTrial[] {
	const index = seedIndices(read.map(({ run }) => run));
	const longest = new Map<number, number>();
	for (const { run, last } of read) longest.set(run.batchSize, Math.max(longest.get(run.batchSize) ?? 0, run.cap ?? 0, last.step));
	return read.map(({ run, last, outcome, first, reached, pace }): FinishedTrial => {
		const { batchSize, learningRate } = run;
		const phase = run.phase ?? "reporting";
		const seedIndex = index(run);
		const seed = Number(run.seed);
		const spec: TrialSpec = {
			phase,
			batchSize,
			learningRate,
			...settingOf(run),
			seedIndex,
			seed: Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32 ? seed : seedIndex,
			cap: run.cap ?? longest.get(batchSize) ?? 0,
			until: "goal",
			curves: phase === "reporting",
			probe: false,
		};
		return {
			spec,
			result: {
				outcome,
				steps: last.step,
				examples: last.examples ?? last.step * batchSize,
				first,
				reached,
				/** Made on every access, as stored looks are read on every access. */
				get evaluations() {
					return evaluationsOf(run, run.looks);
				},
				probes: [],
				seconds: (pace ?? 0) * last.step,
				message: null,
			},
		};
	});
}

/**
 * Whether the runs' own counts of examples show that a partial last batch was left out: beyond the first epoch, wherever the batch size
 * doesn't divide the training set, each of so many steps used a whole batch.
 */
function onlyWhole(runs: readonly ImportedRun[], trainingSet: number): boolean {
	let isShown = false;
	for (const { batchSize, looks } of runs) {
		if (trainingSet % batchSize === 0) continue;
		for (const { step, examples } of looks) {
			if (step <= Math.floor(trainingSet / batchSize)) continue;
			if (examples !== step * batchSize) return false;
			isShown = true;
		}
	}
	return isShown;
}

const evaluationsOf = ({ batchSize }: ImportedRun, looks: readonly ImportedLook[]): readonly Evaluation[] =>
	looks.filter(({ metrics }) => Object.keys(metrics).length > 0).map((look) => evaluationOf(look, batchSize));

/** Two runs with the same key would be taken for one. */
function checkKeys(trials: readonly FinishedTrial[], file: string): void {
	const keys = new Set<string>();
	for (const { spec } of trials) {
		const key = trialKey(spec);
		if (keys.has(key)) {
			throw new SweetspotError(
				"import/unusable",
				`${file}: two ${spec.phase} runs of batch size ${spec.batchSize} and learning rate ${spec.learningRate} have the seed index ${spec.seedIndex}`,
				"leave the column seed_index out: the seeds tell the runs apart",
			);
		}
		keys.add(key);
	}
}

const evaluationOf = ({ step, examples, metrics }: ImportedLook, batchSize: number): Evaluation => ({
	step,
	examples: examples ?? step * batchSize,
	metrics,
});

/** Only looks that have the goal's metric: a line with only the training loss doesn't show where the goal was met. */
function watched(evaluations: readonly Evaluation[], goal: Goal, until: TrialSpec["until"]): GoalWatch {
	const metric = goalMetric(goal);
	const watch = new GoalWatch(goal, until);
	for (const evaluation of evaluations) {
		if (metric in evaluation.metrics) watch.look(evaluation);
		if (watch.reached) break; // later looks decide nothing, and each costs a window of looks
	}
	return watch;
}

/** Outcomes that don't matter once a run has met the goal. */
const endsAfterTheGoal: ReadonlySet<Outcome> = new Set(["diverged", "stopped", "failed"]);

/** The outcome that the table states for runs that ended for their own reasons; else what the looks show. */
function outcomeOf({ outcome }: ImportedRun, looks: readonly ImportedLook[], reached: Crossing | null): Outcome {
	if (outcome !== null && outcome !== "reached" && outcome !== "missed" && !(reached && endsAfterTheGoal.has(outcome))) return outcome;
	if (reached) return "reached";
	return looks.some(({ diverged }) => diverged) ? "diverged" : "missed";
}

/**
 * The index of a run's seed in its phase: the table's own; else its rank among the seeds of all runs, if every batch size has the same
 * seeds, so that runs are compared in pairs; else its rank among the runs of its batch size and rate.
 */
function seedIndices(runs: readonly ImportedRun[]): (run: ImportedRun) => number {
	const seedsWhere = (fits: (run: ImportedRun) => boolean) =>
		[...new Set(runs.filter(fits).map(({ seed }) => seed))].sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
	const ofSize = new Map(runs.map(({ batchSize }) => [batchSize, ""]));
	for (const batchSize of ofSize.keys()) ofSize.set(batchSize, JSON.stringify(seedsWhere((run) => run.batchSize === batchSize)));
	const shared = new Set(ofSize.values()).size === 1;
	const everywhere = seedsWhere(() => true);
	const ranks = new Map<string, readonly string[]>();
	return (run) => {
		if (run.seedIndex !== null) return run.seedIndex;
		if (shared) return everywhere.indexOf(run.seed);
		const block = `${run.phase}/${run.batchSize}/${run.learningRate}${settingKey(run)}`;
		const seeds =
			ranks.get(block) ?? seedsWhere((other) => other.phase === run.phase && other.batchSize === run.batchSize && isSameRate(other, run));
		ranks.set(block, seeds);
		return seeds.indexOf(run.seed);
	};
}

/** The largest number of seeds that a rate has in a phase. */
const seedsOf = (trials: readonly FinishedTrial[], phase: TradeoffPhase): number =>
	trials.reduce((most, { spec }) => (spec.phase === phase ? Math.max(most, spec.seedIndex + 1) : most), 0);

/** Step over the look before it, where runs met the goal: how finely they were looked at there, at the median. 1 where no run shows it. */
function typicalRatio(trials: readonly FinishedTrial[]): number {
	const ratios = trials.flatMap(({ result: { reached } }) => (reached && reached.after > 0 ? [reached.step / reached.after] : []));
	return ratios.length === 0 ? 1 : median(ratios);
}

/**
 * Seconds per step of a run that has a clock: from its first line to its last, so that neither starting up nor a clock that began
 * elsewhere counts; for a run with one line, since 0. Null for one without, and where the clock runs backwards.
 */
function paceOf(looks: readonly ImportedLook[]): number | null {
	const timed = looks.flatMap(({ step, seconds }) => (seconds === null ? [] : [{ step, seconds }]));
	const [first, last] = [timed[0], timed[timed.length - 1]];
	if (!first) return null;
	const from = timed.length > 1 ? first : { step: 0, seconds: 0 };
	const taken = (last.seconds - from.seconds) / (last.step - from.step);
	return taken > 0 ? taken : null;
}

/** Each batch size's seconds per step, one pass a run. */
function calibrationOf(read: readonly LookedAt[]): Calibration | null {
	const passes = new Map<number, number[]>(read.map(({ run }) => [run.batchSize, []]));
	for (const { run, pace } of read) if (pace !== null) passes.get(run.batchSize)?.push(pace);
	if ([...passes.values()].some((seconds) => seconds.length === 0)) return null;
	const stepTimes = [...passes].sort(([a], [b]) => a - b).map(([batchSize, seconds]) => ({ batchSize, passes: seconds }));
	return { machine: "the imported runs' own clocks", stepTimes };
}
