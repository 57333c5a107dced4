import { basename } from "node:path";
import { numberOf } from "../../../data/csv/reader.js";
import { type CounterName, counterNames, type MetricsInFiles } from "../../../study/workloads/command/workload.js";
import { LineCutter } from "../lines.js";
import { mostCounted, notFinite, type Parsed, parsedJson } from "../protocol.js";
import type { Columns } from "./columns.js";
import { fieldsOf, separatorOf } from "./csv-line.js";
import { KnownRows } from "./known-rows.js";
import type { FileReader, Written } from "./reader.js";

type Cells = ReadonlyMap<string, number | string>;

/** Steps are taken from the most exact counter there is. */
const byExactness: readonly CounterName[] = ["step", "examples", "epoch"];

/** Reads a table (CSV, with semicolons or tabs as well) or JSON lines while they grow. The first line shows which it is. */
export class TableReader implements FileReader {
	readonly #rows = new KnownRows();
	readonly #counter: CounterName;
	#cutter: LineCutter;
	#header: readonly string[] | null = null;
	#separator = ",";
	#line = 0;
	#isJson: boolean | null = null;
	/** Whether a row had the counter. */
	#isPlaced = false;
	#titles = new Set<string>();

	constructor(
		private readonly file: string,
		private readonly onDisk: MetricsInFiles,
		private readonly columns: Columns,
		private readonly onWritten: (written: Written) => void,
	) {
		this.#counter = byExactness.find((name) => onDisk[name]) ?? "step";
		this.#cutter = this.#newCutter();
	}

	get missing(): string | null {
		const name = this.onDisk[this.#counter]?.name ?? this.#counter;
		if (this.#isPlaced || this.#titles.size === 0) return null;
		const titles = [...this.#titles].slice(0, 12).join(", ");
		return `${this.file} has no ${this.#isJson ? "key" : "column"} \`${name}\`, only ${titles}: correct \`${this.#counter}\` in workload.metrics`;
	}

	anew(): void {
		this.#rows.anew();
		this.#cutter = this.#newCutter();
		this.#header = null;
		this.#line = 0;
		this.#isJson = null;
	}

	push(bytes: Buffer): void {
		this.#cutter.push(bytes);
	}

	end(whole: boolean): void {
		if (whole) this.#cutter.end();
	}

	#newCutter(): LineCutter {
		return new LineCutter({ onLine: (text) => this.#take(text), onBytes: () => {} });
	}

	#take(text: string): void {
		this.#line++;
		const line = this.#line === 1 ? text.replace(/^\uFEFF/, "") : text;
		if (line.trim() === "") return;
		this.#isJson ??= line.trimStart().startsWith("{");
		const cells = this.#isJson ? this.#keysOf(line) : this.#cellsOf(line);
		if (cells === null) return;
		for (const title of cells.keys()) if (this.#titles.size < 1000) this.#titles.add(title);
		const event = this.#eventOf(cells);
		if (event !== null && this.#rows.isNew(JSON.stringify(event, plainly))) this.onWritten({ event, at: null });
	}

	/** A line of other text between lines of JSON is none of ours. */
	#keysOf(line: string): Cells | null {
		const value = line.trimStart().startsWith("{") ? parsedJson(line) : undefined;
		return typeof value === "object" && value !== null ? flat(value) : null;
	}

	#cellsOf(line: string): Cells | null {
		if (this.#header === null) this.#separator = separatorOf(line);
		const fields = fieldsOf(line, this.#separator);
		const counterAt = this.#header?.indexOf(this.onDisk[this.#counter]?.name ?? "") ?? -1;
		// A script that goes on with a file may write the header once more.
		const isHeader = this.#header === null || (counterAt >= 0 && fields[counterAt] === this.#header[counterAt]);
		if (isHeader) this.#header = fields;
		if (isHeader) for (const title of fields) this.#titles.add(title);
		if (isHeader || this.#header === null) return null;
		const header = this.#header;
		return new Map(fields.flatMap((field, i) => (field === "" || header[i] === undefined ? [] : [[header[i], field]])));
	}

	#eventOf(cells: Cells): Parsed | null {
		const counters: Partial<Record<CounterName, number>> = {};
		for (const name of counterNames) {
			const column = this.onDisk[name];
			const cell = column && cells.get(column.name);
			if (column === undefined || cell === undefined) continue;
			const value = numberIn(cell);
			if (value === undefined || !(value >= 0 && value <= mostCounted)) return this.#wrong(column.name, cell, "a number from 0 on");
			const from = column.from ?? (this.#isLightnings(column.name) ? 0 : 1);
			counters[name] = name === "examples" ? value : value + 1 - from;
		}
		const reached = counters[this.#counter];
		if (reached === undefined) return null;
		this.#isPlaced = true;
		const values: [string, number][] = [];
		for (const [title, cell] of cells) {
			if (!this.columns.has(title)) continue;
			const value = numberIn(cell);
			if (value === undefined) return this.#wrong(title, cell, "a number");
			values.push([title, value]);
		}
		const metrics = this.columns.metricsOf(values);
		if (Object.keys(metrics).length === 0) return null;
		const { examples } = counters;
		const place = { [this.#counter]: reached, ...(this.#counter === "step" && examples !== undefined && { examples }) };
		return { place, metrics, gradient: null, seconds: null, trial: null };
	}

	/** Its CSVLogger writes the index of the last batch as `step`, next to `epoch`. */
	#isLightnings(name: string): boolean {
		return name === "step" && basename(this.file) === "metrics.csv" && (this.#header?.includes("epoch") ?? false);
	}

	#wrong(title: string, cell: number | string, expected: string): Parsed {
		return { wrong: `${this.file}, line ${this.#line}: ${title} is ${JSON.stringify(cell)}, expected ${expected}` };
	}
}

const numberIn = (cell: number | string): number | undefined =>
	typeof cell === "number" ? cell : (numberOf(cell) ?? notFinite(cell) ?? undefined);

/** JSON has no NaN, and two rows of which one has it must differ. */
const plainly = (_: string, value: unknown): unknown => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);

/** Numbers and texts by their keys, those of nested ones joined by dots; null is nothing. */
export function flat(value: object, above = "", cells = new Map<string, number | string>()): Cells {
	for (const [key, one] of Object.entries(value)) {
		if (typeof one === "number" || typeof one === "string") cells.set(`${above}${key}`, one);
		else if (typeof one === "object" && one !== null && above.length < 200) flat(one, `${above}${key}.`, cells);
	}
	return cells;
}
