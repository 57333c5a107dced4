import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { damaged } from "../damaged.js";
import type { FromChild, SqlPlan, SqlValue } from "./plan.js";

/** A child that says nothing for so long is stuck. */
const quietMilliseconds = 60_000;

/**
 * Reads a SQLite file in a process of its own, by the first plan that fits it. `onKind` is handed that plan's kind, null where none fits; then `onRow`
 * the place of the query and the values of each row. Throws `data/damaged`.
 */
export async function readDatabase(
	path: string,
	file: string,
	plans: readonly SqlPlan[],
	onKind: (kind: string | null) => void,
	onRow: (query: number, values: readonly SqlValue[]) => void,
): Promise<void> {
	const program = fileURLToPath(new URL("./child.js", import.meta.url));
	const child = spawn(process.execPath, ["--max-old-space-size=128", program, path, JSON.stringify(plans)], {
		stdio: ["ignore", "pipe", "ignore"],
	});
	const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
	let done = false;
	let stuck = false;
	const timer = setTimeout(() => {
		stuck = true;
		child.kill("SIGKILL");
	}, quietMilliseconds);
	try {
		for await (const line of createInterface({ input: child.stdout })) {
			timer.refresh();
			const said = JSON.parse(line) as FromChild;
			if ("error" in said) throw damaged(file, `SQLite says: ${said.error}`);
			if ("done" in said) done = true;
			else if ("kind" in said) onKind(said.kind);
			else onRow(said[0], said.slice(1) as SqlValue[]);
		}
		await ended;
	} finally {
		clearTimeout(timer);
		child.kill("SIGKILL");
	}
	if (!done) throw damaged(file, stuck ? "its reader was stuck, and was ended" : "the process that read it died; the file may be damaged");
}
