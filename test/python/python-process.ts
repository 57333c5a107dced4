import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { clientSource, pythonEnvironment } from "../fixtures/python.js";

const python = fileURLToPath(new URL("../../python", import.meta.url));

/** Runs an interpreter in the folder of the Python client, which it can import; what it printed on either stream, and how it ended. */
export function runPython(
	interpreter: string | null,
	args: readonly string[],
	input = "",
): { readonly status: number | null; readonly said: string } {
	if (interpreter === null) throw new Error("internal: a suite without its interpreter is skipped");
	const env = { ...process.env, ...pythonEnvironment(interpreter), PYTHONPATH: clientSource };
	const { status, stdout, stderr } = spawnSync(interpreter, args, { cwd: python, env, encoding: "utf8", input, maxBuffer: 1 << 28 });
	return { status, said: stdout + stderr };
}
