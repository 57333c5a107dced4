import { type Metrics, metricNames } from "../../core/known-metrics.js";
import { isKnownMetric } from "../../core/metric-names.js";
import { isRecordedName, recordables } from "../../core/recorded.js";
import { flagNames, flagTitle } from "../../core/setting.js";
import type { Evaluation, FinishedTrial } from "../../core/trial.js";

/** What a column of the table holds: words, whole numbers, or any numbers. */
export interface ExportColumn {
	readonly title: string;
	readonly holds: "words" | "whole numbers" | "numbers";
}

export interface ExportTable {
	readonly columns: readonly ExportColumn[];
	/** One line for each evaluation, a cell a column; undefined where nothing was measured. */
	readonly rows: Iterable<readonly (string | number | undefined)[]>;
}

const settingColumns = [
	{ key: "momentum", title: "momentum" },
	{ key: "weightDecay", title: "weight_decay" },
] as const satisfies readonly { readonly key: "momentum" | "weightDecay"; readonly title: string }[];

/**
 * The trials as a table: one line for each evaluation, and one more without metrics where a trial ended later than its last evaluation.
 * The first seven columns say which trial it is and how it ended; metrics that were never measured have no column, one that is missing
 * at a look has an empty cell; what the study records comes last.
 */
export function exportTable(trials: readonly FinishedTrial[]): ExportTable {
	const present = new Set(trials.flatMap(({ result }) => result.evaluations.flatMap((look) => Object.keys(valuesOf(look)))));
	const recorded = recordables.flatMap((kind) => [...present].filter((name) => name === kind || name.startsWith(`${kind}.`)).sort(byLayer));
	const own = [...present].filter((name) => !isKnownMetric(name) && !isRecordedName(name)).sort();
	const metrics = [...metricNames.filter((name) => present.has(name)), ...own, ...recorded];
	// Searched settings have columns of their own, just before the metrics: the first nine columns are the same for every study.
	const searched = settingColumns.filter(({ key }) => trials.some(({ spec }) => spec[key] !== undefined));
	const flags = flagNames(trials.map(({ spec }) => spec));
	const words = (title: string): ExportColumn => ({ title, holds: "words" });
	const whole = (title: string): ExportColumn => ({ title, holds: "whole numbers" });
	const number = (title: string): ExportColumn => ({ title, holds: "numbers" });
	return {
		columns: [
			...[words("phase"), whole("batch_size"), number("learning_rate"), whole("seed_index"), whole("seed"), whole("cap"), words("outcome")],
			...[whole("step"), whole("examples")],
			...[...searched.map(({ title }) => title), ...flags.map(flagTitle), ...metrics].map(number),
		],
		rows: {
			*[Symbol.iterator]() {
				for (const { spec, result } of trials) {
					const key = [spec.phase, spec.batchSize, spec.learningRate, spec.seedIndex, spec.seed, spec.cap, result.outcome];
					for (const look of looksOf(result)) {
						const found = valuesOf(look);
						const setting = [...searched.map((column) => spec[column.key]), ...flags.map((name) => spec.flags?.[name])];
						yield [...key, look.step, look.examples, ...setting, ...metrics.map((name) => found[name])];
					}
				}
			},
		},
	};
}

/** Metrics, and what else is recorded: their names differ. */
const valuesOf = ({ metrics, recorded }: Evaluation): Metrics => ({ ...metrics, ...recorded });

/** `distance`, `distance.2`, `distance.10`. */
const byLayer = (a: string, b: string): number => Number(a.split(".")[1] ?? 0) - Number(b.split(".")[1] ?? 0);

function looksOf({ evaluations, steps, examples }: FinishedTrial["result"]): readonly Evaluation[] {
	const last = evaluations[evaluations.length - 1];
	return last?.step === steps ? evaluations : [...evaluations, { step: steps, examples, metrics: {} }];
}
