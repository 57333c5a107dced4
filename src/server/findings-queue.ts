/** What a client wants to see: the findings at a change token, complete or as a summary for lists. */
export interface Wanted {
	readonly token: string;
	readonly whole: boolean;
	/** Whether trials are still being added. */
	readonly isRunning: boolean;
}

/** When findings were computed last, and how long that took, in milliseconds. */
export interface Computation {
	readonly at: number;
	readonly took: number;
}

/** What is known of a study already: its summary, and all of it. Undefined: not computed yet. */
export interface Standing {
	readonly summary: Computation | undefined;
	readonly whole: Computation | undefined;
}

/** The pause after a computation, as a multiple of its length: so a running study takes at most a fifth of a core. */
const restFactor = 4;
const leastRest = 1000;

/**
 * Studies whose findings are wanted. The first is one that somebody looks at and of which nothing is known, then the others of which nothing
 * is known, those that run last: what is complete is computed once, what runs changes all the time. Then newer findings, first of the studies
 * that are looked at. Each study rests after it was computed.
 */
export class FindingsQueue {
	readonly #waiting = new Map<string, Wanted>();

	get size(): number {
		return this.#waiting.size;
	}

	has(study: string): boolean {
		return this.#waiting.has(study);
	}

	add(study: string, wanted: Wanted): void {
		const whole = wanted.whole || (this.#waiting.get(study)?.whole ?? false);
		if (!wanted.whole) return void this.#waiting.set(study, { ...wanted, whole });
		// The one that was looked at last goes before those that were looked at earlier.
		const others = [...this.#waiting].filter(([id]) => id !== study);
		this.#waiting.clear();
		for (const [id, one] of [[study, wanted] as const, ...others]) this.#waiting.set(id, one);
	}

	/** To be called when what was asked for has been computed. What was asked for since then goes on waiting. */
	remove(study: string, { token, whole }: Pick<Wanted, "token" | "whole">): void {
		const wanted = this.#waiting.get(study);
		if (wanted?.token === token && (whole || !wanted.whole)) this.#waiting.delete(study);
	}

	clear(): void {
		this.#waiting.clear();
	}

	/** The study to compute now; else the milliseconds until there is one; null: nothing is wanted. */
	next(now: number, standing: (study: string) => Standing): { readonly study: string; readonly wanted: Wanted } | number | null {
		let [first, soonest]: [{ study: string; wanted: Wanted; rank: number } | null, number | null] = [null, null];
		for (const [study, wanted] of this.#waiting) {
			const known = standing(study);
			const last = wanted.whole ? known.whole : known.summary;
			const ready = last ? last.at + Math.max(leastRest, restFactor * last.took) : now;
			if (ready > now) soonest = Math.min(soonest ?? ready, ready);
			else {
				const rank = rankOf(wanted, known);
				if (first === null || rank < first.rank) first = { study, wanted, rank };
			}
		}
		return first ?? (soonest === null ? null : soonest - now);
	}
}

function rankOf({ whole, isRunning }: Wanted, known: Standing): number {
	if (whole && !known.whole) return 0;
	if (!known.summary) return isRunning ? 2 : 1;
	return whole ? 3 : 4;
}
