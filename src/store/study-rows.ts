import type { Selectable } from "kysely";
import type { StoredStudy } from "../study/contracts.js";
import type { Study } from "../study/study.js";
import { checksumOf, requireSame, valuesOf } from "./checksums.js";
import { type Connection, sql } from "./connection.js";
import { damaged } from "./failures.js";
import type { StudiesTable } from "./tables.js";

export type StoredStudyRow = Omit<Selectable<StudiesTable>, "key" | "generation" | "checksum"> & { readonly trials: number };

/** Every study with the number of its trials, newest first. */
export const studyRows = sql
	.selectFrom("studies")
	.select(["id", "hash", "state", "created", "seconds", "study", "digest", "version", "backend"])
	.select((e) =>
		e
			.selectFrom("trials")
			.whereRef("trials.study", "=", "studies.key")
			.select((count) => count.fn.countAll<number>().as("trials"))
			.$asScalar()
			.$notNull()
			.as("trials"),
	)
	.orderBy("studies.key", "desc");

/** `path` is the store's, for the error if the study can't be read. */
export function storedStudy({ study, ...columns }: StoredStudyRow, path: string): StoredStudy {
	try {
		// Before there were wider vectors, a BLAS was called native.
		const backend = (columns.backend as string) === "native" ? "blas" : columns.backend;
		return { ...columns, backend, study: JSON.parse(study) as Study };
	} catch (error) {
		throw damaged(path, `is damaged: study ${columns.id} is not JSON`, error);
	}
}

/** To be called after every change of a study's own row, within the transaction: its checksum is that of what is there now. */
export function sealStudy(connection: Connection, key: number): void {
	const row = connection.first(sql.selectFrom("studies").where("key", "=", key).selectAll());
	if (row)
		connection.run(
			sql
				.updateTable("studies")
				.set({ checksum: sealOf(connection, row) })
				.where("key", "=", key),
		);
}

/** Throws `store/damaged` where a study's row isn't what was stored, or a complete study has lost a trial. */
export function requireSealed(connection: Connection, id: string): void {
	const row = connection.first(sql.selectFrom("studies").where("id", "=", id).selectAll());
	if (row) requireSame(connection.path, `the study ${id}`, row.checksum, sealOf(connection, row));
}

/** Trials are added one by one until there is a digest; from then on they are all there are. */
function sealOf(connection: Connection, row: StudiesTable): number {
	const trials = sql.selectFrom("trials").where("study", "=", row.key);
	const all =
		row.digest === null
			? undefined
			: connection.first(trials.select((e) => [e.fn.countAll<number>().as("count"), e.fn.sum<number | null>("checksum").as("sum")]));
	return checksumOf([...valuesOf(row, "checksum"), all?.count ?? 0, all?.sum ?? 0]);
}
