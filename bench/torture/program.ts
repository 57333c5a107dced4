import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Patience } from "./patience.js";

/** The program as users start it. */
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** The variable by which every process of a place is found. */
export const markName = "TORTURE_MARK";

/** How a run of the program ended, and what it said. */
export interface Ending {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
	readonly milliseconds: number;
	/** The most memory that it held at once, as far as was seen. */
	readonly peakBytes: number;
	/** It had to be ended, as it didn't end by itself. */
	readonly hung: boolean;
}

export interface Started {
	readonly pid: number;
	readonly ended: Promise<Ending>;
}

export interface Where {
	readonly folder: string;
	readonly mark: string;
	/** When it has had this many milliseconds of the processor it counts as hanging, and is killed; where it waits, see `Patience`. */
	readonly patience: number;
	readonly environment?: Readonly<Record<string, string>>;
}

/** Starts `sweetspot` with these arguments. */
export function startProgram(args: readonly string[], { folder, mark, patience, environment = {} }: Where): Started {
	const began = performance.now();
	const child = spawn(process.execPath, [main, ...args], {
		cwd: folder,
		env: { ...process.env, ...environment, [markName]: mark },
		stdio: ["ignore", "pipe", "pipe"],
	});
	const { pid } = child;
	if (pid === undefined) throw new Error("Node could not be started");
	let hung = false;
	let peakBytes = 0;
	const looks = setInterval(() => {
		peakBytes = Math.max(peakBytes, peakOf(pid));
	}, 100);
	const watch = new Patience(pid, patience, () => {
		hung = true;
		child.kill("SIGKILL");
	});
	const stdout = textOf(child.stdout);
	const stderr = textOf(child.stderr);
	const ended = new Promise<Ending>((resolve) => {
		child.once("exit", (code, signal) => {
			clearInterval(looks);
			watch.end();
			// What it left running may hold its output: that isn't waited for.
			setImmediate(() =>
				setTimeout(() => resolve({ code, signal, ...said(), milliseconds: performance.now() - began, peakBytes, hung }), 5),
			);
		});
	});
	const said = () => ({ stdout: stdout(), stderr: stderr() });
	return { pid, ended };
}

/** What a stream has said so far, whenever it is asked. */
function textOf(stream: ChildProcess["stdout"]): () => string {
	const chunks: Buffer[] = [];
	stream?.on("data", (chunk: Buffer) => chunks.push(chunk));
	return () => Buffer.concat(chunks).toString();
}

/** The most memory that a process has held; 0 where it is gone. */
function peakOf(pid: number): number {
	try {
		return 1024 * Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
	} catch {
		return 0;
	}
}
