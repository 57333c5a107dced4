import { SweetspotError } from "../../core/errors.js";
import { unpacked } from "../../data/bytes.js";
import { loadCsv } from "../../data/csv/examples.js";
import { numberOf, readTable, type Table } from "../../data/csv/reader.js";

/** What a page can train on and draw without a wait. */
export const mostOfTable = { bytes: 2_000_000, examples: 10_000, features: 256, classes: 20 } as const;

/** How every table of the user's is read here: columns of any scale train at one rate. */
export const tableNormalization = "standardize";

/** A table of the user's own, read and found sound. It never leaves the page. */
export interface OwnTable {
	/** The file's name. */
	readonly file: string;
	readonly bytes: Uint8Array;
	/** The column of the classes. */
	readonly label: string;
	/** Columns that could be it: they have few different values, each more than once. */
	readonly labels: readonly string[];
	/** In the order in which the network has them. */
	readonly classes: readonly string[];
	readonly features: number;
}

const usualLabels = /^(label|class|target|species|category|outcome|diagnosis|y)$/i;

/**
 * Reads a table of at most so many bytes, examples, features and classes with the reader of `sweetspot train`. `label`: the column of the
 * classes; where it isn't named, one that is usually called so, else the last of those with texts, else the last of those with few
 * different values. Throws `data/…` errors.
 */
export async function readOwnTable(file: string, packed: Uint8Array, label?: string): Promise<OwnTable> {
	if (packed.length > mostOfTable.bytes)
		throw tooLarge(`${file} has ${inMegabytes(packed.length)}`, `this page takes at most ${inMegabytes(mostOfTable.bytes)}`);
	const bytes = await unpacked(packed, file, mostOfTable.bytes).catch((cause: unknown) => {
		if (!(cause instanceof SweetspotError) || cause.code !== "data/too-large") throw cause;
		throw tooLarge(`${file} unpacks to more`, `this page takes at most ${inMegabytes(mostOfTable.bytes)}`);
	});
	const table = readTable(bytes, file, null);
	if (table.columns.length > mostOfTable.features + 1)
		throw tooLarge(`${file} has ${table.columns.length} columns`, `this page takes at most ${mostOfTable.features} features`);
	const candidates = candidatesIn(table);
	const chosen = label ?? usual(candidates)?.name;
	if (chosen === undefined)
		throw new SweetspotError(
			"data/unusable",
			`no column of ${file} looks like classes: ${table.columns.join(", ")}`,
			`one column needs 2 to ${mostOfTable.classes} different values, each in several lines`,
		);
	const source = { name: "csv", file, label: chosen, split: null, normalize: tableNormalization, separator: null } as const;
	const { width, classes } = await loadCsv(source, async () => bytes);
	if (classes > mostOfTable.classes)
		throw tooLarge(`${file}: the column ${chosen} has ${classes} classes`, `this page takes at most ${mostOfTable.classes}`);
	const names = candidates.find(({ name }) => name === chosen)?.values ?? [];
	return { file, bytes, label: chosen, labels: candidates.map(({ name }) => name), classes: names, features: width };
}

const tooLarge = (found: string, limit: string): SweetspotError =>
	new SweetspotError("data/too-large", `${found}, and ${limit}`, "open a part of it here; `sweetspot tune` takes all of it");

const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** A column that could be the classes'. */
interface Candidate {
	readonly name: string;
	/** Its classes' names, in the order of `classTable`. */
	readonly values: readonly string[];
	readonly isText: boolean;
}

function candidatesIn(table: Table): readonly Candidate[] {
	const counts = table.columns.map(() => new Map<string, number>());
	let examples = 0;
	for (const { fields } of table.rows) {
		if (++examples > mostOfTable.examples)
			throw tooLarge(
				`${table.name} has more than ${mostOfTable.examples} lines`,
				`this page takes at most ${mostOfTable.examples} examples`,
			);
		for (const [i, field] of fields.entries()) {
			// One more than there may be says that it is too many; there is no use in counting on.
			if (counts[i].size <= mostOfTable.classes || counts[i].has(field)) counts[i].set(field, (counts[i].get(field) ?? 0) + 1);
		}
	}
	return table.columns.flatMap((name, i) => {
		const texts = [...counts[i].keys()];
		const isText = texts.some((text) => numberOf(text) === undefined);
		const values = isText ? texts.sort() : [...new Set(texts.map(Number))].sort((a, b) => a - b).map(String);
		const isFew = values.length >= 2 && texts.length <= mostOfTable.classes;
		return isFew && [...counts[i].values()].every((count) => count > 1) ? [{ name, values, isText }] : [];
	});
}

const usual = (candidates: readonly Candidate[]): Candidate | undefined =>
	candidates.find(({ name }) => usualLabels.test(name)) ?? candidates.findLast(({ isText }) => isText) ?? candidates.at(-1);
