import { readInChild } from "../child/read-in-child.js";
import type { FromChild, SqlPlan, SqlValue } from "./plan.js";

/**
 * Reads a SQLite file of this many bytes in a separate process, by the first plan that fits it. `onKind` receives that plan's kind, or null
 * if none fits. Then `onRow` receives the index of the query and the values of each row. Throws `data/damaged`.
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
