import { appendFileSync, writeFileSync } from "node:fs";
import { FrameWriter } from "../frames.js";
import { eventsFileOf, outFileOf } from "../job-files.js";
import { ask, TooLong } from "./ask.js";
import type { Dashboard } from "./dashboard.js";
import { SignedFrameReader } from "./signed-frames.js";

/** A longer log is given up. */
const mostBytes = 2 ** 24;

/** Ray sends a log from its beginning each time: what a job may cost of the network, as long as it runs. */
const bytesPerSecond = 100_000;

/** What Ray itself writes to a log before the job does. */
const ofRay = /^Running entrypoint for job |^[-\d]+ [:,\d]+\s+INFO job_manager\.py:\d+ -- /;

/** Brings what a job has said from Ray's log to the file of events that a job in a shared folder would have written itself. */
export class JobLog {
	readonly #reader: SignedFrameReader;
	readonly #events: FrameWriter;
	readonly #file: string;
	/** When it may be read again, by `performance.now()`. */
	#readAt = 0;

	constructor(
		private readonly dashboard: Dashboard,
		private readonly job: string,
		file: string,
	) {
		this.#file = file;
		this.#reader = new SignedFrameReader(job);
		this.#events = new FrameWriter((line) => this.#append(line));
	}

	/** `isLast`: the job has ended. Returns whether it was read: false if it was read just before, or there was no answer. */
	async fetch(isLast: boolean): Promise<boolean> {
		if (this.#reader.broken !== null) return true;
		if (!isLast && performance.now() < this.#readAt) return false;
		const log = await this.#log();
		if (log === null) return false;
		this.#readAt = performance.now() + (1000 * log.length) / bytesPerSecond;
		for (const { message } of this.#reader.read(log)) this.#events.say(message as object);
		if (this.#reader.broken !== null) this.#append("torn\n");
		if (isLast) {
			const printed = this.#reader.others.filter((line) => !ofRay.test(line));
			writeFileSync(outFileOf(this.#file), printed.map((line) => `${line}\n`).join(""), { mode: 0o600 });
		}
		return true;
	}

	/** Null where there was no answer. */
	async #log(): Promise<string | null> {
		try {
			const { status, text } = await ask(this.dashboard, "GET", `/api/jobs/${encodeURIComponent(this.job)}/logs`, null, { mostBytes });
			if (status !== 200) return null;
			const { logs } = JSON.parse(text) as { readonly logs?: unknown };
			return typeof logs === "string" ? logs : null;
		} catch (error) {
			if (!(error instanceof TooLong)) return null;
			this.#reader.broken = "its log is too long";
			return "";
		}
	}

	#append(line: string): void {
		appendFileSync(eventsFileOf(this.#file, 0), line, { mode: 0o600 });
	}
}
