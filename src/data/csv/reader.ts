import { SweetspotError } from "../../core/errors.js";

/** One record, and the line of the file it begins on, from 1. */
export interface Row {
	readonly line: number;
	readonly fields: readonly string[];
}

/** A table: unique, non-empty column names, and records of as many fields. */
export interface Table {
	/** How the file is called in errors. */
	readonly name: string;
	readonly columns: readonly string[];
	/** Reads on at every step: a table's text is large, its records together are larger. Throws `data/damaged`. */
	readonly rows: Iterable<Row>;
}

export const separators = ["comma", "semicolon", "tab"] as const;
export type Separator = (typeof separators)[number];

const characters: Readonly<Record<Separator, string>> = { comma: ",", semicolon: ";", tab: "\t" };

/** A text in parts, from its beginning at every iteration. A character is never split between two of them. */
export type Parts = Iterable<string>;

/**
 * Reads a table in the manner of RFC 4180: a header line, then one record a line; fields with separators, quotes or line ends in them stand
 * in quotes, a quote within them is doubled. Beyond the standard: semicolons or tabs between the fields (`separator` null: the one that the
 * header has most of), any kind of line end, blank lines are skipped, spaces around a field are no part of it, a byte-order mark neither.
 * Throws `data/damaged`, with the line.
 */
export function readTable(bytes: Uint8Array, name: string, separator: Separator | null): Table {
	return tableIn([decode(bytes, name)], name, separator);
}

/** The same of a text that comes in parts: only what isn't read yet of one of them, and a record, are held. Throws `data/damaged`. */
export function tableIn(parts: Parts, name: string, separator: Separator | null): Table {
	const character = characters[separator ?? detected(beginningOf(parts))];
	const rows = () => recordsIn(parts, character, name);
	const header = rows().next();
	if (header.done) throw new SweetspotError("data/damaged", `${name} is empty`, "its first line must name the columns");
	const { fields: columns, line } = header.value;
	checkColumns(columns, `${name}, line ${line}`);
	return {
		name,
		columns,
		rows: {
			*[Symbol.iterator]() {
				let first = true;
				for (const row of rows()) {
					if (!first && row.fields.length !== columns.length) throw ragged(row, columns.length, name);
					if (!first) yield row;
					first = false;
				}
			},
		},
	};
}

function decode(bytes: Uint8Array, name: string): string {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch (cause) {
		throw notText(name, bytes.length, cause);
	}
}

export const notText = (name: string, bytes: number, cause: unknown): SweetspotError =>
	new SweetspotError("data/damaged", `${name} is not text in UTF-8 (${bytes} bytes)`, "save it as CSV with the encoding UTF-8", { cause });

/** Up to the end of the first line that has something in it. */
function beginningOf(parts: Parts): string {
	let text = "";
	for (const part of parts) {
		text += part;
		if (/[^\r\n ][^\r\n]*[\r\n]/.test(text)) break;
	}
	return text;
}

/** Characters of one record, of which more are not waited for: a quote that is never closed would have the whole file be held. */
const longestRecord = 2 ** 24;

/** Every record of a text in parts: those that end in what was read so far, then those of the next part. */
function* recordsIn(parts: Parts, separator: string, name: string): Generator<Row, undefined> {
	let [held, line] = ["", 1];
	for (const part of parts) {
		held += part;
		const end = held.length > longestRecord ? held.length : endOfRecords(held);
		if (end === 0) continue;
		line = yield* records(held.slice(0, end), separator, name, line);
		held = held.slice(end);
	}
	yield* records(held, separator, name, line);
}

/** Behind the last line end of a text that is not within quotes; 0 where there is none. Of the last character it can't be known. */
function endOfRecords(text: string): number {
	if (text.length < 2) return 0;
	const lineEnd = text.includes("\n") ? "\n" : "\r";
	const quotesIn = (from: number, to: number): number => {
		let count = 0;
		for (let at = text.indexOf('"', from); at >= 0 && at < to; at = text.indexOf('"', at + 1)) count++;
		return count;
	};
	let end = text.lastIndexOf(lineEnd, text.length - 2);
	let quotes = quotesIn(0, end);
	while (end > 0 && quotes % 2 === 1) {
		const before = text.lastIndexOf(lineEnd, end - 1);
		quotes -= quotesIn(Math.max(0, before), end);
		end = before;
	}
	return end + 1;
}

/** The separator that the first line has most of, outside quotes; a comma where it has none. */
function detected(text: string): Separator {
	const begin = text.search(/[^\r\n ]/);
	const length = text.slice(begin).search(/[\r\n]|$/);
	const line = text.slice(begin, begin + length).replace(/"[^"]*"/g, "");
	const count = (separator: Separator) => line.split(characters[separator]).length;
	return (["semicolon", "tab"] as const).reduce((most: Separator, next) => (count(next) > count(most) ? next : most), "comma");
}

function checkColumns(columns: readonly string[], where: string): void {
	const unnamed = columns.indexOf("");
	const repeated = columns.find((column, i) => columns.indexOf(column) < i);
	const fix = "the first line must name every column, each by a name of its own";
	if (unnamed >= 0) throw new SweetspotError("data/damaged", `${where}: column ${unnamed + 1} of ${columns.length} has no name`, fix);
	if (repeated !== undefined) throw new SweetspotError("data/damaged", `${where}: two columns are called "${repeated}"`, fix);
	if (columns.every((column) => Number.isFinite(Number(column))))
		throw new SweetspotError(
			"data/damaged",
			`${where}: numbers where the names of the columns should be (${columns.slice(0, 3).join(", ")}, …)`,
			fix,
		);
}

const ragged = ({ line, fields }: Row, columns: number, name: string): SweetspotError =>
	new SweetspotError(
		"data/damaged",
		`${name}, line ${line}: ${fields.length} ${fields.length === 1 ? "field" : "fields"}, but the header has ${columns}`,
		"every line must have as many fields as the header; a separator within a text needs quotes around the text",
	);

const isBlank = (character: string, separator: string): boolean => (character === " " || character === "\t") && character !== separator;
const isLineEnd = (character: string): boolean => character === "\n" || character === "\r";

/** Every record that isn't a blank line, the first of them in this line. Returns the line behind the text. */
function* records(text: string, separator: string, name: string, firstLine: number): Generator<Row, number> {
	let at = 0;
	let line = firstLine;
	const skipBlanks = () => {
		while (isBlank(text[at], separator)) at++;
	};
	const lineEnd = () => {
		at += text[at] === "\r" && text[at + 1] === "\n" ? 2 : 1;
		line++;
	};
	/** What stands between quotes; `at` is on the first of them, and ends behind the last. */
	const quoted = (): string => {
		const begun = line;
		let field = "";
		for (let from = at + 1; ; ) {
			const quote = text.indexOf('"', from);
			if (quote < 0) throw broken(begun, "a quote is opened and never closed");
			const piece = text.slice(from, quote);
			field += piece;
			line += piece.match(/\r\n|\r|\n/g)?.length ?? 0;
			at = quote + 1;
			if (text[at] !== '"') return field;
			field += '"';
			from = at + 1;
		}
	};
	const unquoted = (): string => {
		const from = at;
		while (at < text.length && text[at] !== separator && !isLineEnd(text[at])) {
			if (text[at] === '"') throw broken(line, `a quote within the field ${text.slice(from, at + 1)}…, which doesn't begin with one`);
			at++;
		}
		return text.slice(from, at).trimEnd();
	};
	const broken = (where: number, what: string) =>
		new SweetspotError(
			"data/damaged",
			`${name}, line ${where}: ${what}`,
			"a field with quotes in it stands in quotes, and they are doubled",
		);

	while (at < text.length) {
		const begins = line;
		const fields: string[] = [];
		let plain = true;
		for (;;) {
			skipBlanks();
			if (text[at] === '"') {
				plain = false;
				fields.push(quoted());
				skipBlanks();
				if (at < text.length && text[at] !== separator && !isLineEnd(text[at]))
					throw broken(line, `"${text[at]}" after the closing quote of a field`);
			} else fields.push(unquoted());
			if (text[at] !== separator || at >= text.length) break;
			at++;
		}
		if (at < text.length) lineEnd();
		if (!plain || fields.length > 1 || fields[0] !== "") yield { line: begins, fields };
	}
	return line;
}

/**
 * A number as people and programs write it, a decimal point and no thousands separators, or undefined. `NaN` and infinities are not
 * numbers; neither is what is too large for a float64.
 */
export function numberOf(field: string): number | undefined {
	if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(field)) return undefined;
	const value = Number(field);
	return Number.isFinite(value) ? value : undefined;
}
