import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import type { Guard } from "./guard.js";

/** How a process ended: with a code, by a signal, or it never began. */
export interface Exit {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly error: NodeJS.ErrnoException | null;
}

interface Start {
	readonly command: readonly string[];
	readonly directory: string;
	readonly environment: NodeJS.ProcessEnv;
	/** All that the trial starts has inherited `SWEETSPOT_EVENTS`, a file in this folder. */
	readonly folder: string;
	readonly onOutput: (stream: "stdout" | "stderr", chunk: Buffer) => void;
}

/** What doesn't die of SIGKILL within this many milliseconds hangs in the kernel: nothing more can be done. */
const unkillable = 2000;

/**
 * A process that has a group of its own, so that all it starts ends with it. It begins to run only when the guard knows of it: until then it waits for a
 * line on its descriptor 3, and ends if that is closed instead.
 */
export class ProcessGroup {
	/** When the process itself has ended; others of its group may go on. */
	readonly exit: Promise<Exit>;
	/** When it has ended, and nobody can print anything more. */
	readonly closed: Promise<void>;
	readonly #child: ChildProcess | null;
	readonly #guard: Guard;
	readonly #folder: string;

	constructor({ command, directory, environment, folder, onOutput }: Start, guard: Guard) {
		this.#guard = guard;
		this.#folder = folder;
		let child: ChildProcess;
		try {
			child = spawn("/bin/sh", ["-c", 'read -r go <&3 || exit; exec 3<&-; exec "$@"', "sweetspot", ...command], {
				cwd: directory,
				env: environment,
				detached: true,
				stdio: ["ignore", "pipe", "pipe", "pipe"],
			});
		} catch (error) {
			this.#child = null;
			this.exit = Promise.resolve({ code: null, signal: null, error: error as NodeJS.ErrnoException });
			this.closed = Promise.resolve();
			return;
		}
		this.#child = child;
		this.exit = new Promise((resolve) => {
			child.once("error", (error) => resolve({ code: null, signal: null, error }));
			child.once("exit", (code, signal) => resolve({ code, signal, error: null }));
		});
		this.closed = new Promise((resolve) => {
			child.once("close", () => resolve());
			child.once("error", () => resolve());
		});
		for (const name of ["stdout", "stderr"] as const) child[name]?.on("data", (chunk: Buffer) => onOutput(name, chunk));
		const gate = child.stdio[3] as import("node:net").Socket | null;
		gate?.on("error", () => {}); // it has ended already
		if (child.pid === undefined) return;
		guard.watch(child.pid);
		gate?.end("go\n");
	}

	/** Asks all of the group to end, and `grace` seconds later kills what is left, whatever left the group among it. Resolves when it is gone. */
	async end(grace: number): Promise<void> {
		const group = this.#child?.pid;
		if (this.#child === null || group === undefined) return;
		signal(-group, "SIGTERM");
		if (!(await isGone(group, 1000 * grace))) {
			signal(-group, "SIGKILL");
			await isGone(group, unkillable);
		}
		killWithin(this.#folder);
	}

	/** It has been ended, and nobody listens any more. */
	release(): void {
		if (this.#child?.pid === undefined) return;
		this.#guard.release(this.#child.pid);
		this.#child.stdout?.destroy();
		this.#child.stderr?.destroy();
	}
}

/** Kills all processes of trials whose folder is, or lies in, this one. Linux only: elsewhere they can't be told. Returns how many there were. */
export function killWithin(folder: string): number {
	const mark = Buffer.from(`SWEETSPOT_EVENTS=${folder}/`);
	let killed = 0;
	for (const id of processIds()) {
		try {
			if (!readFileSync(`/proc/${id}/environ`).includes(mark)) continue;
		} catch {
			continue; // gone meanwhile, or another user's
		}
		signal(Number(id), "SIGKILL");
		killed++;
	}
	return killed;
}

function processIds(): readonly string[] {
	try {
		return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
	} catch {
		return [];
	}
}

/** Whether there was anybody to get it. `id`: negative for a group. */
function signal(id: number, name: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(id, name);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM"; // there, but not ours
	}
}

/** Whether the group has nobody left in it within so many milliseconds. */
async function isGone(group: number, milliseconds: number): Promise<boolean> {
	const until = performance.now() + milliseconds;
	for (let pause = 2; signal(-group, 0); pause = Math.min(2 * pause, 50)) {
		const left = until - performance.now();
		if (left <= 0) return false;
		await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)));
	}
	return true;
}
