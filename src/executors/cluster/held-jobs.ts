import { SweetspotError } from "../../core/errors.js";
import type { JobState, JobToRun, Submitted } from "./job-system.js";

/** A job, from when it is handed to us until its end. */
interface Held extends JobToRun {
	readonly id: string;
	readonly submission: string;
	/** What its system calls it; null while it is held back. */
	own: string | null;
	/** When it was handed over, by `performance.now()`. */
	since: number;
	wasSeen: boolean;
	/** How it ended; null while it is held back or alive. "gone": its system knows it no more. */
	end: Extract<JobState, { readonly kind: "ended" }> | "gone" | null;
}

/**
 * For job systems that know no limit: holds jobs back, and hands over as many as may run at once. A job that is held back is queued as far
 * as anyone else can see; when it is cancelled, it never runs, and it dies with this process.
 */
export class HeldJobs {
	readonly #jobs = new Map<string, Held>();
	readonly #limits = new Map<string, number>();
	/** Why a job could not be handed over just now; null where all is well. */
	#obstacle: string | null = null;

	/**
	 * `handOver`: gives a job to its system and resolves with its name there. What it throws is final where it is a `SweetspotError`; after
	 * anything else the job is tried again later. `arrival`: milliseconds after which a job must be listed.
	 */
	constructor(
		private readonly session: string,
		private readonly arrival: number,
		private readonly handOver: (job: { readonly id: string; readonly file: string }) => Promise<string>,
	) {}

	/** Takes jobs in and hands over the first of them. Throws where none is taken. */
	async submit(files: readonly JobToRun[], limit: number): Promise<Submitted> {
		const submission = `${this.session}-${this.#limits.size + 1}`;
		this.#limits.set(submission, Math.max(1, limit));
		const jobs = files.map(
			({ file }, i): Held => ({ file, id: `${submission}-${i}`, submission, own: null, since: 0, wasSeen: false, end: null }),
		);
		for (const job of jobs) this.#jobs.set(job.id, job);
		const refusal = await this.fill();
		if (refusal !== null && jobs.every(({ own }) => own === null)) {
			for (const { id } of jobs) this.#jobs.delete(id);
			throw refusal;
		}
		return { submission, jobs: jobs.map(({ id }) => id) };
	}

	async setLimit(submission: string, limit: number): Promise<void> {
		this.#limits.set(submission, limit);
		await this.fill();
	}

	/** Hands over what may run now. Returns the last refusal, null where there was none. */
	async fill(): Promise<SweetspotError | null> {
		let refusal: SweetspotError | null = null;
		for (const [submission, limit] of this.#limits) {
			const own = [...this.#jobs.values()].filter((job) => job.submission === submission && job.end === null);
			let places = limit - own.filter((job) => job.own !== null).length;
			for (const job of own) {
				if (places <= 0) break;
				if (job.own !== null) continue;
				try {
					job.own = await this.handOver(job);
					job.since = performance.now();
					this.#obstacle = null;
					places--;
				} catch (error) {
					if (!(error instanceof SweetspotError)) {
						this.#obstacle = error instanceof Error ? error.message : String(error);
						return refusal;
					}
					refusal = error;
					job.end = { kind: "ended", end: "failed", words: error.detail };
				}
			}
		}
		return refusal;
	}

	/** What the system calls those jobs that it has, and that have not ended. */
	get alive(): readonly string[] {
		return [...this.#jobs.values()].flatMap(({ own, end }) => (own !== null && end === null ? [own] : []));
	}

	/** The state of every job that isn't gone. `listed`: what the system says of those that it knows, by its own names. */
	states(listed: ReadonlyMap<string, JobState>): ReadonlyMap<string, JobState> {
		const states = new Map<string, JobState>();
		for (const job of this.#jobs.values()) {
			if (job.end === null && job.own !== null) this.#see(job, listed.get(job.own) ?? null);
			if (job.end === "gone") continue;
			const held: JobState = { kind: "queued", why: job.own === null ? this.#obstacle : null };
			states.set(job.id, job.end ?? (job.own === null ? null : listed.get(job.own)) ?? held);
		}
		return states;
	}

	#see(job: Held, state: JobState | null): void {
		if (state !== null) {
			job.wasSeen = true;
			if (state.kind === "ended") job.end = state;
		} else if (job.wasSeen || performance.now() > job.since + this.arrival) job.end = "gone";
	}

	/** Ends those that are held back. Returns those of the others that its system must end, and their files. */
	cancel(ids: readonly string[]): readonly { readonly own: string; readonly file: string }[] {
		return ids.flatMap((id) => {
			const job = this.#jobs.get(id);
			if (!job || job.end !== null) return [];
			if (job.own !== null) return [{ own: job.own, file: job.file }];
			job.end = { kind: "ended", end: "cancelled", words: "it was cancelled while it waited" };
			return [];
		});
	}
}
