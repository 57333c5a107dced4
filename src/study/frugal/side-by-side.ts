import type { Rounds } from "../search/rounds.js";

/**
 * Runs independent parts in parallel, one round of each at a time, to keep workers busy. Returns their values in the same order.
 */
export function* sideBySide<T>(parts: readonly Rounds<T>[]): Rounds<readonly T[]> {
	const values = new Map<number, T>();
	let steps = parts.map((part) => part.next([]));
	for (;;) {
		const rounds = steps.map((step, i) => {
			if (!step.done) return step.value;
			values.set(i, step.value);
			return [];
		});
		if (values.size === parts.length) return parts.map((_, i) => values.get(i) as T);
		const results = yield rounds.flat();
		let from = 0;
		steps = steps.map((step, i) => {
			if (step.done) return step;
			const own = results.slice(from, from + rounds[i].length);
			from += rounds[i].length;
			return parts[i].next(own);
		});
	}
}
