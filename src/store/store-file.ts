import { internal } from "../core/errors.js";
import { type Connection, sql } from "./connection.js";

/** Among the keys of studies. */
const wholeStore = 0;

/** The store's file as this process has opened it. */
export class StoreFile {
	constructor(
		readonly connection: Connection,
		private readonly options: { readonly writable: boolean; readonly hasWriter: () => boolean },
	) {}

	/** Whether some process writes to the store now: if none does, nothing is running, whatever a killed process left written. */
	hasWriter(): boolean {
		return this.options.hasWriter();
	}

	/** Goes up by one with every transaction that writes, of whichever process. */
	revision(): number {
		const row = this.connection.first(sql.selectFrom("revisions").where("study", "=", wholeStore).select("revision"));
		if (row === undefined) throw internal("the store has no revision");
		return row.revision;
	}

	/** All that `work` writes, or nothing of it. `work` is given the revision that this makes, which no other transaction has. */
	write<T>(work: (revision: number) => T): T {
		if (!this.options.writable) throw internal("this store was opened for reading");
		return this.connection.transaction(() => {
			const revision = this.revision() + 1;
			this.connection.run(sql.replaceInto("revisions").values({ study: wholeStore, revision }));
			return work(revision);
		});
	}
}
