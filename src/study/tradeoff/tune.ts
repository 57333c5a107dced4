import type { HalfOctave } from "../../core/rates.js";
import { type Setting, settingKey } from "../../core/setting.js";
import { type Challenged, challenge } from "../search/challenge.js";
import { type Best, descend, type Tuned } from "../search/descend.js";
import type { Rounds } from "../search/rounds.js";
import { type Runs, runsOf } from "../search/runs.js";
import { SeedWatch } from "../search/seed-watch.js";
import { sameStepAt, settingsOf } from "../search/settings.js";
import { type SearchSpace, searchSpace } from "../search/space.js";
import { expectedAt, type Leader, type TunedColumn } from "../search/trend.js";
import type { Study } from "../study.js";
import { coarseStart, expectedStart } from "./start.js";

/**
 * The setting and learning rate with the least median steps on the tuning seeds; null where none reaches the goal. `before`: the batch
 * sizes tuned before this one.
 *
 * Every setting has its own search over the rate, one after the other. The setting that won at the previous batch size comes first, and
 * usually wins again; if its expected start fails, the others' are tried before any coarse search. All later ones are capped at the
 * column's best median so far, which ends a setting exactly when it can no longer win (see `challenge`). Each starts where its own best
 * rate was expected from the batch sizes before, or, the first time, at the rate with the best setting's step: with momentum μ a gradient
 * moves the weights by η/(1 − μ) in all. `report` receives every new best.
 */
export function* tune(
	study: Study,
	batchSize: number,
	before: readonly TunedColumn[],
	report: (best: Leader) => void,
	seedWatch: SeedWatch = new SeedWatch(study),
): Rounds<TunedColumn | null> {
	const space = searchSpace(study, batchSize);
	const searches = inOrder(settingsOf(study), before.at(-1)?.setting).map((setting): Search => {
		const runs = runsOf(study, batchSize, setting, { kind: "tuning" }, { seedWatch });
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
	return { ...best, batchSize, rates, seedEffect: seedWatch.effect };
}

/** A setting's search over the rate, and what is expected of it. */
interface Search {
	readonly setting: Setting;
	readonly runs: Runs;
	readonly expected: Tuned | null;
}

/** The first setting that has an incumbent, and that. */
function* opening(searches: readonly Search[], space: SearchSpace): Rounds<{ readonly search: Search; readonly start: Best } | null> {
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
