import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import type { Exit, Launch, Launched, Start } from "../host.js";
import { signalOf } from "../signals.js";
import type { Guard } from "./guard.js";
import { killMarked, markName } from "./kin.js";
import { memoryKills } from "./memory.js";
import { OwnGroup } from "./own-group.js";
import { pythonPath } from "./python-path.js";
import { limitOf, tagOf } from "./tag.js";

/** What doesn't die of SIGKILL within this time hangs in the kernel: nothing more can be done. */
const unkillableMilliseconds = 2000;

/** How often it is seen who belongs to the script: what has left its group and lost its parents can't be found later. */
const lookMilliseconds = 1000;

/** The system has no process, memory or descriptor left to start another. */
const shortages: ReadonlySet<string> = new Set(["EAGAIN", "ENOMEM", "EMFILE", "ENFILE"]);

/** Takes its tag, waits for a line on descriptor 3 before it becomes the script, and ends if that is closed instead. */
const gatekeeper = '[ "$1" ] && ulimit -S -m "$1" 2>/dev/null; shift; read -r go <&3 || exit; exec 3<&-; exec "$@"';

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
	readonly #mark: string;
	/** Null where nothing was started. */
	#group: OwnGroup | null = null;
	#released = false;
	/** Nothing of it can leave its group meanwhile. */
	#isPaused = false;

	/** `mark`: what all that it starts is recognized by. `startMilliseconds`: a script that hasn't begun to run by then is given up. */
	constructor({ command, directory, environment, output }: Launch, guard: Guard, mark: string, startMilliseconds: number) {
		this.#guard = guard;
		this.#mark = mark;
		const killsBefore = memoryKills();
		const tag = tagOf(mark);
		let child: ChildProcess;
		const descriptors: number[] = [];
		try {
			for (const file of [output.stdout, output.stderr]) descriptors.push(openSync(file, "a", 0o600));
			child = spawn("/bin/sh", ["-c", gatekeeper, "sweetspot", `${tag ?? ""}`, ...command], {
				cwd: directory,
				env: {
					...process.env,
					...environment,
					PYTHONPATH: pythonPath(environment.PYTHONPATH ?? process.env.PYTHONPATH, environment.SWEETSPOT_HOOKS === "1"),
					[markName]: mark,
				},
				detached: true,
				stdio: ["ignore", ...descriptors, "pipe"],
			});
		} catch (error) {
			this.#child = null;
			this.started = Promise.resolve(null);
			this.exit = Promise.resolve(notStarted(error as NodeJS.ErrnoException));
			this.closed = Promise.resolve();
			return;
		} finally {
			for (const descriptor of descriptors) closeSync(descriptor); // the script has its own by now
		}
		this.#child = child;
		const gate = child.stdio[3] as import("node:net").Socket;
		const at = performance.now();
		const looks = setInterval(() => this.#isPaused || this.#group?.look(), lookMilliseconds).unref();
		const began = new Promise<Start | null>((resolve) => {
			gate.once("close", () => resolve({ machine: hostname(), at }));
			child.once("error", () => resolve(null));
		});
		const ended = new Promise<Exit>((resolve) => {
			child.once("error", (error) => {
				clearInterval(looks);
				resolve(notStarted(error));
			});
			child.once("exit", (code, name) => {
				clearInterval(looks);
				this.#group?.look(true); // who is left of it
				resolve(exitOf(code, name, killsBefore));
			});
		});
		const late = this.#late(began, startMilliseconds);
		this.started = Promise.race([began, late.then(() => null)]);
		this.exit = Promise.race([Promise.all([ended, began]).then(([exit]) => exit), late]);
		this.closed = ended.then(() => this.#emptied());
		gate.on("error", () => {}); // it has ended already
		gate.resume();
		if (child.pid === undefined) return;
		this.#group = new OwnGroup(child.pid);
		guard.watch(child.pid, this.#group.start, tag === null ? null : limitOf(tag));
		gate.end("go\n");
	}

	/** Resolves when no process is left in the group, or it is of no interest any more. */
	async #emptied(): Promise<void> {
		while (this.#group && !this.#released && !(await this.#group.isGone(1000)));
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

	async pause(): Promise<boolean> {
		this.#isPaused = (await this.#group?.stop()) ?? false;
		if (!this.#isPaused) this.#group?.goOn();
		return this.#isPaused;
	}

	goOn(): void {
		this.#isPaused = false;
		this.#group?.goOn();
	}

	heldMemory(): number | null {
		return this.#group?.memory() ?? null;
	}

	holdsOpen(file: string): boolean | null {
		return this.#group?.holdsOpen(file) ?? null;
	}

	/**
	 * What has left the group is killed as well, where it can be recognized: by its parents, or by its mark or its tag (see `killMarked`).
	 */
	async end(graceMilliseconds: number): Promise<void> {
		const group = this.#group;
		if (group === null) return;
		group.signal("SIGTERM");
		group.signal("SIGCONT"); // a stopped process gets no signal but SIGKILL until it goes on
		if (!(await group.isGone(graceMilliseconds))) {
			group.signal("SIGKILL");
			await group.isGone(unkillableMilliseconds);
		}
		for (let waited = 0; waited < unkillableMilliseconds; waited += 5) {
			const killed = [...(await group.killStrayed()), ...killMarked(this.#mark)];
			if (killed.length === 0) return; // what was started while others were killed is gone as well
			await delay(5);
		}
	}

	release(): void {
		this.#released = true;
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
