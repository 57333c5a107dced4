import { Worker } from "node:worker_threads";
import type { Computed } from "../page/study-page.js";
import type { Summary } from "../page/summary.js";
import type { StoredStudy } from "../study/contracts.js";
import type { FindingsReply, FindingsRequest, FindingsThreadData } from "./findings-protocol.js";
import { type Computation, FindingsQueue, type Wanted } from "./findings-queue.js";
import { KeptSummaries } from "./kept-summaries.js";
import { type Training, timingRestMilliseconds, watchTiming } from "./training.js";

/** What was computed of one study. */
interface Known extends Computation {
	/** The study's change token when this was asked for. */
	readonly token: string;
	readonly computed: Computed;
	readonly json: string;
}

/** The same for lists. */
interface KnownSummary extends Computation {
	readonly token: string;
	readonly summary: Summary;
}

/** Studies whose charts are kept. */
const mostKept = 24;

/** Findings of studies, computed on demand in one thread, one study at a time, with lower priority while a study runs. */
export class FindingsDesk {
	readonly #folder: string;
	/** Is called with the id of a study whose findings are new. */
	readonly #onNew: (study: string) => void;
	readonly #training: Training;
	#thread: { readonly worker: Worker; readonly isLow: boolean } | null = null;
	readonly #known = new Map<string, Known>();
	/** Of studies that don’t run, from earlier servers. */
	#kept: KeptSummaries;
	/** Kept for every study, being small. */
	readonly #summaries = new Map<string, KnownSummary>();
	/** Studies that don’t run, as they were when they were asked for. */
	readonly #resting = new Map<string, { readonly token: string; readonly stored: StoredStudy }>();
	readonly #failed = new Map<string, { readonly token: string; readonly error: string }>();
	readonly #waiting = new FindingsQueue();
	#current: (Pick<Wanted, "token" | "whole"> & { readonly id: number; readonly study: string; readonly since: number }) | null = null;
	#lastId = 0;
	#timer: NodeJS.Timeout | undefined;
	#endWatch: () => void = () => {};
	#listeners: (() => void)[] = [];

	constructor(folder: string, training: Training, onNew: (study: string) => void) {
		this.#folder = folder;
		this.#training = training;
		this.#onNew = onNew;
		this.#kept = new KeptSummaries(folder);
		// Loading takes half a second, so start before the first request. While a study runs, its steps may be timed: then wait for a request.
		if (!training.isTraining()) this.#threadNow();
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
		const known = this.#summaries.get(stored.id) ?? this.#fromEarlier(stored);
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
		for (const map of [this.#known, this.#summaries, this.#resting, this.#failed, this.#waiting]) map.clear();
		this.#kept = new KeptSummaries(this.#folder);
	}

	async close(): Promise<void> {
		clearTimeout(this.#timer);
		this.#endWatch();
		this.#kept.write();
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

	/** What an earlier server computed, if nothing has changed. It is computed again when there is nothing else to do. */
	#fromEarlier(stored: StoredStudy): KnownSummary | null {
		const summary = this.#kept.of(stored);
		if (summary === null) return null;
		const known: KnownSummary = { token: "of an earlier server", summary, at: 0, took: 0 };
		this.#summaries.set(stored.id, known);
		return known;
	}

	#ask(stored: StoredStudy, { token, whole }: Pick<Wanted, "token" | "whole">): void {
		const isRunning = stored.state === "running";
		// While nothing has ended there are no findings, and steps may be timed: nothing may disturb them.
		if (isRunning && stored.trials === 0) return;
		if (this.#failed.get(stored.id)?.token === token) return;
		if (!isRunning) this.#resting.set(stored.id, { token, stored });
		this.#waiting.add(stored.id, { token, whole, isRunning });
		this.#start();
	}

	#start(): void {
		if (this.#current !== null) return;
		clearTimeout(this.#timer);
		if (this.#waiting.size > 0 && this.#training.isTiming()) {
			this.#startIn(timingRestMilliseconds);
			return;
		}
		const now = Date.now();
		const next = this.#waiting.next(now, (study) => ({ summary: this.#summaries.get(study), whole: this.#known.get(study) }));
		if (typeof next === "number") this.#startIn(next);
		else if (next !== null) {
			const { study, wanted } = next;
			this.#current = { token: wanted.token, whole: wanted.whole, id: ++this.#lastId, study, since: now };
			this.#threadNow().postMessage({ id: this.#lastId, study, whole: wanted.whole } satisfies FindingsRequest);
			this.#endWatch();
			this.#endWatch = watchTiming(this.#training, () => this.#giveUp());
		}
	}

	#startIn(milliseconds: number): void {
		this.#timer = setTimeout(() => this.#start(), milliseconds).unref();
	}

	/** Steps are timed: what is being computed is asked for again afterwards. */
	#giveUp(): void {
		this.#endWatch();
		void this.#thread?.worker.terminate();
		this.#thread = null;
		this.#current = null;
		this.#startIn(timingRestMilliseconds);
	}

	/** A thread of the right priority. A lowered priority can't be raised again, so such a thread is replaced. */
	#threadNow(): Worker {
		const isLow = this.#training.isTraining();
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
		this.#endWatch();
		const { study, token, whole, since } = asked;
		this.#waiting.remove(study, { token, whole });
		const at = Date.now();
		const computation: Computation = { at, took: at - since };
		const summary = "error" in reply ? null : "summary" in reply ? reply.summary : reply.computed.summary;
		if (summary !== null) {
			this.#summaries.set(study, { ...computation, token, summary });
			const resting = this.#resting.get(study);
			if (resting?.token === token) this.#kept.add(resting.stored, summary);
		}
		if ("error" in reply) this.#failed.set(study, { token, error: reply.error });
		else if ("computed" in reply) {
			this.#known.delete(study);
			this.#known.set(study, { ...computation, token, computed: reply.computed, json: reply.json });
			for (const [oldest] of this.#known) if (this.#known.size > mostKept) this.#known.delete(oldest);
		}
		const listeners = this.#listeners;
		this.#listeners = [];
		for (const listener of listeners) listener();
		this.#onNew(study);
		this.#start();
	}
}
