import { setTimeout as delay } from "node:timers/promises";
import { turn } from "../../core/turn.js";
import type { OutputPatterns } from "../../study/workloads/command/workload.js";
import { EventFinder } from "./event-finder.js";
import type { TrialFiles } from "./files.js";
import type { FollowedFile } from "./followed-file.js";
import type { Hearing } from "./heard/hearing.js";
import { History } from "./history.js";
import type { Exit, Launched, ScriptHost, Start } from "./host.js";
import type { LineCutter } from "./lines.js";
import type { TrialLog } from "./log.js";
import type { Poll } from "./poll.js";
import type { Parsed } from "./protocol.js";
import type { Reports } from "./reports.js";
import type { Written } from "./written/reader.js";
import type { WrittenFiles } from "./written/written-files.js";

/** When a script has ended, processes that it started may hold its output. They get this long before they are asked to end as well. */
const lingerMilliseconds = 100;

/** An ended process can't print for longer than this, unless nothing can end it. */
const closingMilliseconds = 1000;

interface Program {
	readonly command: readonly string[];
	readonly directory: string;
	readonly environment: Readonly<Record<string, string>>;
	readonly patterns: OutputPatterns | undefined;
}

/**
 * Where its metrics come from besides the protocol and patterns: what its trackers are given, and files; null where the study names none.
 */
interface Sources {
	readonly hearing: Hearing | null;
	readonly written: WrittenFiles | null;
}

/** What a run shares with the others of its session. */
interface Shared {
	readonly host: ScriptHost;
	readonly poll: Poll;
}

interface Listener {
	/** Its first sign of life. */
	onAlive(): void;
	/** It has sent a message or printed something. */
	onHeard(): void;
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
	readonly #sources: readonly { readonly cutter: LineCutter; readonly followed: FollowedFile }[];
	readonly #finder: EventFinder;
	readonly #history: History;
	readonly #leavePoll: () => void;
	#stopped = false;
	/** When something in its files was written, at the latest. */
	#writtenAt = 0;
	/** Milliseconds that its processes stood still. */
	#paused = 0;
	/** What kept one of its files from being read. */
	#unreadable: { readonly error: unknown } | null = null;

	constructor(
		{ command, directory, environment, patterns }: Program,
		{ events, stdout, stderr, printed, folder }: TrialFiles,
		log: TrialLog,
		private readonly reports: Reports,
		{ host, poll }: Shared,
		private readonly listener: Listener,
		private readonly from: Sources,
	) {
		const { written } = from;
		this.#history = new History(printed);
		this.#finder = new EventFinder(
			patterns,
			{
				onEvent: (event, matched) => this.#take(event, matched),
				onLine: (text, bytes) => log.line(text, bytes),
				onBytes: (bytes) => log.bytes(bytes),
			},
			from.hearing,
		);
		this.#sources = [events, stdout, stderr].map((file) => {
			const cutter = this.#finder.stream();
			const followed = poll.follow(file, {
				onBytes: (bytes) => {
					if (reports.isOver && !reports.mayGoOn) return; // a flood that nothing waits for any more
					this.#live();
					listener.onHeard();
					cutter.push(bytes);
					this.#finder.match();
					this.#history.flush();
				},
				onError: (error) => {
					this.#unreadable = { error };
					listener.onOver();
				},
			});
			return { cutter, followed };
		});
		this.#launched = host.launch({ command, directory, environment, folder, output: { stdout, stderr } });
		written?.begin({
			onWritten: (one) => this.#takeWritten(one),
			onHeard: () => {
				this.#live();
				listener.onHeard();
			},
			holdsOpen: (file) => this.#launched.holdsOpen(file),
		});
		this.#leavePoll = written ? poll.everyPass(() => this.#lookAt(written)) : () => {};
		void this.#launched.started.then((start) => {
			this.start = start;
			if (start !== null) this.#live();
		});
		void this.#launched.exit.then((exit) => {
			this.exit = exit;
			listener.onOver();
		});
	}

	/** Why nothing of what it printed or wrote could be used, as far as that can be seen. */
	get missing(): string | null {
		if (this.#finder.isLost) return "metrics were found, but before any step, epoch or number of examples: check the counter's pattern";
		return this.from.written?.missing ?? this.#finder.missing;
	}

	/** What its files of events and output have by now, of earlier attempts as well. */
	get printedBytes(): number {
		return this.#sources.reduce((sum, { followed }) => sum + followed.size, 0);
	}

	/** Reads what is new in its files, of a flood a part. Returns whether there may be more. Throws where one can't be read. */
	read(): boolean {
		if (this.#unreadable) throw this.#unreadable.error;
		const hasMore = this.#sources.map(({ followed }) => followed.read()).some((more) => more);
		const mayWriteMore = this.from.written?.read() ?? false;
		this.#history.flush();
		return hasMore || mayWriteMore;
	}

	/** After its end: takes in everything that it reported. What it left running is ended, where that may still print. */
	async drained(graceMilliseconds: number): Promise<void> {
		if (!(await isWithin(this.#launched.closed, lingerMilliseconds))) {
			await this.#launched.end(graceMilliseconds);
			await isWithin(this.#launched.closed, closingMilliseconds);
		}
		for (let more = true; more && !this.reports.isOver; ) {
			more = this.read();
			await turn();
		}
		if (this.reports.mayGoOn) return; // the rest is read when it does
		for (const { cutter } of this.#sources) cutter.end();
		this.#finder.match();
		this.from.written?.end(this.exit?.code === 0);
		this.#history.flush();
	}

	/**
	 * Stops its processes where they are, until `goOn`, and takes in all that they have said by then. Returns whether they stand still: they
	 * may have ended as well. False where the host can't do that.
	 */
	async pause(): Promise<boolean> {
		if (this.exit === null && !(await this.#launched.pause()) && !(await isWithin(this.#launched.exit, lingerMilliseconds))) return false;
		while (this.read()) await turn();
		this.#finder.match();
		this.reports.pause();
		return true;
	}

	/** `milliseconds`: how long they stood still. */
	goOn(milliseconds: number): void {
		this.#paused += milliseconds;
		if (this.exit === null) this.#launched.goOn();
	}

	/** Bytes of memory that its processes hold; null where the host can't see that. */
	get heldMemory(): number | null {
		return this.exit === null ? this.#launched.heldMemory() : 0;
	}

	async stop(graceMilliseconds: number): Promise<void> {
		if (this.#stopped) return;
		this.#stopped = true;
		this.#leavePoll();
		for (const { followed } of this.#sources) followed.close();
		await this.#launched.end(graceMilliseconds);
		this.#launched.release();
	}

	#live(): void {
		if (this.isAlive) return;
		this.isAlive = true;
		this.listener.onAlive();
	}

	/** What a pass of the poll throws would end this process. */
	#lookAt(written: WrittenFiles): void {
		if (this.reports.isOver && !this.reports.mayGoOn) return;
		try {
			written.look(performance.now());
			this.#history.flush();
		} catch (error) {
			this.#unreadable = { error };
			this.listener.onOver();
		}
	}

	/** Its writer's clock counts where it can be right: the file may have got it later, and much at once. */
	#takeWritten({ event, at }: Written): void {
		const now = performance.now();
		const said = (at ?? Number.NaN) - performance.timeOrigin;
		const isLikely = said >= this.launchedAt && said <= now;
		this.#writtenAt = Math.max(this.#writtenAt, isLikely ? said : now);
		this.#take(event, true, this.#writtenAt);
	}

	#take(event: Parsed, matched: boolean, at = performance.now()): void {
		this.reports.take(event, at - this.#paused);
		if (matched && !("wrong" in event)) this.#history.add(event);
		if (this.reports.isOver) this.listener.onOver();
	}
}

const isWithin = (promise: Promise<unknown>, milliseconds: number): Promise<boolean> =>
	Promise.race([promise.then(() => true), delay(milliseconds, false)]);
