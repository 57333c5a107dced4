import { randomBytes } from "node:crypto";
import type { Store } from "../study/contracts.js";
import type { FollowedStore } from "./followed-store.js";
import type { LiveDesk } from "./live-desk.js";

/** Something has changed: look again. */
export interface ChangeEvent {
	readonly id: string;
	/** Ids of the studies that changed, were added or removed; "all" if they are not known. */
	readonly studies: readonly string[] | "all";
}

/** What one listener has not been sent yet. Changes are merged: a slow reader gets one event for many. */
class Subscription {
	#studies: Set<string> | "all" | null = null;
	#id = "";
	#wake: (() => void) | null = null;
	readonly #of: string | null;
	isOver = false;

	constructor(study: string | null) {
		this.#of = study;
	}

	add({ id, studies }: ChangeEvent): void {
		this.#id = id;
		if (studies === "all") this.#studies = "all";
		else {
			for (const study of studies) {
				if (this.#studies === "all" || (this.#of !== null && study !== this.#of)) continue;
				this.#studies ??= new Set();
				this.#studies.add(study);
			}
		}
		if (this.#studies !== null) this.#wake?.();
	}

	/** The next event; null where there is none within so many milliseconds, or the subscription is over. */
	async next(most: number): Promise<ChangeEvent | null> {
		if (this.#studies === null && !this.isOver) {
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, most);
				this.#wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
			this.#wake = null;
		}
		const studies = this.#studies;
		this.#studies = null;
		return studies === null || this.isOver ? null : { id: this.#id, studies: studies === "all" ? "all" : [...studies] };
	}

	end(): void {
		this.isOver = true;
		this.#wake?.();
	}
}

/** Milliseconds between two looks at the store, while there are listeners. */
const lookMilliseconds = 400;
/** Events that are kept for listeners that lose the connection for a while. */
const mostKept = 256;
/** Listeners at once. */
const mostListeners = 32;

/** Watches a store and its running studies, and announces changes to its listeners. Without listeners it does nothing. */
export class EventHub {
	readonly #followed: FollowedStore;
	readonly #live: LiveDesk;
	readonly #subscriptions = new Set<Subscription>();
	readonly #run = randomBytes(6).toString("hex");
	readonly #kept: ChangeEvent[] = [];
	#count = 0;
	#timer: NodeJS.Timeout | undefined;
	#generation = -1;
	#token: string | null = null;
	#tokens = new Map<string, string>();

	constructor(followed: FollowedStore, live: LiveDesk) {
		this.#followed = followed;
		this.#live = live;
	}

	/** Null if there are too many listeners. `last`: the id of the last event that was received; null: none. */
	subscribe(study: string | null, last: string | null): Subscription | null {
		if (this.#subscriptions.size >= mostListeners) return null;
		const subscription = new Subscription(study);
		const place = this.#kept.findIndex(({ id }) => id === last);
		const isLast = last === this.#idOf(this.#count) && this.#timer !== undefined;
		if (place >= 0 && this.#timer !== undefined) for (const event of this.#kept.slice(place + 1)) subscription.add(event);
		else if (!isLast) subscription.add({ id: this.#idOf(this.#count), studies: "all" });
		this.#subscriptions.add(subscription);
		this.#timer ??= setInterval(() => this.#look(), lookMilliseconds);
		return subscription;
	}

	unsubscribe(subscription: Subscription): void {
		subscription.end();
		this.#subscriptions.delete(subscription);
		if (this.#subscriptions.size > 0) return;
		clearInterval(this.#timer);
		this.#timer = undefined;
	}

	announce(studies: ChangeEvent["studies"]): void {
		const event = { id: this.#idOf(++this.#count), studies };
		this.#kept.push(event);
		if (this.#kept.length > mostKept) this.#kept.shift();
		for (const subscription of this.#subscriptions) subscription.add(event);
	}

	close(): void {
		for (const subscription of [...this.#subscriptions]) this.unsubscribe(subscription);
	}

	#idOf(count: number): string {
		return `${this.#run}-${count}`;
	}

	#look(): void {
		let store: Store | null = null;
		try {
			store = this.#followed.now();
			if (this.#followed.generation !== this.#generation) {
				this.#generation = this.#followed.generation;
				this.#token = null;
				this.#tokens.clear();
				this.announce("all");
			}
			const changed = new Set([...this.#ofStore(store), ...this.#live.news()]);
			if (changed.size > 0) this.announce([...changed]);
		} catch {
			if (this.#token !== "unreadable") this.announce("all"); // the page then shows why
			this.#token = "unreadable";
		}
	}

	#ofStore(store: Store | null): readonly string[] {
		const token = store?.changeToken() ?? null;
		if (token === this.#token) return [];
		this.#token = token;
		const before = this.#tokens;
		this.#tokens = new Map((store?.list() ?? []).map(({ id }) => [id, store?.changeToken(id) ?? ""]));
		const removed = [...before.keys()].filter((id) => !this.#tokens.has(id));
		const changed = [...removed, ...[...this.#tokens].flatMap(([id, own]) => (before.get(id) === own ? [] : [id]))];
		return changed.length > 0 ? changed : ["experiments"]; // the only other thing that a store has
	}
}
