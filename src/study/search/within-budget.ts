import type { Replay } from "./rounds.js";

/**
 * An independent column of a study: a batch size, or a batch size under one of the equal budgets. Its state follows from the stored
 * results.
 */
export interface Column {
	/** Rounds of the whole study that came before this column could begin. */
	readonly begunAfter: number;
	/** Trials in each of the column's complete rounds. */
	readonly rounds: readonly number[];
	/** The round under way, if any: how many trials it has, and those without a result. */
	readonly open: Pick<Replay<unknown> & { done: false }, "round" | "missing"> | null;
}

/**
 * The columns whose open rounds a budget of `trials` for the whole study still pays for; all of them without a budget.
 *
 * A budget must buy the same trials in any order of finishing. So under a budget the columns advance together: the k-th round of the study
 * is every column's k-th round since the study began, paid for in ascending batch size, and none of it starts before the previous rounds
 * are complete. The study ends at the first round that the rest of the budget can't pay for.
 */
export function withinBudget<C extends Column>(columns: readonly C[], trials: number | null): readonly C[] {
	const open = columns.filter((column) => column.open);
	if (trials === null || open.length === 0) return open;
	const current = Math.min(...open.map((column) => column.begunAfter + column.rounds.length));
	let left = trials;
	for (const column of columns) left -= sum(column.rounds.slice(0, Math.max(0, current - column.begunAfter)));
	const paid: C[] = [];
	for (const column of columns) {
		const place = current - column.begunAfter;
		const size = column.rounds[place] ?? (place === column.rounds.length ? column.open?.round.length : undefined);
		if (size === undefined) continue;
		if (size > left) break;
		left -= size;
		if (column.rounds[place] === undefined) paid.push(column);
	}
	return paid;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
