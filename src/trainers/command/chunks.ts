import type { TrialEvents } from "../../study/contracts.js";
import type { ReportWatch } from "../report-watch.js";
import type { Reports } from "./reports.js";

/** The least time between chunks that carry news: people read no faster. */
const apartMilliseconds = 100;

/** What one attempt at a trial says while it runs: first that it runs, then how far it is, with the looks that nothing can be added to. */
export class Chunks {
	#begun = false;
	/** What the chunks so far have said, and when the last one that had news did. */
	#step = 0;
	#looks = 0;
	#saidAt = Number.NEGATIVE_INFINITY;

	/** `anew`: there was an attempt before. */
	constructor(
		private readonly watch: ReportWatch,
		private readonly reports: Reports,
		private readonly anew: boolean,
	) {}

	/** Whether there is something to say, and it is time to. To be asked once the script runs. */
	get isDue(): boolean {
		if (!this.#begun) return true;
		const isNews = this.watch.step > this.#step || this.reports.settledLooks > this.#looks;
		return isNews && performance.now() - this.#saidAt >= apartMilliseconds;
	}

	next(): TrialEvents {
		if (!this.#begun) return this.#chunk(0, 0);
		this.#saidAt = performance.now();
		return this.#chunk(this.watch.step, this.reports.settledLooks);
	}

	/** All that hasn't been said yet. */
	rest(): TrialEvents {
		return this.#chunk(this.watch.step, this.watch.evaluations.length);
	}

	#chunk(step: number, looks: number): TrialEvents {
		const evaluations = this.watch.evaluations.slice(this.#looks, looks);
		const anew = this.anew && !this.#begun;
		this.#begun = true;
		this.#step = step;
		this.#looks = looks;
		return { step, evaluations, ...(anew && { anew }) };
	}
}
