import { distance } from "fastest-levenshtein";
import { SweetspotError } from "../../core/errors.js";
import { metricNamed, plainName } from "../../core/metric-names.js";
import { flagTitled } from "../../core/setting.js";

/** What a column of an imported table can be, other than a metric; with the names it may go by, as `plainName` makes them. */
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

/** A metric that a column holds. An error is kept as the accuracy it leaves, 1 − error. */
export interface MetricColumn {
	readonly at: number;
	readonly name: string;
	readonly isError: boolean;
}

/** A further setting of the runs, such as a placeholder that a study of ours searched. */
export interface FlagColumn {
	readonly at: number;
	readonly name: string;
}

export interface Columns {
	/** Where each meaning stands in a record. */
	readonly places: Readonly<Partial<Record<Meaning, number>>> & Readonly<Record<keyof typeof required, number>>;
	readonly metrics: readonly MetricColumn[];
	/** Further settings of the runs. */
	readonly flags: readonly FlagColumn[];
	/** Columns that are not used. */
	readonly ignored: readonly string[];
}

/**
 * What the columns of a table mean; `own`: the metric of the user's own that the goal is on; `settings`: the titles of further settings.
 * Throws `import/unusable` if a required one is missing, if two mean the same, or if there is no such further setting.
 */
export function columnsOf(titles: readonly string[], file: string, own: string | null, settings: readonly string[] = []): Columns {
	const places: Partial<Record<Meaning, number>> = {};
	const metrics: MetricColumn[] = [];
	const flags: FlagColumn[] = [];
	const found = new Set<string>();
	const ignored: string[] = [];
	for (const [at, title] of titles.entries()) {
		const meaning = (Object.keys(meanings) as Meaning[]).find((one) => (meanings[one] as readonly string[]).includes(plainName(title)));
		const named = settings.find((one) => plainName(one) === plainName(title));
		if (named !== undefined) found.add(named);
		const flag = flagTitled(title) ?? (meaning === "momentum" || meaning === "weightDecay" ? null : (named ?? null));
		if (flag !== null) {
			const same = flags.find(({ name }) => name === flag);
			if (same) throw twice(file, titles[same.at], title);
			flags.push({ at, name: flag });
			continue;
		}
		const metric = metricNamed(title);
		if (meaning) {
			const other = places[meaning];
			if (other !== undefined) throw twice(file, titles[other], title);
			places[meaning] = at;
		} else if (metric) {
			const isError = metric.kind === "error";
			const name = `${metric.set}.${metric.kind === "error" ? "accuracy" : metric.kind}`;
			const same = metrics.find((one) => one.name === name);
			if (same) throw twice(file, titles[same.at], title);
			metrics.push({ at, name, isError });
		} else if (own !== null && plainName(title) === plainName(own)) {
			const same = metrics.find((one) => one.name === own);
			if (same) throw twice(file, titles[same.at], title);
			metrics.push({ at, name: own, isError: false });
		} else ignored.push(title);
	}
	const missing = (Object.keys(required) as (keyof typeof required)[]).filter((meaning) => places[meaning] === undefined);
	if (missing.length > 0) throw lacking(file, titles, missing, ignored);
	const absent = settings.find((name) => !found.has(name));
	if (absent !== undefined)
		throw new SweetspotError(
			"import/unusable",
			`${file} has no column ${absent}; it has ${titles.join(", ")}`,
			"name columns of the table with --setting-keys",
		);
	return { places: places as Columns["places"], metrics, flags, ignored };
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
		const near = ignored.filter((title) => meanings[meaning].some((name) => distance(plainName(title), name) <= name.length / 3));
		return near.length > 0 ? [`${near[0]} to ${required[meaning].split(" ")[0]}`] : [];
	});
	return new SweetspotError(
		"import/unusable",
		`${file} has no column ${missing.map((meaning) => required[meaning]).join(", no ")}; it has ${titles.join(", ")}`,
		`${renames.length > 0 ? `rename ${renames.join(", ")}? ` : ""}docs/import.md lists the names that are known`,
	);
}
