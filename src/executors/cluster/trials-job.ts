import type { Continuation } from "../../core/continuation.js";
import { type ErrorCode, errorTable, SweetspotError } from "../../core/errors.js";
import type { TrialResult, TrialSpec } from "../../core/trial.js";
import type { LostTrial } from "../../study/contracts.js";
import { failedResult } from "../failed.js";
import { FollowedJob } from "./followed-job.js";
import type { JobFile, JobMessage } from "./job-files.js";
import type { JobState } from "./job-system.js";
import { received } from "./sent-continuation.js";
import type { TrialRun } from "./trial-run.js";

/** What a job's end means for its current trial. */
type End = TrialResult | LostTrial | { readonly outcome: "unable"; readonly error: Error };

/** A job of some trials, with its messages about them. */
export class TrialsJob {
	/** When its system first reported its end, by `performance.now()`; null while it runs. */
	endedAt: number | null = null;
	wasCancelled = false;
	/** Whether all of its trials were seen to have their results. */
	wasDone = false;
	readonly #followed: FollowedJob;
	#machine: string | null = null;
	/** The index of its current trial. */
	#at: number | null = null;
	/** Places of the trials that have their results. */
	readonly #results = new Set<number>();
	#last: Extract<JobMessage, { readonly kind: "stopped" | "unable" }> | null = null;

	constructor(
		readonly file: string,
		readonly runs: readonly TrialRun[],
		readonly task: JobFile["task"],
		private readonly keepLog: (trial: TrialSpec, text: string) => void,
		private readonly keepContinuation: (continuation: Continuation) => void,
	) {
		this.#followed = new FollowedJob(file);
	}

	get hasBegun(): boolean {
		return this.#machine !== null;
	}

	/** Whether it has reported every result; its process may still be ending. */
	get hasAllResults(): boolean {
		return this.#results.size === this.runs.length;
	}

	/** Whether none of its trials waits for it any more. */
	get isDone(): boolean {
		return this.runs.every(({ isSettled }) => isSettled);
	}

	/** Whether its further messages can't be used. */
	get isBroken(): boolean {
		return this.#followed.broken !== null;
	}

	/** Whether no further message is expected. */
	get saidItsLast(): boolean {
		return this.#last !== null || this.isBroken;
	}

	/** Reads new messages, settles the trials that have results, and returns these. */
	read(): readonly TrialResult[] {
		const { anew, messages } = this.#followed.read();
		if (anew) {
			this.#at = null;
			this.#last = null;
		}
		const results: TrialResult[] = [];
		for (const message of messages) {
			if (message.kind === "started") this.#machine = message.machine;
			else if (message.kind === "trial") {
				this.#at = message.trial;
				this.runs[message.trial]?.begin(this.#machine ?? "");
			} else if (message.kind === "looks") this.runs[message.trial]?.look(message);
			else if (message.kind === "log") {
				const run = this.runs[message.trial];
				if (run && !run.isSettled) this.keepLog(run.spec, message.text);
			} else if (message.kind === "continuation") {
				if (this.runs[message.trial]?.isSettled === false) this.keepContinuation(received(message.continuation));
			} else if (message.kind === "result") {
				this.#at = null;
				results.push(message.result);
				this.#results.add(message.trial);
				this.runs[message.trial]?.settle(message.result);
			} else if (message.kind === "stopped" || message.kind === "unable") this.#last = message;
		}
		return results;
	}

	/** For a job that ended before all results: its current trial, what the end means for it, and the trials that only waited. */
	ending(
		state: JobState | null,
		system: string,
		areScripts: boolean,
	): { readonly run: TrialRun | null; readonly others: readonly TrialRun[]; readonly end: End } {
		const open = this.runs.filter(({ isSettled }) => !isSettled);
		const at = this.#at === null ? undefined : this.runs[this.#at];
		const run = at && !at.isSettled ? at : (open[0] ?? null);
		return { run, others: open.filter((one) => one !== run), end: this.#end(state, system, areScripts) };
	}

	#end(state: JobState | null, system: string, areScripts: boolean): End {
		if (this.#last?.kind === "unable" && isKnown(this.#last.code))
			return { outcome: "unable", error: new SweetspotError(this.#last.code, `${this.#where}: ${this.#last.detail}`, this.#last.fix) };
		const end = state?.kind === "ended" ? state.end : null;
		if (end === "out of memory" && areScripts && this.#at !== null)
			return { ...failedResult(`${this.#where}: ${system} ended its job for using more memory than it may`), outcome: "out of memory" };
		return { outcome: "lost", message: `${this.#where}: ${this.#reason(state, system)}` };
	}

	get #where(): string {
		return this.#machine === null ? "before it began" : `on ${this.#machine}`;
	}

	#reason(state: JobState | null, system: string): string {
		if (this.#followed.broken !== null) return this.#followed.broken;
		if (this.#last?.kind === "stopped") return this.#last.reason;
		if (this.#last?.kind === "unable") return this.#last.detail;
		const printed = this.#followed.lastLines();
		const words = state?.kind === "ended" ? state.words : `${system} knows its job no more`;
		return printed === null || printed === "" ? words : `${words}; it printed: ${printed}`;
	}
}

const isKnown = (code: string | null): code is ErrorCode => code !== null && Object.hasOwn(errorTable, code);
