/**
 * A separate process that reads a foreign database: `node child.js FILE PLANS`. SQLite is written in C and the file may be hostile, so the
 * store's process must be out of its reach. It only reads, runs nothing that the schema asks for, and takes little memory.
 */
import { pathToFileURL } from "node:url";
import Database from "libsql";
import { reading, say } from "../child/say.js";
import type { SqlPlan } from "./plan.js";

const [file = "", plans = "[]"] = process.argv.slice(2);

/** Texts longer than this are neither a setting nor a row of metrics. */
const mostCharacters = 1_000_000;
/** Databases in WAL mode need a file next to them. In a read-only folder there can be none, so the file is read as it is. */
function open(): Database.Database {
	const url = pathToFileURL(file).href;
	try {
		const database = new Database(`${url}?mode=ro`);
		database.prepare("SELECT count(*) FROM sqlite_master").get([]);
		return database;
	} catch {
		return new Database(`${url}?mode=ro&immutable=1`);
	}
}

function fits(database: Database.Database, { tables }: SqlPlan): boolean {
	return Object.entries(tables).every(([table, columns]) => {
		const found = database.prepare(`PRAGMA table_info("${table}")`).all([]) as { name: string }[];
		return columns.every((column) => found.some(({ name }) => name === column));
	});
}

function plainValue(value: unknown): string | number | null {
	if (typeof value === "number" || value === null) return value;
	if (typeof value === "bigint") return Number(value);
	const text = value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : typeof value === "string" ? value : null;
	return text !== null && text.length <= mostCharacters ? text : null;
}

await reading(() => {
	const database = open();
	for (const pragma of [
		"trusted_schema = OFF",
		"query_only = ON",
		"cell_size_check = ON",
		"hard_heap_limit = 67108864",
		"cache_size = -8192",
		"temp_store = FILE", // a sort may need more than memory
	])
		database.prepare(`PRAGMA ${pragma}`).all([]);
	// Real tables only: a view or a virtual table runs code of its author.
	const tables = (
		database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'").all([]) as { name: string }[]
	).map(({ name }) => name);
	const plan = (JSON.parse(plans) as SqlPlan[]).find(
		(one) => Object.keys(one.tables).every((table) => tables.includes(table)) && fits(database, one),
	);
	say({ kind: plan?.kind ?? null });
	for (const [query, text] of (plan?.queries ?? []).entries())
		for (const row of database.prepare(text).raw(true).iterate([]) as Iterable<unknown[]>) say([query, ...row.map(plainValue)]);
});
