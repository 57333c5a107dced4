import { stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { sha256Hex } from "../../core/canonical.js";
import { SweetspotError } from "../../core/errors.js";
import { unpacked } from "../../data/bytes.js";
import { readTable, type Table, tableIn } from "../../data/csv/reader.js";
import type { ReadBytes } from "../../data/source.js";
import { jsonOf } from "../config.js";
import { isTrainerState, readTrainerState } from "../hugging-face.js";
import { readJournal } from "../optuna/journal.js";
import { isParquet, readParquet } from "../parquet/read.js";
import { isOneRun, readOneRun } from "../tables/one-run.js";
import { isWandbChart, readWandbChart } from "../tables/wandb-chart.js";
import { Unanswered } from "../unanswered.js";
import { isWandb } from "../wandb/local.js";
import { flatYaml } from "../yaml.js";
import { beginningOf } from "./beginning.js";
import { isDatabase, runsOfDatabase, unknownDatabase } from "./databases.js";
import { folderFormats } from "./folders.js";
import { type Folder, type FormatName, type Found, type Reading, readAll } from "./formats.js";
import { counted, isTextFile, sha256Of, textOf } from "./text-file.js";
import { filesBelow } from "./walk.js";

/** What a path holds: runs of a tracker, or a table with a line for each evaluation of each run. */
export type FoundAt = Found | { readonly format: "table"; readonly table: Table; readonly sha256: () => string };

/** Bytes of a table's header that are read to recognize it. */
const mostHeaderBytes = 10_000;

/**
 * Finds out what a file or folder is, and reads it. `from`: the format to read, if a folder has several; `reading`: everything by default.
 * Throws `data/…`, `import/unusable`.
 */
export async function runsAt(path: string, read: ReadBytes, from: FormatName | null, reading: Reading = readAll): Promise<FoundAt> {
	const root = resolve(path);
	const about = await stat(root).catch(() => null);
	if (about?.isDirectory()) return inFolder(await openFolder(root, read), path, from, reading);
	if (about?.isFile() && isDatabase(await beginningOf(root, 16))) return inDatabase(root, path, about.size, reading);
	if (about?.isFile() && (await isTextFile(root))) {
		const name = basename(path);
		if (isOwnExport(new TextDecoder().decode(await beginningOf(root, 200)))) throw ownExport(name);
		return inTable(root, name, tableIn(textOf(root, name), name, null), () => sha256Of(root), read, reading);
	}
	const bytes = about ? await read({ path: root }) : null;
	if (!bytes) throw notFound(path);
	return inFile(root, path, bytes, read, reading);
}

/** Nothing is at the path of an import. */
export const notFound = (path: string): SweetspotError =>
	new SweetspotError("data/not-found", path, "check the path of the file or folder with the runs");

async function openFolder(root: string, read: ReadBytes, only?: readonly string[]): Promise<Folder> {
	return {
		root,
		files: new Set(only ?? (await filesBelow(root))),
		begin: (file) => beginningOf(resolve(root, file), mostHeaderBytes),
		read: async (file) => {
			const bytes = await read({ path: resolve(root, file) });
			if (!bytes) throw new SweetspotError("data/not-found", file, "it was there a moment ago: run the import again");
			return unpacked(bytes, file, read.mostBytes);
		},
	};
}

async function inFolder(folder: Folder, path: string, from: FormatName | null, reading: Reading): Promise<Found> {
	const candidates = folderFormats.flatMap((format) => {
		const own = [...folder.files].filter((file) => format.owns(file, folder.files));
		return own.length > 0 && (from === null || from === format.format) ? [{ ...format, own }] : [];
	});
	const found: Found[] = [];
	for (const { format, own, read } of candidates) {
		const runs = await read(folder, own, reading);
		if (runs.length > 0) found.push({ format, runs });
	}
	for (const file of [...folder.files].filter((name) => /\.(db|sqlite3?)$/.test(name))) {
		const path = resolve(folder.root, file);
		const database = await runsOfDatabase(path, file, (await stat(path)).size, reading);
		if (database && (from === null || from === database.format)) found.push(database);
	}
	if (found.length === 0)
		throw new SweetspotError(
			"import/unusable",
			`${path} has ${folder.files.size} files, and none of them holds runs that can be read${from === null ? "" : ` as ${from}`}`,
			"docs/import.md lists the formats and where they lie; a table of runs is named itself: `sweetspot import runs.csv`",
		);
	const formats = new Set(found.map(({ format }) => format));
	if (formats.size > 1) {
		const counts = found.map(({ format, runs }) => `${runs.length} of ${format}`).join(", ");
		throw new Unanswered("import/unusable", `${path} has runs of several formats: ${counts}`, `say which: \`--from ${found[0].format}\``, [
			"from",
		]);
	}
	return { format: found[0].format, runs: found.flatMap(({ runs }) => runs) };
}

async function inDatabase(root: string, path: string, bytes: number, reading: Reading): Promise<Found> {
	const found = await runsOfDatabase(root, basename(path), bytes, reading);
	if (found === null) throw unknownDatabase(path);
	return found;
}

async function inFile(root: string, path: string, packed: Uint8Array, read: ReadBytes, reading: Reading): Promise<FoundAt> {
	const bytes = await unpacked(packed, path, read.mostBytes);
	const name = basename(path);
	if (isDatabase(bytes)) throw new SweetspotError("import/unusable", `${path} is a gzipped database`, `unpack it: \`gunzip ${path}\``);
	if (isParquet(bytes)) {
		if (bytes !== packed) throw new SweetspotError("import/unusable", `${path} is a gzipped Parquet file`, `unpack it: \`gunzip ${path}\``);
		return inTable(root, name, await readParquet(root, name, bytes.length), () => sha256Hex(packed), read, reading);
	}
	const alone = folderFormats.find(
		({ format, owns }) => (format === "tensorboard" || (format === "wandb" && isWandb(bytes))) && owns(name, new Set()),
	);
	if (alone) return { format: alone.format, runs: await alone.read(await openFolder(dirname(root), read, [name]), [name], reading) };
	return inText(root, name, bytes, packed, read, reading);
}

async function inText(
	root: string,
	name: string,
	bytes: Uint8Array,
	packed: Uint8Array,
	read: ReadBytes,
	reading: Reading,
): Promise<FoundAt> {
	const begin = new TextDecoder().decode(bytes.subarray(0, 200)).trimStart();
	if (isOwnExport(begin)) throw ownExport(name);
	if (begin.startsWith('{"op_code"')) return { format: "optuna", runs: readJournal(new TextDecoder().decode(bytes), name) };
	if (begin.startsWith("{") && isTrainerState(jsonOf(new TextDecoder().decode(bytes)))) {
		const folder = dirname(root);
		const run = basename(/^checkpoint-\d+$/.test(basename(folder)) ? dirname(folder) : folder);
		return { format: "hugging-face", runs: [readTrainerState(new TextDecoder().decode(bytes), run, name)] };
	}
	return inTable(root, name, readTable(bytes, name, null), () => sha256Hex(packed), read, reading);
}

/** The beginning of what `sweetspot export --format json` writes. */
const isOwnExport = (begin: string): boolean => /^\{\s*"schemaVersion":\s*\d+,\s*"study":/.test(begin);

const ownExport = (name: string): SweetspotError =>
	new SweetspotError(
		"import/unusable",
		`${name} is a whole study as \`sweetspot export --format json\` writes it, which can't be imported`,
		"export it as a table, which can: `sweetspot export ID --format csv` or `parquet`",
	);

async function inTable(
	root: string,
	name: string,
	whole: Table,
	sha256: () => string,
	read: ReadBytes,
	{ keep, onRows }: Reading,
): Promise<FoundAt> {
	const table = { ...whole, rows: counted(whole.rows, onRows) };
	if (isWandbChart(table.columns)) return { format: "wandb-chart", runs: readWandbChart(table) };
	if (!isOneRun(table.columns)) return { format: "table", table, sha256 };
	const hparams = await read({ path: resolve(dirname(root), "hparams.yaml") });
	const config = hparams ? flatYaml(new TextDecoder().decode(hparams), "hparams.yaml") : new Map();
	const run = name === "metrics.csv" ? basename(dirname(root)) : name.replace(/\.gz$/, "").replace(/\.\w+$/, "");
	const format = table.columns.includes("step") ? "lightning" : table.columns.includes("_step") ? "history" : "keras";
	return { format, runs: [readOneRun(table, run, config, keep)] };
}
