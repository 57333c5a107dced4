import { closest } from "fastest-levenshtein";
import { SweetspotError } from "../../core/errors.js";
import { unpacked } from "../bytes.js";
import { classOf, classTable } from "../classes.js";
import { numberOf, readTable, type Table } from "../csv/reader.js";
import type { Dataset, Examples } from "../dataset.js";
import { normalizer } from "../normalize.js";
import type { CsvSource, ReadBytes } from "../source.js";
import { carvedSplit, checkValidation, stratifiedSplit } from "../split.js";

const setNames = ["train", "validation", "test"] as const;
type SetName = (typeof setNames)[number];

/** A table's lines as numbers, before they are split and normalized. */
interface Parsed {
	/** Features of one example, and their columns' names. */
	readonly features: readonly string[];
	/** count × features, row-major, as they stand in the file. */
	readonly values: Float64Array;
	readonly labels: readonly (string | number)[];
	/** The line of each example, for errors. */
	readonly lines: readonly number[];
	/** What the split column says; null without one. */
	readonly sets: readonly SetName[] | null;
}

/** A table of the user's. Throws `data/…` errors with the line and the column. */
export async function csv(source: CsvSource, read: ReadBytes): Promise<Dataset> {
	const { file } = source;
	const bytes = await read({ path: file });
	if (!bytes) throw new SweetspotError("data/not-found", file, "check `workload.data.csv`: the path counts from the study file's folder");
	const parsed = parse(source, readTable(await unpacked(bytes, file), file, source.separator));
	const split = splitOf(parsed, file);
	const table = classTable(
		split.train.map((row) => parsed.labels[row]),
		file,
	);
	const classes = (row: number) => classOf(table, parsed.labels[row], `${file}, line ${parsed.lines[row]}`);
	const width = parsed.features.length;
	const normalize = normalizer(source.normalize, (row, feature) => parsed.values[row * width + feature], width, split.train);
	const take = (rows: readonly number[]): Examples => {
		const features = new Float32Array(rows.length * width);
		for (const [i, row] of rows.entries()) {
			for (let j = 0; j < width; j++) {
				const value = parsed.values[row * width + j];
				features[i * width + j] = normalize(value, j);
				if (!Number.isFinite(features[i * width + j])) throw tooLarge(source, parsed, row, j);
			}
		}
		return { count: rows.length, features, labels: Int32Array.from(rows, classes) };
	};
	return {
		width,
		classes: table.size,
		train: take(split.train),
		validation: take(split.validation),
		test: split.test.length === 0 ? null : take(split.test),
	};
}

function parse({ file, label, split }: CsvSource, table: Table): Parsed {
	const labelAt = columnAt(table, label, "label");
	const splitAt = split === null ? -1 : columnAt(table, split, "split");
	if (labelAt === splitAt)
		throw new SweetspotError("data/unusable", `${file}: \`label\` and \`split\` both name the column ${label}`, "name two");
	const featuresAt = table.columns.flatMap((_, i) => (i === labelAt || i === splitAt ? [] : [i]));
	if (featuresAt.length === 0) {
		throw new SweetspotError(
			"data/unusable",
			`${file} has no features: its columns are ${table.columns.join(", ")}`,
			"every column but the label's and the split's is a feature. If there are more, name the `separator`: comma, semicolon or tab",
		);
	}
	const values: number[] = [];
	const labels: string[] = [];
	const lines: number[] = [];
	const sets: SetName[] = [];
	for (const { line, fields } of table.rows) {
		const cell = (at: number) => `${file}, line ${line}, column ${table.columns[at]}`;
		for (const at of featuresAt) values.push(featureOf(fields[at], cell(at)));
		if (fields[labelAt] === "")
			throw new SweetspotError("data/unusable", `${cell(labelAt)}: no label`, "give the line a label, or leave it out");
		labels.push(fields[labelAt]);
		lines.push(line);
		if (splitAt >= 0) sets.push(setOf(fields[splitAt], cell(splitAt)));
	}
	if (lines.length === 0)
		throw new SweetspotError("data/unusable", `${file} has a header and no examples`, "give it one line for each example");
	const numbers = labels.map(numberOf);
	return {
		features: featuresAt.map((at) => table.columns[at]),
		values: Float64Array.from(values),
		labels: numbers.every((number) => number !== undefined) ? numbers : labels,
		lines,
		sets: splitAt < 0 ? null : sets,
	};
}

function columnAt({ name, columns }: Table, wanted: string, key: "label" | "split"): number {
	const at = columns.indexOf(wanted);
	if (at >= 0) return at;
	throw new SweetspotError(
		"data/unusable",
		`${name} has no column ${wanted}; it has ${columns.join(", ")}`,
		`did you mean \`${key}: ${closest(wanted, [...columns])}\`?`,
	);
}

function featureOf(field: string, where: string): number {
	const value = numberOf(field);
	if (value !== undefined) return value;
	const fail = (found: string, fix: string) => new SweetspotError("data/unusable", `${where}: ${found}, expected a number`, fix);
	if (field === "") throw fail("nothing", "fill the gap, or leave the line or the column out");
	if (/^[+-]?(nan|inf(inity)?)$/i.test(field)) throw fail(`found ${field}`, "fill the gap, or leave the line or the column out");
	if (/^[+-]?\d+,\d+$/.test(field)) throw fail(`found ${field}`, "write numbers with a decimal point");
	throw fail(
		`found ${JSON.stringify(field.length > 40 ? `${field.slice(0, 40)}…` : field)}`,
		"every column but the label's and the split's is a feature: leave this column out, or write it in numbers (one column of 0 and 1 for each value)",
	);
}

function setOf(field: string, where: string): SetName {
	const name = setNames.find((set) => set === field.toLowerCase());
	if (name) return name;
	throw new SweetspotError(
		"data/unusable",
		`${where}: found ${JSON.stringify(field)}, expected train, validation or test`,
		"mend the split column",
	);
}

/** Which rows are in which set, ascending. Without a validation set, a fifth of the training set is carved off. */
function splitOf({ labels, sets }: Parsed, file: string): Readonly<Record<SetName, readonly number[]>> {
	const plain = (rows: Int32Array): number[] => Array.from(rows);
	if (!sets) {
		const table = classTable(labels, file);
		const { train, validation, test } = stratifiedSplit(codes(labels, table), table.size);
		checkValidation(validation.length, labels.length, file);
		return { train: plain(train), validation: plain(validation), test: plain(test) };
	}
	const rows = (name: SetName) => sets.flatMap((set, row) => (set === name ? [row] : []));
	const [train, validation, test] = setNames.map(rows);
	if (validation.length > 0) return { train, validation, test };
	const own = train.map((row) => labels[row]);
	const table = classTable(own, file);
	const carved = carvedSplit(codes(own, table), table.size, file);
	const back = (places: Int32Array) => Array.from(places, (place) => train[place]);
	return { train: back(carved.train), validation: back(carved.validation), test };
}

const codes = (labels: readonly (string | number)[], table: ReadonlyMap<string | number, number>): Int32Array =>
	Int32Array.from(labels, (label) => table.get(label) ?? 0);

const tooLarge = ({ file, normalize }: CsvSource, { features, lines, values }: Parsed, row: number, column: number): SweetspotError =>
	new SweetspotError(
		"data/unusable",
		`${file}, line ${lines[row]}, column ${features[column]}: ${values[row * features.length + column]} is too large to train on`,
		normalize === "none" ? "bring the features to a common scale: `normalize: standardize`" : "mend the value, or leave the line out",
	);
