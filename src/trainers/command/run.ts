import { type FSWatcher, watch } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { OutputPatterns } from "../../study/command/workload.js";
import { EventsFile } from "./events-file.js";
import type { TrialFiles } from "./files.js";
import { type Exit, ProcessGroup } from "./group.js";
import type { Guard } from "./guard.js";
import { History } from "./history.js";
import { LineCutter } from "./lines.js";
import type { TrialLog } from "./log.js";
import { PatternMatcher } from "./patterns.js";
import { type Parsed, parseEvent } from "./protocol.js";
import type { Reports } from "./reports.js";

/** When a process has ended, others that it started may still hold its output: they get so many milliseconds before they are asked to end as well. */
const soon = 100;

interface Program {
	readonly command: readonly string[];
	readonly directory: string;
	readonly environment: NodeJS.ProcessEnv;
	readonly patterns: OutputPatterns | undefined;
}

/** A script while it runs: events from its file and from what it prints become reports, everything else goes into its log. */
export class ScriptRun {
	/** Null while it runs. */
	exit: Exit | null = null;
	/** It has ended, or the trial is over by what it said. */
	readonly over: Promise<void>;
	#settle: () => void = () => {};
	readonly #changes: FSWatcher | null;
	readonly #group: ProcessGroup;
	readonly #events: EventsFile;
	readonly #cutters: Readonly<Record<"stdout" | "stderr" | "file", LineCutter>>;
	readonly #matcher: PatternMatcher | null;
	readonly #history: History;
	#unmatched: string[] = [];
	#stopped = false;

	constructor(
		{ command, directory, environment, patterns }: Program,
		{ events, printed, folder }: TrialFiles,
		private readonly log: TrialLog,
		private readonly reports: Reports,
		guard: Guard,
	) {
		this.#matcher = patterns ? new PatternMatcher(patterns) : null;
		this.#history = new History(printed);
		const cutter = (printed: boolean) =>
			new LineCutter({ onLine: (text, bytes) => this.#line(text, bytes, printed), onBytes: (bytes) => log.bytes(bytes) });
		this.#cutters = { stdout: cutter(true), stderr: cutter(true), file: cutter(false) };
		this.#events = new EventsFile(events);
		const onOutput = (stream: "stdout" | "stderr", chunk: Buffer) => {
			this.#cutters[stream].push(chunk);
			this.#match();
			this.#history.flush();
		};
		this.#group = new ProcessGroup({ command, directory, environment, folder, onOutput }, guard);
		this.over = new Promise((resolve) => {
			this.#settle = resolve;
		});
		void this.#group.exit.then((exit) => {
			this.exit = exit;
			this.#settle();
		});
		this.#changes = watched(events, () => this.read());
	}

	/** Whether its output has metrics, but nothing that tells the step. */
	get isLost(): boolean {
		return this.#matcher?.isLost ?? false;
	}

	/** Reads what is new in the file of events; of a flood a part, so that others get their turn. Whether there is more. */
	read(): boolean {
		return !this.#stopped && this.#events.read((bytes) => this.#cutters.file.push(bytes));
	}

	/** After its end: all that it has said has been heard. What it left running is ended, where that still holds its output. */
	async drained(grace: number): Promise<void> {
		if (!(await isWithin(this.#group.closed, soon))) {
			await this.#group.end(grace);
			await isWithin(this.#group.closed, 10 * soon);
		}
		for (let more = true; more && !this.reports.isOver; ) more = this.read();
		for (const cutter of Object.values(this.#cutters)) cutter.end();
		this.#match();
	}

	async stop(grace: number): Promise<void> {
		if (this.#stopped) return;
		this.#stopped = true;
		this.#changes?.close();
		await this.#group.end(grace);
		this.#group.release();
		this.#events.close();
	}

	#line(text: string, bytes: Buffer, printed: boolean): void {
		const parsed = parseEvent(text);
		// The half of an event that a killed script leaves is none.
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
		if (this.reports.isOver) this.#settle();
	}
}

/** Tells of changes to a file as they come; null where the system can't, and whoever reads it must look by himself. */
function watched(file: string, onChange: () => void): FSWatcher | null {
	try {
		return watch(file, onChange).on("error", () => {});
	} catch {
		return null;
	}
}

const isWithin = (promise: Promise<void>, milliseconds: number): Promise<boolean> =>
	Promise.race([promise.then(() => true), delay(milliseconds, false)]);
