#!/usr/bin/env node
import { CommanderError } from "commander";
import { SweetspotError } from "../core/errors.js";
import { exitCode } from "./exit-codes.js";
import { processShell } from "./process-shell.js";
import { createProgram } from "./program.js";
import { safeText } from "./terminal/safe-text.js";

const shell = processShell();
try {
	await createProgram(shell, (code) => {
		process.exitCode = code;
	}).parseAsync();
} catch (error) {
	if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage;
	else if (error instanceof SweetspotError) {
		shell.err.stream.write(safeText(`error: ${error.message}\nfix: ${error.fix}\n`));
		process.exitCode = exitCode.usage;
	} else {
		shell.err.stream.write(
			`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nThis is a bug in Sweetspot, not in your setup.\n`,
		);
		process.exitCode = exitCode.internal;
	}
}
