import { type ChildProcess, spawn } from "node:child_process";
import { hostname } from "node:os";
import type { Exit, Launch, Launched, Start } from "../host.js";
import { signalOf } from "../signals.js";
import type { Guard } from "./guard.js";
import { isGone, killWithin, signal } from "./kin.js";
import { memoryKills } from "./memory.js";
import { pythonPath } from "./python-path.js";

/** What doesn't die of SIGKILL within this time hangs in the kernel: nothing more can be done. */
const unkillableMilliseconds = 2000;

/** The system has no process, memory or descriptor left to start another. */
const shortages: ReadonlySet<string> = new Set(["EAGAIN", "ENOMEM", "EMFILE", "ENFILE"]);

/** Waits for a line on descriptor 3 before it becomes the script, and ends if that is closed instead. */
const gatekeeper = 'read -r go <&3 || exit; exec 3<&-; exec "$@"';

/**
 * A script on this machine, in a process group of its own, so that all it starts ends with it. It begins to run only when the guard knows
 * the group. Descriptor 3 is closed as the script takes over: that is its first sign of life.
 */
export class ProcessGroup implements Launched {
	readonly started: Promise<Start | null>;
	readonly exit: Promise<Exit>;
	readonly closed: Promise<void>;
	readonly #child: ChildProcess | null;
	readonly #guard: Guard;
	readonly #folder: string;

	/** `startMilliseconds`: a script that hasn't begun to run by then is given up. */
	constructor({ command, directory, environment, folder, onOutput }: Launch, guard: Guard, startMilliseconds: number) {
		this.#guard = guard;
		this.#folder = folder;
		const killsBefore = memoryKills();
		let child: ChildProcess;
		try {
			child = spawn("/bin/sh", ["-c", gatekeeper, "sweetspot", ...command], {
				cwd: directory,
				env: { ...process.env, ...environment, PYTHONPATH: pythonPath(environment.PYTHONPATH ?? process.env.PYTHONPATH) },
				detached: true,
				stdio: ["ignore", "pipe", "pipe", "pipe"],
			});
		} catch (error) {
			this.#child = null;
			this.started = Promise.resolve(null);
			this.exit = Promise.resolve(notStarted(error as NodeJS.ErrnoException));
			this.closed = Promise.resolve();
			return;
		}
		this.#child = child;
		const gate = child.stdio[3] as import("node:net").Socket;
		const at = performance.now();
		const began = new Promise<Start | null>((resolve) => {
			gate.once("close", () => resolve({ machine: hostname(), at }));
			child.once("error", () => resolve(null));
		});
		const ended = new Promise<Exit>((resolve) => {
			child.once("error", (error) => resolve(notStarted(error)));
			child.once("exit", (code, name) => resolve(exitOf(code, name, killsBefore)));
		});
		const late = this.#late(began, startMilliseconds);
		this.started = Promise.race([began, late.then(() => null)]);
		this.exit = Promise.race([Promise.all([ended, began]).then(([exit]) => exit), late]);
		this.closed = new Promise((resolve) => {
			child.once("close", () => resolve());
			child.once("error", () => resolve());
		});
		for (const name of ["stdout", "stderr"] as const) child[name]?.on("data", (chunk: Buffer) => onOutput(name, chunk));
		gate.on("error", () => {}); // it has ended already
		gate.resume();
		if (child.pid === undefined) return;
		guard.watch(child.pid);
		gate.end("go\n");
	}

	/** Settles only if the script hasn't begun to run in time. */
	#late(began: Promise<unknown>, milliseconds: number): Promise<Exit> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => {
				const words = `it could not be started: the system did not run it within ${milliseconds / 1000} s`;
				resolve({ code: null, signal: null, outOfMemory: false, hostFailed: true, words });
			}, milliseconds);
			void began.then(() => clearTimeout(timer));
		});
	}

	/** What has left the group is killed as well, where it can be recognized (see `killWithin`). */
	async end(graceMilliseconds: number): Promise<void> {
		const group = this.#child?.pid;
		if (this.#child === null || group === undefined) return;
		signal(-group, "SIGTERM");
		signal(-group, "SIGCONT"); // a stopped process gets no signal but SIGKILL until it goes on
		if (!(await isGone(group, graceMilliseconds))) {
			signal(-group, "SIGKILL");
			await isGone(group, unkillableMilliseconds);
		}
		killWithin(this.#folder);
	}

	release(): void {
		if (this.#child?.pid === undefined) return;
		this.#guard.release(this.#child.pid);
		for (const pipe of this.#child.stdio) pipe?.destroy();
	}
}

const notStarted = ({ code = "", message }: NodeJS.ErrnoException): Exit => ({
	code: null,
	signal: null,
	outOfMemory: false,
	hostFailed: shortages.has(code),
	words: `it could not be started: ${message}`,
});

/** `killsBefore`: how many processes the system had killed for lack of memory when this one was started. */
function exitOf(code: number | null, name: NodeJS.Signals | null, killsBefore: number | null): Exit {
	const kills = memoryKills();
	const outOfMemory = kills === null || killsBefore === null ? null : signalOf({ code, signal: name }) === "SIGKILL" && kills > killsBefore;
	const words = outOfMemory
		? "the system killed it, as memory had run out"
		: name === null
			? `exit code ${code}`
			: `it was ended by ${name}`;
	return { code, signal: name, outOfMemory, hostFailed: false, words };
}
