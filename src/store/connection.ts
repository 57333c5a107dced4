import { type Compilable, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import Database from "libsql";
import { internal } from "../core/errors.js";
import { translated } from "./failures.js";
import type { Tables } from "./tables.js";

/** Builds queries; it has no database of its own, a `Connection` runs what it builds. */
export const sql = new Kysely<Tables>({
	dialect: {
		createAdapter: () => new SqliteAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (db) => new SqliteIntrospector(db),
		createQueryCompiler: () => new SqliteQueryCompiler(),
	},
});

/**
 * Runs Kysely's queries at once and in order. Kysely's own drivers can't: they are asynchronous, SQLite isn't. Statements are prepared once
 * for each SQL text. Failures of the file or the disk become `SweetspotError`s.
 */
export class Connection {
	readonly #database: Database.Database;
	readonly #statements = new Map<string, Database.Statement>();
	#closed = false;

	/** `location`: a path (made if missing) or a `file:` URL, whose `mode` SQLite honours; `path` is what errors name. */
	constructor(
		location: string,
		readonly path: string,
	) {
		this.#database = this.#guard(() => new Database(location));
	}

	/** Every row. Reads to the end, so that no read transaction stays open behind it. */
	all<Row>(query: Compilable<Row>): Row[] {
		const { sql: text, parameters } = query.compile();
		return this.#guard(() => this.#statement(text).all([...parameters]) as Row[]);
	}

	first<Row>(query: Compilable<Row>): Row | undefined {
		return this.all(query)[0];
	}

	run(query: Compilable<unknown>): void {
		const { sql: text, parameters } = query.compile();
		this.#guard(() => this.#statement(text).run([...parameters]));
	}

	/** One statement without parameters or result. */
	execute(text: string): void {
		this.#guard(() => this.#database.exec(text));
	}

	/** The value of a pragma, or of the first column of a one-row query. */
	value(text: string): unknown {
		const row = this.#guard(() => this.#database.prepare(text).all([])[0]);
		if (typeof row !== "object" || row === null) throw internal(`${text} gave no row`);
		return Object.values(row)[0];
	}

	/** Writes everything that `work` writes, or nothing. */
	transaction<T>(work: () => T): T {
		this.execute("BEGIN IMMEDIATE");
		try {
			const result = work();
			this.execute("COMMIT");
			return result;
		} catch (error) {
			if (this.#database.inTransaction) this.execute("ROLLBACK"); // on a full disk SQLite has rolled back already
			throw error;
		}
	}

	close(): void {
		this.#closed = true;
		this.#statements.clear();
		this.#database.close();
	}

	#statement(text: string): Database.Statement {
		let statement = this.#statements.get(text);
		if (statement === undefined) {
			statement = this.#database.prepare(text);
			this.#statements.set(text, statement);
		}
		return statement;
	}

	#guard<T>(work: () => T): T {
		if (this.#closed) throw internal("the store is closed");
		try {
			return work();
		} catch (error) {
			throw translated(error, this.path);
		}
	}
}
