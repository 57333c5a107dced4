import type { OutputPatterns } from "../../study/workloads/command/workload.js";
import type { Hearing } from "./heard/hearing.js";
import { isHeardLine } from "./heard/line.js";
import { LineCutter } from "./lines.js";
import { PatternMatcher } from "./patterns.js";
import { type Parsed, parseEvent } from "./protocol.js";

/** Who gets what a script says. */
interface Takers {
	/** `matched`: by a pattern, and not in the protocol. */
	onEvent(event: Parsed, matched: boolean): void;
	/** A line that is no event, or a wrong one. */
	onLine(text: string, bytes: Buffer): void;
	/** Part of a line that is too long to be looked at. */
	onBytes(bytes: Buffer): void;
}

/** Finds the events in what a script says: in the protocol, and by patterns in what it prints for people. */
export class EventFinder {
	readonly #matcher: PatternMatcher | null;
	#unmatched: string[] = [];

	constructor(
		patterns: OutputPatterns | undefined,
		private readonly takers: Takers,
		/** What its trackers are given; null where that isn't heard. */
		private readonly hearing: Hearing | null,
	) {
		this.#matcher = patterns ? new PatternMatcher(patterns) : null;
	}

	/** Whether what was printed has metrics, but no step. */
	get isLost(): boolean {
		return this.#matcher?.isLost ?? false;
	}

	/** A file or stream of its own: its lines aren't mixed with those of others. */
	stream(): LineCutter {
		return new LineCutter({ onLine: (text, bytes) => this.#line(text, bytes), onBytes: (bytes) => this.takers.onBytes(bytes) });
	}

	/** Looks for patterns in the lines that have come since the last time. */
	match(): void {
		if (!this.#matcher || this.#unmatched.length === 0) return;
		const lines = this.#unmatched;
		this.#unmatched = [];
		for (const event of this.#matcher.events(lines)) this.takers.onEvent(event, true);
	}

	/** What its trackers were given, and nothing of it could be used, as far as that can be seen. */
	get missing(): string | null {
		return this.hearing?.missing ?? null;
	}

	#line(text: string, bytes: Buffer): void {
		if (isHeardLine(text)) {
			const heard = this.hearing?.event(text) ?? null;
			if (heard !== null) this.takers.onEvent(heard, false);
			return;
		}
		const parsed = parseEvent(text);
		// Half an event, as a killed script leaves it, isn't one.
		const event = parsed !== null && "wrong" in parsed && !/[\r\n]$/.test(bytes.subarray(-1).toString("latin1")) ? null : parsed;
		if (event !== null) {
			this.match();
			this.hearing?.mute();
			this.takers.onEvent(event, false);
			if (!("wrong" in event)) return;
		}
		this.takers.onLine(text, bytes);
		if (this.#matcher && event === null) this.#unmatched.push(text);
	}
}
