import type { Selectable } from "kysely";
import type { StoredStudy } from "../study/contracts.js";
import type { Study } from "../study/study.js";
import { sql } from "./connection.js";
import { damaged } from "./failures.js";
import type { StudiesTable } from "./tables.js";

export type StoredStudyRow = Omit<Selectable<StudiesTable>, "key" | "generation"> & { readonly trials: number };

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
		return { ...columns, study: JSON.parse(study) as Study };
	} catch (error) {
		throw damaged(path, `is damaged: study ${columns.id} is not JSON`, error);
	}
}
