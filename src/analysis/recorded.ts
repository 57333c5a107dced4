import type { Recordable } from "../core/recorded.js";
import { isSameRate } from "../core/setting.js";
import type { Evaluation, FinishedTrial } from "../core/trial.js";
import type { Estimate, TradeoffRow } from "./findings.js";
import { geometricMeanInterval } from "./means.js";
import { longestOfEachSeed, trialsOf } from "./reporting.js";

/**
 * What the reporting runs of one batch size recorded: geometric means over them with 95 % intervals, all null where a value is missing or
 * not positive.
 */
export interface RecordedRow {
	readonly batchSize: number;
	/** At the look that reached the goal, over the runs that did. */
	readonly atGoal: Readonly<Record<Recordable, Estimate>>;
	/** At looks that all runs reached. */
	readonly along: Readonly<Record<Recordable, readonly { readonly step: number; readonly mean: Estimate }[]>>;
}

/** As many looks as are distinguishable on a logarithmic axis. */
const mostPlaces = 24;

/** What was recorded at the reported rate of each batch size that has one. Reads the looks of the reporting runs. */
export const recordedRows = (tradeoff: readonly TradeoffRow[], trials: readonly FinishedTrial[]): readonly RecordedRow[] =>
	tradeoff.flatMap((row) => {
		const block = trialsOf(trials, "reporting", row.batchSize).filter(({ spec }) => isSameRate(spec, row));
		const runs = longestOfEachSeed(block).map(({ result: { reached, evaluations } }) => ({ reached, looks: evaluations }));
		if (runs.length === 0) return [];
		const atGoal = runs.flatMap(({ reached, looks }) => looks.find(({ step }) => step === reached?.step) ?? []);
		const common = Math.min(...runs.map(({ looks }) => looks.length)); // every run is looked at after the same steps
		const places = spread(common);
		const of = <T>(value: (name: Recordable) => T) => ({
			distance: value("distance"),
			update: value("update"),
			"gradient-norm": value("gradient-norm"),
			sharpness: value("sharpness"),
		});
		return [
			{
				batchSize: row.batchSize,
				atGoal: of((name) => meanOf(atGoal, name)),
				along: of((name) =>
					places.map((place) => ({
						step: runs[0].looks[place].step,
						mean: meanOf(
							runs.map(({ looks }) => looks[place]),
							name,
						),
					})),
				),
			},
		];
	});

const meanOf = (looks: readonly Evaluation[], name: Recordable): Estimate =>
	geometricMeanInterval(looks.map(({ recorded }) => recorded?.[name] ?? Number.NaN));

/** The first and the last of `count` places, and some between them. */
const spread = (count: number): readonly number[] => {
	const most = Math.min(count, mostPlaces);
	return Array.from({ length: most }, (_, i) => (most === 1 ? 0 : Math.round(((count - 1) * i) / (most - 1))));
};
