import { randomInt } from "node:crypto";
import { internal, SweetspotError } from "../core/errors.js";
import { type Connection, sql } from "./connection.js";

/** Among the keys of studies. */
const wholeStore = 0;

/** Row of the table of revisions in which the writer has its token. No study has this key. */
const writerRow = -1;

/** The store's file as this process has opened it. */
export class StoreFile {
	constructor(
		readonly connection: Connection,
		/** `token`: of the writer, see `claim`; null: this is no writer. */
		private readonly options: { readonly token: number | null; readonly hasWriter: () => boolean },
	) {}

	/**
	 * Records in the file itself who the writer is. Every transaction checks that this is still so. If locks don't work, as on some network
	 * file systems, the earlier writer is refused from then on, and never writes between the writes of another.
	 */
	static claim(connection: Connection): number {
		const token = randomInt(2 ** 47);
		connection.transaction(() => connection.run(sql.replaceInto("revisions").values({ study: writerRow, revision: token })));
		return token;
	}

	/** Whether some process writes to the store now: if none does, nothing is running, even if a killed process left a note that says so. */
	hasWriter(): boolean {
		return this.options.hasWriter();
	}

	/** Goes up by one with every transaction that writes, of any process. */
	revision(): number {
		const row = this.connection.first(sql.selectFrom("revisions").where("study", "=", wholeStore).select("revision"));
		if (row === undefined) throw internal("the store has no revision");
		return row.revision;
	}

	/** Writes everything that `work` writes, or nothing. `work` gets the new revision, which no other transaction has. */
	write<T>(work: (revision: number) => T): T {
		const { token } = this.options;
		if (token === null) throw internal("this store was opened for reading");
		return this.connection.transaction(() => {
			this.#requireToken(token);
			const revision = this.revision() + 1;
			this.connection.run(sql.replaceInto("revisions").values({ study: wholeStore, revision }));
			return work(revision);
		});
	}

	#requireToken(token: number): void {
		const query = sql.selectFrom("revisions").where("study", "=", writerRow).select("revision");
		if (this.connection.first(query)?.revision === token) return;
		throw new SweetspotError(
			"store/unlocked",
			`${this.connection.path}: another process began to write to it, though this one holds its lock`,
			"end one of the two, and keep the store where locks hold, such as on a local disk: --store DIR; `sweetspot doctor --store DIR` tries a folder",
		);
	}
}
