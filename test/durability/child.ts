import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A real process that works on a store, and what it says. */
export interface Child {
	readonly process: ChildProcess;
	/** Lines of its standard output, as they come. */
	readonly lines: AsyncIterator<string>;
	/** Resolves when it has ended, in any way. */
	readonly ended: Promise<void>;
}

/** Starts `store-process.ts`, which says what the tasks are; `shell` is put before it in a shell, to set limits. */
export function startChild(task: string, dir: string, { shell = "" } = {}): Child {
	const script = fileURLToPath(new URL("./store-process.ts", import.meta.url));
	const command = `${shell} exec "$0" --import tsx "$@"`;
	const child = spawn("sh", ["-c", command, process.execPath, script, task, dir], { stdio: ["pipe", "pipe", "inherit"] });
	return {
		process: child,
		lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](),
		ended: new Promise((resolve) => child.once("close", () => resolve())),
	};
}
