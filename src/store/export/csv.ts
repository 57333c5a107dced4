import { type Metrics, metricNames } from "../../core/known-metrics.js";
import { isKnownMetric } from "../../core/metric-names.js";
import { isRecordedName, recordables } from "../../core/recorded.js";
import type { Setting } from "../../core/setting.js";
import type { Evaluation, FinishedTrial } from "../../core/trial.js";

const settingColumns = [
	{ key: "momentum", title: "momentum" },
	{ key: "weightDecay", title: "weight_decay" },
] as const satisfies readonly { readonly key: keyof Setting; readonly title: string }[];

/**
 * The trials as a table (RFC 4180), a line at a time: one line for each evaluation, and one more without metrics where a trial ended
 * later than its last evaluation. The first seven columns say which trial it is and how it ended; metrics that were never measured have
 * no column, one that is missing at a look is empty; what the study records comes last. Numbers are the shortest that read back the same
 * bits.
 */
export function* csvLines(trials: readonly FinishedTrial[]): Generator<string> {
	const present = new Set(trials.flatMap(({ result }) => result.evaluations.flatMap((look) => Object.keys(valuesOf(look)))));
	const recorded = recordables.flatMap((kind) => [...present].filter((name) => name === kind || name.startsWith(`${kind}.`)).sort(byLayer));
	const own = [...present].filter((name) => !isKnownMetric(name) && !isRecordedName(name)).sort();
	const metrics = [...metricNames.filter((name) => present.has(name)), ...own, ...recorded];
	// Columns of their own, last before the metrics, only where they are searched: the first nine are the same for every study.
	const searched = settingColumns.filter(({ key }) => trials.some(({ spec }) => spec[key] !== undefined));
	const titles = [
		"phase",
		"batch_size",
		"learning_rate",
		"seed_index",
		"seed",
		"cap",
		"outcome",
		"step",
		"examples",
		...searched.map(({ title }) => title),
		...metrics,
	];
	yield `${titles.join(",")}\r\n`;
	for (const { spec, result } of trials) {
		const key = [spec.phase, spec.batchSize, spec.learningRate, spec.seedIndex, spec.seed, spec.cap, result.outcome].join(",");
		for (const look of looksOf(result)) {
			const found = valuesOf(look);
			const values = metrics.map((name) => numberText(found[name]));
			const setting = searched.map((column) => numberText(spec[column.key]));
			yield `${[key, look.step, look.examples, ...setting, ...values].join(",")}\r\n`;
		}
	}
}

/** Metrics, and what else is recorded: their names differ. */
const valuesOf = ({ metrics, recorded }: Evaluation): Metrics => ({ ...metrics, ...recorded });

/** `distance`, `distance.2`, `distance.10`. */
const byLayer = (a: string, b: string): number => Number(a.split(".")[1] ?? 0) - Number(b.split(".")[1] ?? 0);

function looksOf({ evaluations, steps, examples }: FinishedTrial["result"]): readonly Evaluation[] {
	const last = evaluations[evaluations.length - 1];
	return last?.step === steps ? evaluations : [...evaluations, { step: steps, examples, metrics: {} }];
}

/** The sign of −0 is kept, which `String` drops. */
const numberText = (value: number | undefined): string => (value === undefined ? "" : Object.is(value, -0) ? "-0" : String(value));
