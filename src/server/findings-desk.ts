import { Worker } from "node:worker_threads";
import type { Computed } from "../page/study-page.js";
import type { Summary } from "../page/summary.js";
import type { StoredStudy } from "../study/contracts.js";
import type { FindingsReply, FindingsRequest, FindingsThreadData } from "./findings-protocol.js";

/** What was computed of one study. */
interface Known {
	/** The study's change token when this was asked for. */
	readonly token: string;
	readonly computed: Computed;
	readonly json: string;
	/** Milliseconds that it took, and when it was done. */
	readonly took: number;
	readonly at: number;
}

/** What a client wants to see: the findings at a change token, complete or as a summary for lists. */
interface Wanted {
	readonly token: string;
	readonly whole: boolean;
}

/** Studies whose charts are kept. */
const mostKept = 24;

/** The pause after a computation, as a multiple of its length: so a running study takes at most a fifth of a core. */
const restFactor = 4;
const leastRest = 1000;

/** Milliseconds between two checks of whether steps are still being timed. */
const timingRestMilliseconds = 500;

/** Findings of studies, computed on demand in one thread, one study at a time, with lower priority while a study runs. */
export class FindingsDesk {
	readonly #folder: string;
	/** Is called with the id of a study whose findings are new. */
	readonly #onNew: (study: string) => void;
	/** Whether a study of the store runs: then training goes first. */
	readonly #isTraining: () => boolean;
	/** Whether steps may be timed: then nothing is computed. */
	readonly #isTiming: () => boolean;
	#thread: { readonly worker: Worker; readonly isLow: boolean } | null = null;
	readonly #known = new Map<string, Known>();
	/** Kept for every study, being small. */
	readonly #summaries = new Map<string, { readonly token: string; readonly summary: Summary }>();
	readonly #failed = new Map<string, { readonly token: string; readonly error: string }>();
	/** By study, in the order in which they are computed. */
	readonly #waiting = new Map<string, Wanted>();
	#current: (Wanted & { readonly id: number; readonly study: string; readonly since: number }) | null = null;
	#lastId = 0;
	#timer: NodeJS.Timeout | undefined;
	#listeners: (() => void)[] = [];

	constructor(
		folder: string,
		{ isTraining, isTiming }: { readonly isTraining: () => boolean; readonly isTiming: () => boolean },
		onNew: (study: string) => void,
	) {
		this.#folder = folder;
		this.#isTraining = isTraining;
		this.#isTiming = isTiming;
		this.#onNew = onNew;
		// Loading takes half a second, so start before the first request. While a study runs, its steps may be timed: then wait for a request.
		if (!isTraining()) this.#threadNow();
	}

	/** The newest findings of a study. If they are out of date, asks for new ones. Null: none are known yet. */
	of(stored: StoredStudy, token: string): Known | null {
		const known = this.#known.get(stored.id) ?? null;
		if (known) {
			this.#known.delete(stored.id); // the one that was looked at last goes last
			this.#known.set(stored.id, known);
		}
		if (known?.token !== token) this.#ask(stored, { token, whole: true });
		return known;
	}

	/** The summary of a study for lists; asks for it if it isn't known. */
	summary(stored: StoredStudy, token: string): Summary | null {
		const known = this.#summaries.get(stored.id);
		if (known?.token !== token) this.#ask(stored, { token, whole: false });
		return known?.summary ?? null;
	}

	/** Why the current findings can't be computed; null if they can. */
	failure(id: string, token: string): string | null {
		const failed = this.#failed.get(id);
		return failed?.token === token ? failed.error : null;
	}

	/** The same as `of`, after waiting for the first findings for at most so many milliseconds. */
	async soon(stored: StoredStudy, token: string, most: number): Promise<Known | null> {
		const end = Date.now() + most;
		for (;;) {
			const known = this.of(stored, token);
			const left = end - Date.now();
			if (known !== null || left <= 0 || !this.#waiting.has(stored.id)) return known;
			await this.#next(left);
		}
	}

	/** Forgets everything; to be called when another store has taken the place of this one. */
	forget(): void {
		for (const map of [this.#known, this.#summaries, this.#failed, this.#waiting]) map.clear();
	}

	async close(): Promise<void> {
		clearTimeout(this.#timer);
		await this.#thread?.worker.terminate();
	}

	#next(most: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, most);
			this.#listeners.push(() => {
				clearTimeout(timer);
				resolve();
			});
		});
	}

	#ask(stored: StoredStudy, wanted: Wanted): void {
		// While nothing has ended there are no findings, and steps may be timed: nothing may disturb them.
		if (stored.state === "running" && stored.trials === 0) return;
		if (this.#failed.get(stored.id)?.token === wanted.token) return;
		const before = this.#waiting.get(stored.id);
		if (wanted.whole) {
			// A study that is looked at goes before those that are only listed.
			const others = [...this.#waiting].filter(([id]) => id !== stored.id);
			this.#waiting.clear();
			for (const [id, one] of [[stored.id, wanted] as const, ...others]) this.#waiting.set(id, one);
		} else this.#waiting.set(stored.id, { ...wanted, whole: before?.whole ?? false });
		this.#start();
	}

	#start(): void {
		if (this.#current !== null) return;
		clearTimeout(this.#timer);
		if (this.#waiting.size > 0 && this.#isTiming()) {
			this.#timer = setTimeout(() => this.#start(), timingRestMilliseconds).unref();
			return;
		}
		const now = Date.now();
		let soonest = Number.POSITIVE_INFINITY;
		for (const [study, wanted] of this.#waiting) {
			const known = this.#known.get(study);
			const ready = known ? known.at + Math.max(leastRest, restFactor * known.took) : 0;
			if (ready <= now) {
				this.#current = { ...wanted, id: ++this.#lastId, study, since: now };
				this.#threadNow().postMessage({ id: this.#lastId, study, whole: wanted.whole } satisfies FindingsRequest);
				return;
			}
			soonest = Math.min(soonest, ready);
		}
		if (Number.isFinite(soonest)) this.#timer = setTimeout(() => this.#start(), soonest - now).unref();
	}

	/** A thread of the right priority. A lowered priority can't be raised again, so such a thread is replaced. */
	#threadNow(): Worker {
		const isLow = this.#isTraining();
		if (this.#thread?.isLow === isLow) return this.#thread.worker;
		void this.#thread?.worker.terminate();
		const worker = new Worker(new URL("./findings-thread.js", import.meta.url), {
			workerData: { folder: this.#folder, isLow } satisfies FindingsThreadData,
		});
		worker.on("message", (reply: FindingsReply) => this.#take(reply));
		worker.on("error", (error) => {
			this.#thread = null; // the next question starts another one
			if (this.#current) this.#take({ id: this.#current.id, error: error.message });
		});
		this.#thread = { worker, isLow };
		return worker;
	}

	#take(reply: FindingsReply): void {
		const asked = this.#current;
		if (asked === null || asked.id !== reply.id) return;
		this.#current = null;
		const { study, token, whole, since } = asked;
		const wanted = this.#waiting.get(study);
		if (wanted?.token === token && (whole || !wanted.whole)) this.#waiting.delete(study);
		if ("error" in reply) this.#failed.set(study, { token, error: reply.error });
		else if ("summary" in reply) this.#summaries.set(study, { token, summary: reply.summary });
		else {
			const at = Date.now();
			this.#known.delete(study);
			this.#known.set(study, { token, computed: reply.computed, json: reply.json, took: at - since, at });
			this.#summaries.set(study, { token, summary: reply.computed.summary });
			for (const [oldest] of this.#known) if (this.#known.size > mostKept) this.#known.delete(oldest);
		}
		const listeners = this.#listeners;
		this.#listeners = [];
		for (const listener of listeners) listener();
		this.#onNew(study);
		this.#start();
	}
}
