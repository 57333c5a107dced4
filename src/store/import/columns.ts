import { distance } from "fastest-levenshtein";
import { SweetspotError } from "../../core/errors.js";
import type { MetricName } from "../../core/trial.js";

/** What a column of an imported table can be, besides a metric; with the names it may go by, as `plain` makes them. */
const meanings = {
	batchSize: ["batchsize", "batch", "bs"],
	learningRate: ["learningrate", "lr", "rate", "eta"],
	momentum: ["momentum"],
	weightDecay: ["weightdecay", "wd"],
	seed: ["seed", "randomseed", "randomstate", "run"],
	step: ["step", "steps", "globalstep", "iteration", "iterations", "iter", "update", "updates"],
	examples: ["examples", "examplesseen", "samples", "samplesseen"],
	seconds: ["seconds", "time", "elapsed", "walltime", "wallclock", "runtime"],
	phase: ["phase"],
	seedIndex: ["seedindex"],
	cap: ["cap"],
	outcome: ["outcome"],
} as const;

export type Meaning = keyof typeof meanings;

const required = {
	batchSize: "batch_size",
	learningRate: "learning_rate (or lr)",
	seed: "seed (or run)",
	step: "step (or iteration; updates, not epochs)",
} as const satisfies Partial<Record<Meaning, string>>;

const sets = {
	train: ["train", "training"],
	validation: ["validation", "valid", "val", "dev", "eval"],
	test: ["test"],
	batch: ["batch", "minibatch"],
} as const;
const kinds = { loss: ["loss"], accuracy: ["accuracy", "acc"], error: ["error", "err", "errorrate"] } as const;

/** A metric that a column holds. An error is kept as the accuracy it leaves, 1 − error. */
export interface MetricColumn {
	readonly at: number;
	readonly name: MetricName;
	readonly isError: boolean;
}

export interface Columns {
	/** Where each meaning stands in a record. */
	readonly places: Readonly<Partial<Record<Meaning, number>>> & Readonly<Record<keyof typeof required, number>>;
	readonly metrics: readonly MetricColumn[];
	/** Columns that mean nothing here. */
	readonly ignored: readonly string[];
}

/** Letters and digits only, small: `Learning Rate`, `learning-rate` and `learning_rate` are one. */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/**
 * What a name in a table or on the command line means as a metric: `validation.accuracy`, `val_acc`, `Val Acc`, `acc/val`. Undefined
 * where it is none.
 */
export function metricNamed(name: string): { readonly set: keyof typeof sets; readonly kind: keyof typeof kinds } | undefined {
	const wanted = plain(name);
	for (const set of Object.keys(sets) as (keyof typeof sets)[]) {
		for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
			for (const a of sets[set]) for (const b of kinds[kind]) if (wanted === a + b || wanted === b + a) return { set, kind };
		}
	}
	return undefined;
}

/** What the columns of a table mean. Throws `import/unusable` where one that is needed is missing, or two mean the same. */
export function columnsOf(titles: readonly string[], file: string): Columns {
	const places: Partial<Record<Meaning, number>> = {};
	const metrics: MetricColumn[] = [];
	const ignored: string[] = [];
	for (const [at, title] of titles.entries()) {
		const meaning = (Object.keys(meanings) as Meaning[]).find((one) => (meanings[one] as readonly string[]).includes(plain(title)));
		const metric = metricNamed(title);
		if (meaning) {
			const other = places[meaning];
			if (other !== undefined) throw twice(file, titles[other], title);
			places[meaning] = at;
		} else if (metric) {
			const isError = metric.kind === "error";
			const name: MetricName = `${metric.set}.${metric.kind === "error" ? "accuracy" : metric.kind}`;
			const same = metrics.find((one) => one.name === name);
			if (same) throw twice(file, titles[same.at], title);
			metrics.push({ at, name, isError });
		} else ignored.push(title);
	}
	const missing = (Object.keys(required) as (keyof typeof required)[]).filter((meaning) => places[meaning] === undefined);
	if (missing.length > 0) throw lacking(file, titles, missing, ignored);
	return { places: places as Columns["places"], metrics, ignored };
}

const twice = (file: string, one: string, other: string): SweetspotError =>
	new SweetspotError("import/unusable", `${file}: the columns ${one} and ${other} mean the same`, "rename or remove one of them");

function lacking(
	file: string,
	titles: readonly string[],
	missing: readonly (keyof typeof required)[],
	ignored: readonly string[],
): SweetspotError {
	const renames = missing.flatMap((meaning) => {
		const near = ignored.filter((title) => meanings[meaning].some((name) => distance(plain(title), name) <= name.length / 3));
		return near.length > 0 ? [`${near[0]} to ${required[meaning].split(" ")[0]}`] : [];
	});
	return new SweetspotError(
		"import/unusable",
		`${file} has no column ${missing.map((meaning) => required[meaning]).join(", no ")}; it has ${titles.join(", ")}`,
		`${renames.length > 0 ? `rename ${renames.join(", ")}? ` : ""}docs/import.md lists the names that are known`,
	);
}
