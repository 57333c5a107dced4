import { readInChild } from "../child/read-in-child.js";
import type { FromChild, SqlPlan, SqlValue } from "./plan.js";

/**
 * Reads a SQLite file of so many bytes in a process of its own, by the first plan that fits it. `onKind` is handed that plan's kind,
 * null where none fits; then `onRow` the place of the query and the values of each row. Throws `data/damaged`.
 */
export async function readDatabase(
	{ path, file, bytes }: { readonly path: string; readonly file: string; readonly bytes: number },
	plans: readonly SqlPlan[],
	onKind: (kind: string | null) => void,
	onRow: (query: number, values: readonly SqlValue[]) => void,
): Promise<void> {
	const program = new URL("./child.js", import.meta.url);
	await readInChild(program, [path, JSON.stringify(plans)], { file, bytes }, (line) => {
		const said = line as FromChild;
		if ("kind" in said) onKind(said.kind);
		else onRow(said[0], said.slice(1) as SqlValue[]);
	});
}
