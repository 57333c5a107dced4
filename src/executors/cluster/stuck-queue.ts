import type { JobState } from "./job-system.js";

/** A reason that stands for so long is worth mentioning. */
const patienceMilliseconds = 10_000;

/** Notices that no job runs, and that those in the queue wait for something that time alone may not bring, such as nodes that are down. */
export class StuckQueue {
	readonly #said = new Set<string>();
	/** Why, and since when in milliseconds. */
	#blocked: { readonly why: string; readonly since: number } | null = null;

	constructor(private readonly system: string) {}

	/** What there is to say of these jobs at this moment, in milliseconds; mostly nothing, and nothing twice. */
	after(jobs: readonly JobState[], now: number): string | null {
		const why = blockedBy(jobs);
		this.#blocked = why === null ? null : this.#blocked?.why === why ? this.#blocked : { why, since: now };
		if (this.#blocked === null || this.#said.has(this.#blocked.why) || now < this.#blocked.since + patienceMilliseconds) return null;
		this.#said.add(this.#blocked.why);
		return `No job has started: ${this.system} says of those in the queue “${this.#blocked.why}”. The study waits for it; Ctrl-C ends it, and keeps what is finished.`;
	}
}

/** What most of the queued jobs wait for; null where one runs, or where it is their turn that most wait for. */
function blockedBy(jobs: readonly JobState[]): string | null {
	if (jobs.some(({ kind }) => kind === "running")) return null;
	const counts = new Map<string | null, number>();
	for (const job of jobs) {
		if (job.kind !== "queued") continue;
		counts.set(job.why, (counts.get(job.why) ?? 0) + 1);
	}
	const [most] = [...counts].sort(([, a], [, b]) => b - a);
	return most?.[0] ?? null;
}
