import type { NumberedTrial } from "../page/trials-page.js";
import type { Store } from "../study/contracts.js";

/** Studies whose trials are kept. */
const mostKept = 4;

/** The trials of the studies that were looked at last, followed at the cost of what is new. */
export class TrialsDesk {
	readonly #read = new Map<string, { readonly trials: NumberedTrial[]; cursor: string }>();

	of(store: Store, id: string): readonly NumberedTrial[] {
		const known = this.#read.get(id);
		const { trials, restarted, cursor } = store.trialsAfter(id, known?.cursor ?? null);
		const all = known && !restarted ? known.trials : [];
		// A stored trial reads its looks when it is asked for them: it is kept as it is.
		for (const { spec, result } of trials) all.push({ number: all.length + 1, spec, result });
		this.#read.delete(id);
		this.#read.set(id, { trials: all, cursor });
		for (const [oldest] of this.#read) if (this.#read.size > mostKept) this.#read.delete(oldest);
		return all;
	}

	/** To be called when another store has taken the place of this one. */
	forget(): void {
		this.#read.clear();
	}
}
