import { log } from "../../core/numerics.js";
import type { HalfOctave } from "../../core/rates.js";
import { type Setting, settingKey } from "../../core/setting.js";
import type { Study } from "../study.js";
import { type Challenged, challenge } from "./challenge.js";
import { runsOf, searchSpace } from "./column.js";
import type { Rounds } from "./rounds.js";
import type { Runs } from "./runs.js";
import { coarseStart, descend, expectedStart, type SearchSpace, type Tuned } from "./search.js";
import { expectedAt, type Leader, type TunedColumn } from "./trend.js";

/** Every combination of the values searched, the last key's values changing first; one empty setting where nothing is. */
export function settingsOf({ tune }: Pick<Study, "tune">): readonly Setting[] {
	const momenta: readonly Setting[] = tune.momentum?.map((momentum) => ({ momentum })) ?? [{}];
	const decays: readonly Setting[] = tune.weightDecay?.map((weightDecay) => ({ weightDecay })) ?? [{}];
	return momenta.flatMap((momentum) => decays.map((decay) => ({ ...momentum, ...decay })));
}

/**
 * The setting and learning rate with the least median steps on the tuning seeds; null where none reaches the goal. `before`: the batch sizes tuned before this one.
 *
 * Every setting has a search of its own over the rate, one after the other. The setting that won at the batch size before comes first, and as a rule wins again; where its expected start
 * fails, the others' are tried before any coarse search. All that come later are capped at the column's best median so far, which ends a setting exactly when it can no longer
 * win (see `challenge`). Each starts where its own best rate was expected from the batch sizes before, or, the first time, at the rate with the best setting's step: with momentum μ
 * a gradient moves the weights by η/(1 − μ) in all. `report` is told of every new best.
 */
export function* tune(
	study: Study,
	batchSize: number,
	before: readonly TunedColumn[],
	report: (best: Leader) => void,
): Rounds<TunedColumn | null> {
	const space = searchSpace(study, batchSize);
	const searches = inOrder(settingsOf(study), before.at(-1)?.setting).map((setting): Search => {
		const runs = runsOf(study, batchSize, "tuning", setting);
		return { setting, runs, expected: expectedAt(batchSize, followed(before, settingKey(setting))) };
	});
	const opened = yield* opening(searches, space);
	if (!opened) return null;
	const { setting, runs } = opened.search;
	report({ ...opened.start, setting });
	let best: Leader = { ...(yield* descend(runs, space, opened.start, (tuned) => report({ ...tuned, setting }))), setting };
	const rates = new Map([[settingKey(setting), best.rate]]);
	for (const { setting, runs, expected } of searches.filter((search) => search !== opened.search)) {
		const start: HalfOctave = expected?.rate ?? sameStepAt(study, best, setting);
		const { won, rate }: Challenged = yield* challenge(runs, space, start, best.steps, (tuned) => report({ ...tuned, setting }));
		rates.set(settingKey(setting), rate);
		if (won) best = { ...won, setting };
	}
	return { ...best, batchSize, rates };
}

/** A setting's search over the rate, and what is expected of it. */
interface Search {
	readonly setting: Setting;
	readonly runs: Runs;
	readonly expected: Tuned | null;
}

/** The first setting that has an incumbent, and that. */
function* opening(searches: readonly Search[], space: SearchSpace): Rounds<{ readonly search: Search; readonly start: Tuned } | null> {
	for (const search of searches) {
		const start = search.expected && (yield* expectedStart(search.runs, space, search.expected));
		if (start) return { search, start };
	}
	for (const search of searches) {
		const start = yield* coarseStart(search.runs, space, search.expected);
		if (start) return { search, start };
	}
	return null;
}

/** The last winner first, the others as they are listed. */
function inOrder(settings: readonly Setting[], last: Setting | undefined): readonly Setting[] {
	if (!last) return settings;
	const first = settingKey(last);
	return [last, ...settings.filter((setting) => settingKey(setting) !== first)];
}

/** The columns in which a setting was followed, with its rates there. */
const followed = (before: readonly TunedColumn[], key: string) =>
	before.flatMap(({ batchSize, steps, rates }) => {
		const rate = rates.get(key);
		return rate === undefined ? [] : [{ batchSize, rate, steps }];
	});

/** Whether momentum adds gradients up; Adam's is a mean, which leaves the step as it is. */
const addsUp = ({ workload }: Study): boolean => !("optimizer" in workload && "beta1" in workload.optimizer);

/** The rate at which another setting takes the same step as the best one. */
export const sameStepAt = (study: Study, best: Leader, setting: Setting): HalfOctave =>
	best.rate + (addsUp(study) ? sameStep(best.setting, setting) : 0);

/** Half octaves from a rate at one setting to the rate at another with the same η/(1 − μ); a weight decay changes nothing. */
const sameStep = (from: Setting, to: Setting): HalfOctave =>
	Math.round(2 * Math.LOG2E * (log(1 - (to.momentum ?? 0)) - log(1 - (from.momentum ?? 0))));
