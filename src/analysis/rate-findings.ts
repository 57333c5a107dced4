import { nextLook } from "../core/looks.js";
import { type Setting, settingKey, settingOf } from "../core/setting.js";
import type { FinishedTrial, TradeoffPhase } from "../core/trial.js";
import { median } from "./bootstrap.js";
import type { RateFinding } from "./findings.js";
import { longestOfEachSeed, trialsOf } from "./reporting.js";

const phases: readonly TradeoffPhase[] = ["tuning", "selecting", "reporting"];

/** What a phase's rates are judged by. */
export interface RateRules {
	/** Runs in each phase's block of seeds. */
	readonly seeds: Readonly<Record<TradeoffPhase, number>>;
	/** Steps a trial of this batch size may take at most; the last look by then is where the longest ends. */
	readonly limitSteps: (batchSize: number) => number;
	readonly looksRatio: number;
}

/**
 * Everything learned about each learning rate at one batch size, by phase, then ascending in rate; of one rate's settings in the order of
 * their first trials.
 */
export const rateFindings = (trials: readonly FinishedTrial[], batchSize: number, rules: RateRules): RateFinding[] =>
	phases.flatMap((phase) => {
		const ofPhase = trialsOf(trials, phase, batchSize);
		return ratesOf(ofPhase).map(({ learningRate, setting, trials: ofRate }) => {
			const runs = longestOfEachSeed(ofRate);
			const medianSteps = phase === "reporting" ? reportedMedian(runs) : blockMedian(runs, rules.seeds[phase]);
			return {
				phase,
				learningRate,
				...setting,
				medianSteps,
				state: medianSteps === null ? stateOf(runs, batchSize, rules) : "measured",
				runs: runs.length,
				longest: Math.max(...runs.map(({ result }) => result.steps)),
			};
		});
	});

/** The trials of each rate and setting, ascending in rate. */
export function ratesOf(trials: readonly FinishedTrial[]) {
	const rates = new Map<string, { learningRate: number; setting: Setting; trials: FinishedTrial[] }>();
	for (const trial of trials) {
		const { learningRate } = trial.spec;
		const key = `${learningRate}${settingKey(trial.spec)}`;
		const known = rates.get(key);
		if (known) known.trials.push(trial);
		else rates.set(key, { learningRate, setting: settingOf(trial.spec), trials: [trial] });
	}
	return [...rates.values()].sort((a, b) => a.learningRate - b.learningRate);
}

/** Over all runs of the block, those without the goal counting as the longest; null where they are most. */
function reportedMedian(runs: readonly FinishedTrial[]): number | null {
	const value = median(runs.map(({ result }) => result.reached?.step ?? Number.POSITIVE_INFINITY));
	return Number.isFinite(value) ? value : null;
}

/**
 * The median that rates are compared by while they are tuned: of a block of n seeds the (⌊n/2⌋ + 1)-th shortest, so that most runs reach
 * the goal. It is known without all runs, if the others can't make it shorter: a run that went to the look before the median without the
 * goal can't, nor can few where several met the goal at the median's look.
 */
export function blockMedian(runs: readonly FinishedTrial[], seeds: number): number | null {
	const majority = Math.floor(seeds / 2) + 1;
	const crossings = runs.flatMap(({ result }) => result.reached ?? []).sort((a, b) => a.step - b.step);
	const middle = crossings[majority - 1];
	if (!middle) return null;
	const noShorter = runs.filter(({ result }) => !result.reached && (result.outcome !== "missed" || result.steps >= middle.after)).length;
	const open = seeds - crossings.length - noShorter;
	// If all open runs were shorter, the median would move down by as many places.
	return open <= 0 || middle.after === 0 || crossings[majority - 1 - open]?.step === middle.step ? middle.step : null;
}

/** Why there is no median: how the runs without the goal ended. */
function stateOf(runs: readonly FinishedTrial[], batchSize: number, { limitSteps, looksRatio }: RateRules): RateFinding["state"] {
	const without = runs.filter(({ result }) => !result.reached);
	if (without.length > 0 && without.every(({ result }) => result.outcome === "diverged")) return "diverged";
	const limit = limitSteps(batchSize);
	const beyond = (cap: number) => nextLook(cap, looksRatio) > limit; // too late
	const ended = without.every(({ spec, result }) => result.outcome !== "missed" || beyond(spec.cap));
	return without.length > 0 && ended ? "missed" : "dropped";
}
