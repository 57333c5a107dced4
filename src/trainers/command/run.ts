import { setTimeout as delay } from "node:timers/promises";
import type { OutputPatterns } from "../../study/workloads/command/workload.js";
import type { TrialFiles } from "./files.js";
import type { FollowedFile } from "./followed-file.js";
import { History } from "./history.js";
import type { Exit, Launched, ScriptHost, Start } from "./host.js";
import { LineCutter } from "./lines.js";
import type { TrialLog } from "./log.js";
import { PatternMatcher } from "./patterns.js";
import type { Poll } from "./poll.js";
import { type Parsed, parseEvent } from "./protocol.js";
import type { Reports } from "./reports.js";

/** When a script has ended, processes that it started may hold its output. They get this long before they are asked to end as well. */
const lingerMilliseconds = 100;

/** What has been ended can't print for longer than this, but for a process that nothing ends. */
const closingMilliseconds = 1000;

interface Program {
	readonly command: readonly string[];
	readonly directory: string;
	readonly environment: Readonly<Record<string, string>>;
	readonly patterns: OutputPatterns | undefined;
}

/** What a run shares with the others of its session. */
interface Shared {
	readonly host: ScriptHost;
	readonly poll: Poll;
}

interface Listener {
	/** Its first sign of life. */
	onAlive(): void;
	/** It has ended, or the trial is over by what it reported. */
	onOver(): void;
}

/** A script while it runs: events from its file and from what it prints become reports, everything else goes into its log. */
export class ScriptRun {
	/** Whether it has shown a sign of life: its host says that it runs, or it has said something itself. */
	isAlive = false;
	/** Null until its host says that it runs. */
	start: Start | null = null;
	/** When it was handed over to its host, by `performance.now()`. */
	readonly launchedAt = performance.now();
	/** Null until it has ended. */
	exit: Exit | null = null;
	readonly #launched: Launched;
	readonly #events: FollowedFile;
	readonly #cutters: Readonly<Record<"stdout" | "stderr" | "file", LineCutter>>;
	readonly #matcher: PatternMatcher | null;
	readonly #history: History;
	#unmatched: string[] = [];
	#stopped = false;
	/** What kept its file from being read. */
	#unreadable: { readonly error: unknown } | null = null;

	constructor(
		{ command, directory, environment, patterns }: Program,
		{ events, printed, folder }: TrialFiles,
		private readonly log: TrialLog,
		private readonly reports: Reports,
		{ host, poll }: Shared,
		private readonly listener: Listener,
	) {
		this.#matcher = patterns ? new PatternMatcher(patterns) : null;
		this.#history = new History(printed);
		const cutter = (printed: boolean) =>
			new LineCutter({ onLine: (text, bytes) => this.#line(text, bytes, printed), onBytes: (bytes) => log.bytes(bytes) });
		this.#cutters = { stdout: cutter(true), stderr: cutter(true), file: cutter(false) };
		this.#events = poll.follow(events, {
			onBytes: (bytes) => {
				this.#live();
				this.#cutters.file.push(bytes);
			},
			onError: (error) => {
				this.#unreadable = { error };
				listener.onOver();
			},
		});
		const onOutput = (stream: "stdout" | "stderr", bytes: Buffer) => {
			this.#live();
			this.#cutters[stream].push(bytes);
			this.#match();
			this.#history.flush();
		};
		this.#launched = host.launch({ command, directory, environment, folder, onOutput });
		void this.#launched.started.then((start) => {
			this.start = start;
			if (start !== null) this.#live();
		});
		void this.#launched.exit.then((exit) => {
			this.exit = exit;
			listener.onOver();
		});
	}

	/** Whether its output has metrics, but no step. */
	get isLost(): boolean {
		return this.#matcher?.isLost ?? false;
	}

	/** Reads what is new in the file of events, of a flood a part. Returns whether there may be more. Throws where it can't be read. */
	read(): boolean {
		if (this.#unreadable) throw this.#unreadable.error;
		return this.#events.read();
	}

	/** After its end: takes in everything that it reported. What it left running is ended, where that still holds its output. */
	async drained(graceMilliseconds: number): Promise<void> {
		if (!(await isWithin(this.#launched.closed, lingerMilliseconds))) {
			await this.#launched.end(graceMilliseconds);
			await isWithin(this.#launched.closed, closingMilliseconds);
		}
		for (let more = true; more && !this.reports.isOver; ) more = this.read();
		for (const cutter of Object.values(this.#cutters)) cutter.end();
		this.#match();
	}

	async stop(graceMilliseconds: number): Promise<void> {
		if (this.#stopped) return;
		this.#stopped = true;
		this.#events.close();
		await this.#launched.end(graceMilliseconds);
		this.#launched.release();
	}

	#live(): void {
		if (this.isAlive) return;
		this.isAlive = true;
		this.listener.onAlive();
	}

	#line(text: string, bytes: Buffer, printed: boolean): void {
		const parsed = parseEvent(text);
		// Half an event, as a killed script leaves it, isn't one.
		const event = parsed !== null && "wrong" in parsed && !/[\r\n]$/.test(bytes.subarray(-1).toString("latin1")) ? null : parsed;
		if (event !== null) {
			this.#match();
			this.#take(event, printed);
			if (!("wrong" in event)) return;
		}
		this.log.line(text, bytes);
		if (this.#matcher && event === null) this.#unmatched.push(text);
	}

	#match(): void {
		if (!this.#matcher || this.#unmatched.length === 0) return;
		const lines = this.#unmatched;
		this.#unmatched = [];
		for (const event of this.#matcher.events(lines)) this.#take(event, true);
	}

	#take(event: Parsed, printed: boolean): void {
		this.reports.take(event, performance.now());
		if (printed && !("wrong" in event)) this.#history.add(event);
		if (this.reports.isOver) this.listener.onOver();
	}
}

const isWithin = (promise: Promise<void>, milliseconds: number): Promise<boolean> =>
	Promise.race([promise.then(() => true), delay(milliseconds, false)]);
