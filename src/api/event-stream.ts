/** Hands events to those who iterate, each from the moment it begins to. Events that no one waits for are gone. */
export class EventStream<Event> {
	readonly #listeners = new Set<(event: Event) => void>();

	push(event: Event): void {
		for (const listener of this.#listeners) listener(event);
	}

	/** What comes until `end` settles; then the iteration ends, or throws what `end` was rejected with. */
	async *until(end: Promise<unknown>): AsyncGenerator<Event, void, undefined> {
		const waiting: Event[] = [];
		let ended = false;
		let wake = () => {};
		const listener = (event: Event) => {
			waiting.push(event);
			wake();
		};
		const over = () => {
			ended = true;
			wake();
		};
		this.#listeners.add(listener);
		end.then(over, over);
		try {
			while (!ended || waiting.length > 0) {
				yield* waiting.splice(0);
				if (!ended && waiting.length === 0) {
					await new Promise<void>((resolve) => {
						wake = resolve;
					});
				}
			}
			await end;
		} finally {
			this.#listeners.delete(listener);
		}
	}
}
