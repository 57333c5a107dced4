import type { Column } from "./column-replay.js";

/** What of a column a budget looks at. */
type Budgeted = Pick<Column, "begunAfter" | "rounds" | "open">;

/**
 * The columns whose open rounds a budget of `trials` for the whole study still pays for; all of them without a budget.
 *
 * A budget must buy the same trials in whatever order they finish. So under a budget the columns go in step: the k-th round of the study is every
 * column's k-th round since the study began, paid for in ascending batch size, and nothing of it starts before the rounds before are
 * complete. The first round that the rest of the budget can't pay for whole ends the study.
 */
export function withinBudget<C extends Budgeted>(columns: readonly C[], trials: number | null): readonly C[] {
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
