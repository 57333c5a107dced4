import { Writable } from "node:stream";
import { CommanderError } from "commander";
import { exitCode } from "../../src/cli/exit-codes.js";
import { createProgram } from "../../src/cli/program.js";
import type { Shell } from "../../src/cli/shell.js";
import { terminalOf } from "../../src/cli/terminal/terminal.js";
import { SweetspotError } from "../../src/core/errors.js";

const limitName = "SWEETSPOT_MAX_BYTES";

/** What became of a command: as its process would have ended, and what it would have printed. */
export interface Answered {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
	/** What it threw, but for what `main.ts` reports as the user's mistake. */
	readonly bug: unknown;
}

/** Runs a command line in this process: thousands of them in the time that hundreds of processes take. Paths must be absolute. */
export async function answered(args: readonly string[]): Promise<Answered> {
	const [out, err] = [new Kept(), new Kept()];
	const shell: Shell = {
		environment: process.env,
		out: terminalOf(out, {}),
		err: terminalOf(err, {}),
		interrupt: new AbortController().signal,
		interruptedBy: null,
		ask: null,
		say: (text) => void err.write(`${text}\n`),
		print: (text) => void out.write(text),
	};
	const limit = process.env[limitName];
	let code: number = exitCode.done;
	const end = (bug: unknown) => ({ code, stdout: out.text, stderr: err.text, bug });
	try {
		await createProgram(shell, (found) => {
			code = found;
		}).parseAsync([...args], { from: "user" });
		return end(null);
	} catch (error) {
		if (error instanceof CommanderError) code = error.exitCode === 0 ? exitCode.done : exitCode.usage;
		else if (error instanceof SweetspotError) {
			err.write(`error: ${error.message}\nfix: ${error.fix}\n`);
			code = exitCode.usage;
		} else {
			code = exitCode.internal;
			return end(error);
		}
		return end(null);
	} finally {
		// What `--max-bytes` says is for the process that it was given to.
		if (limit === undefined) delete process.env[limitName];
		else process.env[limitName] = limit;
	}
}

/** A stream that keeps what is written to it. */
class Kept extends Writable {
	text = "";
	override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
		this.text += chunk.toString();
		done();
	}
}
