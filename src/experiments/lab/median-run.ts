import type { CurveLine } from "../../charts/panel-curves.js";

/** The run whose `last` figure is the median of all, the lower middle one of an even number; undefined where there is none. */
export function medianRun<Run>(runs: readonly Run[], last: (run: Run) => number): Run | undefined {
	const ascending = [...runs].sort((a, b) => last(a) - last(b));
	return ascending[Math.floor((ascending.length - 1) / 2)];
}

/** The two columns of a run that its learning curves are drawn of, look by look. */
export interface Columns {
	readonly train: readonly number[];
	readonly heldOut: readonly number[];
}

/** What the lines of `curveLines` mean. */
export const curveNames = { strong: "held-out, median run", faint: "other seeds", compared: "training, median run" };

/**
 * Learning curves of one panel: both columns of the run whose final held-out figure is the median, and the held-out ones of `others` others
 * at most. `every`: epochs between two looks.
 */
export function curveLines<Run>(runs: readonly Run[], of: (run: Run) => Columns, every = 1, others = runs.length): readonly CurveLine[] {
	const points = (column: readonly number[]) => column.map((y, look): [number, number] => [look * every, y]);
	const middle = medianRun(runs, (run) => of(run).heldOut.at(-1) ?? 0);
	if (!middle) return [];
	const faint = runs.filter((run) => run !== middle).slice(0, others);
	return [
		...faint.map((run) => ({ points: points(of(run).heldOut), weight: "faint" as const })),
		{ points: points(of(middle).train), weight: "compared" },
		{ points: points(of(middle).heldOut), weight: "strong" },
	];
}
