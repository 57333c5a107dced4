import { createInterface } from "node:readline/promises";
import { exitCode } from "./exit-codes.js";
import type { Shell } from "./shell.js";
import { safeText } from "./terminal/safe-text.js";
import { terminalOf } from "./terminal/terminal.js";

/** The shell of this process: its streams and environment, and its interrupts. */
export function processShell(): Shell {
	const interrupt = new AbortController();
	let interruptedBy: Shell["interruptedBy"] = null;
	for (const name of ["SIGINT", "SIGTERM"] as const) {
		process.on(name, () => {
			if (interruptedBy) process.exit(name === "SIGINT" ? exitCode.interrupted : exitCode.terminated);
			interruptedBy = name;
			interrupt.abort();
		});
	}
	const out = terminalOf(process.stdout, process.env);
	const err = terminalOf(process.stderr, process.env);
	// The reader of our output may stop reading (`sweetspot show ID | head`): that is no fault of ours.
	process.stdout.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code === "EPIPE") process.exit();
		process.stderr.write(
			`error: the output cannot be written: ${error.message}\nfix: free some disk space, or send standard output elsewhere; what is stored is kept\n`,
		);
		process.exit(exitCode.usage);
	});
	process.stderr.on("error", () => {}); // progress can't be shown, on a full disk or since no one listens any more: the study goes on
	const interactive = process.stdin.isTTY === true && process.stderr.isTTY === true && !process.env.CI;
	return {
		environment: process.env,
		out,
		err,
		interrupt: interrupt.signal,
		get interruptedBy() {
			return interruptedBy;
		},
		ask: interactive ? ask : null,
		say: (text) => void err.stream.write(`${safeText(text)}\n`),
		print: (text) => void out.stream.write(/^[{[]/.test(text) ? text : safeText(text)), // JSON has escaped them, and is to be kept,
	};
}

async function ask(question: string): Promise<string> {
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	try {
		return (await terminal.question(`${question}\n> `)).trim();
	} catch (error) {
		if ((error as Error).name !== "AbortError") throw error;
		// Ctrl-C or Ctrl-D in place of an answer: nothing has begun that would have to be ended.
		process.stderr.write("\n");
		process.exit(exitCode.interrupted);
	} finally {
		terminal.close();
	}
}
