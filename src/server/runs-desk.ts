import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { SweetspotError } from "../core/errors.js";
import { currentWriter } from "../store/writer-note.js";
import type { ErrorStatus } from "./refusal.js";
import { type StartedReply, type StartedRequest, startedReply } from "./started-protocol.js";

const program = fileURLToPath(new URL("./started-run.js", import.meta.url));

/** Milliseconds within which a process must have started or refused. Making data takes most of that time. */
const startMilliseconds = 60_000;

/** Why a run that was started from here ended before its end. */
export type RunFailure = Exclude<StartedReply, { readonly id: string }>;

/**
 * Starts what the page is asked to run, each in its own process, which outlives the server: a study of hours must not depend on a
 * browser page's server. `sweetspot stop` and the page stop it.
 */
export class RunsDesk {
	readonly #folder: string;
	readonly #onEnd: (id: string) => void;
	readonly #failures = new Map<string, RunFailure>();
	readonly #children = new Set<ChildProcess>();
	#isStarting = false;

	/** `onEnd`: is called with the study's or experiment's id. */
	constructor(folder: string, onEnd: (id: string) => void) {
		this.#folder = folder;
		this.#onEnd = onEnd;
	}

	/** Why the last run of this study or experiment that was started from here ended, where it failed. */
	failure(id: string): RunFailure | null {
		return this.#failures.get(id) ?? null;
	}

	/** Resolves with the id of what runs. Throws what the process says, and `store/in-use` where another writes to the store. */
	async start(request: StartedRequest): Promise<string> {
		this.#requireFree();
		this.#isStarting = true;
		try {
			return await this.#begun(request);
		} finally {
			this.#isStarting = false;
		}
	}

	/** Runs go on. */
	close(): void {
		for (const child of this.#children) {
			child.stdout?.destroy();
			child.unref();
		}
		this.#children.clear();
	}

	#requireFree(): void {
		const writer = currentWriter(this.#folder);
		if (writer === null && !this.#isStarting) return;
		throw new SweetspotError(
			"store/in-use",
			`something runs in it already${writer === null ? "" : `, since ${writer.since.slice(0, 16).replace("T", " ")} UTC (${writer.command})`}`,
			"wait until it has ended, or stop it, then try again",
		);
	}

	#begun(request: StartedRequest): Promise<string> {
		const child = spawn(process.execPath, [program, this.#folder], {
			detached: true, // Ctrl-C in the server's terminal is for the server
			stdio: ["pipe", "pipe", "ignore"],
			windowsHide: true,
		});
		this.#children.add(child);
		let id: string | null = null;
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				child.kill("SIGTERM");
				reject(new SweetspotError("server/not-allowed", "it did not begin within a minute", "use less data, or run it from a terminal"));
			}, startMilliseconds);
			const refuse = (failure: Omit<RunFailure, "code"> & Partial<RunFailure>) => reject(new RefusedRun(failure));
			createInterface({ input: child.stdout }).on("line", (line) => {
				const reply = replyIn(line);
				if (reply === null) return;
				if ("id" in reply) {
					clearTimeout(timer);
					id = reply.id;
					this.#failures.delete(id);
					resolve(id);
				} else if (id === null) refuse(reply);
				else this.#failures.set(id, reply);
			});
			child.once("error", (error) => refuse({ error: `it could not be started: ${error.message}`, fix: "try again" }));
			child.once("close", () => {
				clearTimeout(timer);
				this.#children.delete(child);
				if (id === null) refuse({ error: "it ended before it began", fix: "run it from a terminal: `sweetspot tune STUDY`" });
				else this.#onEnd(id);
			});
			child.stdin.on("error", () => {}); // it has ended, which is reported above
			child.stdin.end(JSON.stringify(request));
		});
	}
}

/** Null for a line that some library wrote. */
function replyIn(line: string): StartedReply | null {
	try {
		return startedReply.parse(JSON.parse(line));
	} catch {
		return null;
	}
}

/** Why the process refused to start: an error with its fix, in the words of the process. */
export class RefusedRun extends Error {
	readonly fix: string;
	readonly status: ErrorStatus;

	constructor({ error, fix, code = null }: Omit<RunFailure, "code"> & Partial<RunFailure>) {
		super(error);
		this.fix = fix;
		this.status = (code !== null && statuses[code]) || 400;
	}
}

const statuses: Readonly<Record<string, ErrorStatus>> = { "server/not-allowed": 403, "store/in-use": 409, "store/no-such-study": 404 };
