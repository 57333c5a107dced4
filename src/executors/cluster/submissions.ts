import type { JobSystem, JobToRun } from "./job-system.js";

/** Jobs that were handed over together. */
interface Submission {
	readonly id: string;
	readonly alive: Set<string>;
	limit: number;
}

/** Keeps all jobs together within the number that may run at once: each submission has a share of it. */
export class Submissions {
	#all: Submission[] = [];

	constructor(
		private readonly system: JobSystem,
		private readonly slots: number,
	) {}

	/** How many more may run. */
	get free(): number {
		return Math.max(0, this.slots - this.#all.reduce((sum, { alive, limit }) => sum + Math.min(alive.size, limit), 0));
	}

	/** Hands over jobs, of which at most `limit` may run at once, and returns their ids. */
	async submit(jobs: readonly JobToRun[], limit: number): Promise<readonly string[]> {
		const { submission, jobs: ids } = await this.system.submit(jobs, limit);
		this.#all.push({ id: submission, alive: new Set(ids), limit });
		return ids;
	}

	ended(job: string): void {
		for (const { alive } of this.#all) alive.delete(job);
		this.#all = this.#all.filter(({ alive }) => alive.size > 0);
	}

	/** Gives the unused share of finished submissions to the first submission that can use it. */
	async widen(): Promise<void> {
		const { free } = this;
		const first = this.#all.find(({ alive, limit }) => alive.size > limit);
		if (free === 0 || !first) return;
		first.limit += free;
		await this.system.setLimit(first.id, first.limit);
	}
}
