import { setTimeout as delay } from "node:timers/promises";
import type { OutputPatterns } from "../../study/command/workload.js";
import { EventsFile } from "./events-file.js";
import type { TrialFiles } from "./files.js";
import { type Exit, ProcessGroup } from "./group.js";
import type { Guard } from "./guard.js";
import { LineCutter } from "./lines.js";
import type { TrialLog } from "./log.js";
import { PatternMatcher } from "./patterns.js";
import { parseEvent } from "./protocol.js";
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
	readonly ended: Promise<void>;
	readonly #group: ProcessGroup;
	readonly #events: EventsFile;
	readonly #cutters: Readonly<Record<"stdout" | "stderr" | "file", LineCutter>>;
	readonly #matcher: PatternMatcher | null;
	#unmatched: string[] = [];
	#wake: (() => void) | null = null;
	#stopped = false;

	constructor(
		{ command, directory, environment, patterns }: Program,
		{ events, folder }: TrialFiles,
		private readonly log: TrialLog,
		private readonly reports: Reports,
		guard: Guard,
	) {
		this.#matcher = patterns ? new PatternMatcher(patterns) : null;
		const cutter = () => new LineCutter({ onLine: (text, bytes) => this.#line(text, bytes), onBytes: (bytes) => log.bytes(bytes) });
		this.#cutters = { stdout: cutter(), stderr: cutter(), file: cutter() };
		this.#events = new EventsFile(events);
		const onOutput = (stream: "stdout" | "stderr", chunk: Buffer) => {
			this.#cutters[stream].push(chunk);
			this.#match();
			this.#wake?.();
		};
		this.#group = new ProcessGroup({ command, directory, environment, folder, onOutput }, guard);
		this.ended = this.#group.exit.then((exit) => {
			this.exit = exit;
		});
	}

	/** When something was printed next. */
	changed(): Promise<void> {
		return new Promise((resolve) => {
			this.#wake = resolve;
		});
	}

	/** Reads the file of events as far as it goes. */
	read(): void {
		if (this.#stopped) return;
		while (this.#events.read((bytes) => this.#cutters.file.push(bytes))) {
			// There is more.
		}
		this.#wake?.();
	}

	/** After its end: all that it has said has been heard. What it left running is ended, unless it ends at once by itself. */
	async drained(isOver: () => boolean): Promise<void> {
		await Promise.race([this.#group.closed, delay(soon)]);
		this.read();
		for (const cutter of Object.values(this.#cutters)) cutter.end();
		this.#match();
		isOver();
	}

	async stop(grace: number): Promise<void> {
		if (this.#stopped) return;
		this.#stopped = true;
		await this.#group.stop(grace);
		this.#events.close();
	}

	#line(text: string, bytes: Buffer): void {
		const parsed = parseEvent(text);
		// The half of an event that a killed script leaves is none.
		const event = parsed !== null && "wrong" in parsed && !/[\r\n]$/.test(bytes.subarray(-1).toString("latin1")) ? null : parsed;
		if (event !== null) {
			this.#match();
			this.reports.take(event, performance.now());
			if (!("wrong" in event)) return;
		}
		this.log.line(text, bytes);
		if (this.#matcher && event === null) this.#unmatched.push(text);
	}

	#match(): void {
		if (!this.#matcher || this.#unmatched.length === 0) return;
		const lines = this.#unmatched;
		this.#unmatched = [];
		for (const event of this.#matcher.events(lines)) this.reports.take(event, performance.now());
	}
}
