import { closest } from "fastest-levenshtein";
import { internal, SweetspotError } from "../../core/errors.js";
import { unpacked } from "../bytes.js";
import type { Dataset } from "../dataset.js";
import type { Normalization, TargetNormalization } from "../normalize.js";
import type { Numbers } from "../numbers.js";
import { datasetOf, type Labels, type Raw, someOf } from "../sets.js";
import type { ReadBytes } from "../source.js";
import { numberOf, readTable, type Separator, type Table } from "./reader.js";

const setNames = ["train", "validation", "test"] as const;
type SetName = (typeof setNames)[number];

/**
 * A table of the user's own, one example a line. Every column is a numeric feature, but for the label's or the targets', and the split's.
 * Normalization is fitted on the training set: "standardize" to mean 0 and standard deviation 1, "range" to [0, 1].
 */
export interface CsvSource extends TargetNormalization {
	readonly name: "csv";
	/** Absolute. */
	readonly file: string;
	/** The column of the class, a number or a text; absent where there are targets. */
	readonly label?: string;
	/** The columns of the numbers to predict; absent where there is a label. */
	readonly target?: readonly string[];
	/** The column that says train, validation or test; null: a seeded, stratified split. */
	readonly split: string | null;
	readonly normalize: Normalization;
	/** Null: the one of the three that occurs most often in the header. */
	readonly separator: Separator | null;
}

/** The examples of a table. Throws `data/…` errors with the line and the column. */
export async function loadCsv(source: CsvSource, read: ReadBytes): Promise<Dataset> {
	const { file, normalize, normalizeTarget = "none" } = source;
	const bytes = await read({ path: file });
	if (!bytes) throw new SweetspotError("data/not-found", file, "check `workload.data.csv`: the path counts from the study file's folder");
	const { pool, sets } = parse(source, readTable(await unpacked(bytes, file, read.mostBytes), file, source.separator));
	const part = (name: SetName): Raw => someOf(pool, Int32Array.from((sets ?? []).flatMap((set, row) => (set === name ? [row] : []))));
	return datasetOf(
		sets ? { train: part("train"), validation: part("validation"), test: part("test") } : { pool },
		{ features: normalize, targets: normalizeTarget },
		file,
	);
}

/** A table's lines as numbers and labels, and what its split column says; null without one. */
function parse(source: CsvSource, table: Table): { readonly pool: Raw; readonly sets: readonly SetName[] | null } {
	const { file } = source;
	const columns = columnsOf(source, table);
	const [values, targets, labels, lines, sets]: [number[], number[], string[], number[], SetName[]] = [[], [], [], [], []];
	for (const { line, fields } of table.rows) {
		const place = (at: number) => `${file}, line ${line}, column ${table.columns[at]}`;
		for (const at of columns.features) values.push(numberIn(fields[at], place(at), featureFix));
		for (const at of columns.targets) targets.push(numberIn(fields[at], place(at), targetFix));
		if (columns.label !== null) labels.push(labelIn(fields[columns.label], place(columns.label)));
		if (columns.split !== null) sets.push(setIn(fields[columns.split], place(columns.split)));
		lines.push(line);
	}
	if (lines.length === 0)
		throw new SweetspotError("data/unusable", `${file} has a header and no examples`, "give it one line for each example");
	const block = (content: readonly number[], at: readonly number[]): Numbers => {
		const [doubles, width] = [Float64Array.from(content), at.length];
		return {
			count: lines.length,
			width,
			at: (example, column) => doubles[example * width + column],
			place: (example, column) => `${file}, line ${lines[example]}, column ${table.columns[at[column]]}`,
		};
	};
	const truth =
		columns.label === null
			? ({ kind: "targets", name: file, ...block(targets, columns.targets) } as const)
			: labelsOf(labels, file, (example) => `${file}, line ${lines[example]}`);
	return { pool: { features: block(values, columns.features), truth }, sets: columns.split === null ? null : sets };
}

/** Numbers, where every one of them is, however they are written; else texts. */
function labelsOf(texts: readonly string[], name: string, place: Labels["place"]): Labels {
	const numbers = texts.map(numberOf);
	const labels = numbers.every((number) => number !== undefined) ? numbers : texts;
	return { kind: "labels", name, count: labels.length, at: (example) => labels[example], place };
}

/** Where in a record each thing stands. */
interface Columns {
	readonly features: readonly number[];
	/** Null where there are targets. */
	readonly label: number | null;
	readonly targets: readonly number[];
	/** Null without one. */
	readonly split: number | null;
}

function columnsOf({ file, label, target = [], split }: CsvSource, table: Table): Columns {
	if ((label === undefined) === (target.length === 0)) throw internal("a table needs a label or targets");
	const columns = {
		label: label === undefined ? null : columnAt(table, label, "label"),
		targets: target.map((name) => columnAt(table, name, "target")),
		split: split === null ? null : columnAt(table, split, "split"),
	};
	const taken = [columns.label, ...columns.targets, columns.split].filter((at) => at !== null);
	const twice = taken.find((at, i) => taken.indexOf(at) < i);
	if (twice !== undefined) {
		const keys =
			label !== undefined
				? "`label` and `split` both name"
				: split === table.columns[twice]
					? "`target` and `split` both name"
					: "`target` names twice";
		throw new SweetspotError("data/unusable", `${file}: ${keys} the column ${table.columns[twice]}`, "name another, or leave one out");
	}
	const features = table.columns.flatMap((_, at) => (taken.includes(at) ? [] : [at]));
	if (features.length > 0) return { ...columns, features };
	throw new SweetspotError(
		"data/unusable",
		`${file} has no features: its columns are ${table.columns.join(", ")}`,
		"every column but the label's or target's and the split's is a feature. If there are more, name the `separator`: comma, semicolon or tab",
	);
}

function columnAt({ name, columns }: Table, wanted: string, key: "label" | "target" | "split"): number {
	const at = columns.indexOf(wanted);
	if (at >= 0) return at;
	throw new SweetspotError(
		"data/unusable",
		`${name} has no column ${wanted}; it has ${columns.join(", ")}`,
		`did you mean \`${key}: ${closest(wanted, [...columns])}\`?`,
	);
}

const featureFix =
	"every column but the label's or target's and the split's is a feature: leave this column out, or write it in numbers (one column of 0 and 1 for each value)";
const targetFix = "a target is a number in every line; a column of classes is named by `label`";

/** `textFix`: how a text where a number should be is fixed. */
function numberIn(field: string, where: string, textFix: string): number {
	const value = numberOf(field);
	if (value !== undefined) return value;
	const fail = (found: string, fix: string) => new SweetspotError("data/unusable", `${where}: ${found}, expected a number`, fix);
	if (field === "") throw fail("nothing", "fill the gap, or leave the line or the column out");
	if (/^[+-]?(nan|inf(inity)?)$/i.test(field)) throw fail(`found ${field}`, "fill the gap, or leave the line or the column out");
	if (/^[+-]?\d+,\d+$/.test(field)) throw fail(`found ${field}`, "write numbers with a decimal point");
	throw fail(`found ${JSON.stringify(field.length > 40 ? `${field.slice(0, 40)}…` : field)}`, textFix);
}

function labelIn(field: string, where: string): string {
	if (field !== "") return field;
	throw new SweetspotError("data/unusable", `${where}: no label`, "give the line a label, or leave it out");
}

function setIn(field: string, where: string): SetName {
	const name = setNames.find((set) => set === field.toLowerCase());
	if (name) return name;
	throw new SweetspotError(
		"data/unusable",
		`${where}: found ${JSON.stringify(field)}, expected train, validation or test`,
		"fix the split column",
	);
}
