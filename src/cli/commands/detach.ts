import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { schemaVersion } from "../../api/answer-document.js";
import { type Begun, detachedIn } from "../detached.js";
import { exitCode } from "../exit-codes.js";
import { storeFolder } from "../open-store.js";
import { isOn, type RawOptions } from "../options.js";
import type { Shell } from "../shell.js";

/**
 * The same command in a process of its own, with a session of its own: it goes on when this terminal is closed. Returns when its study runs,
 * or, as if it had run here, when it has ended before: what it said is said here then, and its exit code is this one's. An interrupt until
 * then ends it as well.
 */
export async function detach(shell: Shell, options: RawOptions): Promise<number> {
	const folder = resolve(storeFolder(shell, options));
	const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
	const log = join(folder, `detached-${process.pid}.log`);
	const file = openSync(log, "w", 0o600);
	const child = spawn(process.execPath, [...process.execArgv, process.argv[1], ...withoutDetach(process.argv.slice(2))], {
		detached: true,
		env: detachedIn(process.env, log),
		stdio: ["ignore", file, file, "ipc"],
		windowsHide: true,
	});
	closeSync(file);
	const stop = () => child.kill("SIGTERM");
	shell.interrupt.addEventListener("abort", stop, { once: true });
	const begun = await new Promise<Begun | { readonly code: number }>((resolve) => {
		child.once("message", (message) => resolve(message as Begun));
		child.once("error", () => resolve({ code: exitCode.internal }));
		child.once("exit", (code) => resolve({ code: code ?? exitCode.internal }));
	});
	shell.interrupt.removeEventListener("abort", stop);
	if ("code" in begun) {
		shell.err.stream.write(readFileSync(log, "utf8"));
		rmSync(log, { force: true });
		if (made !== undefined) removeEmpty(folder, made);
		return begun.code;
	}
	const { id, log: kept } = begun;
	child.unref();
	if (isOn(options, "json", shell.environment))
		shell.print(`${JSON.stringify({ schemaVersion, study: { id }, pid: child.pid, log: kept }, null, 2)}\n`);
	else
		shell.say(
			[
				`${id} runs on its own now, as process ${child.pid}: you may close this terminal.`,
				`  follow it:  tail -f ${kept}  (or sweetspot serve)`,
				`  its answer: sweetspot show ${id}`,
				`  stop it:    sweetspot stop ${id}`,
				`  go on later, after a stop or a reboot: sweetspot resume ${id} --detach`,
			].join("\n"),
		);
	return exitCode.done;
}

/** Removes folders that were made here, the innermost first, as long as nothing is in them. `outermost`: the first that was made. */
function removeEmpty(folder: string, outermost: string): void {
	try {
		for (let at = folder; at.startsWith(outermost); at = dirname(at)) rmdirSync(at);
	} catch {} // the study has begun in it
}

/** A document would be the answer's; what stands in the log is for people. */
const withoutDetach = (args: readonly string[]): readonly string[] => args.filter((word) => word !== "--detach" && word !== "--json");
