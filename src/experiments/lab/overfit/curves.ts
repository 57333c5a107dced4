import type { CurveLine } from "../../../charts/panel-curves.js";
import type { HeldOutCurves } from "./cell.js";

/** The run whose final validation loss is the median of those that didn't diverge; undefined where all did. */
export function medianRun(runs: readonly HeldOutCurves[]): HeldOutCurves | undefined {
	const last = ({ validationLoss }: HeldOutCurves) => validationLoss[validationLoss.length - 1];
	const order = runs.filter(({ diverged }) => !diverged).sort((a, b) => last(a) - last(b));
	return order[Math.floor((order.length - 1) / 2)];
}

/** Loss by epoch of some runs, `every` epochs between two looks: of the median run both sets, of the others the validation set. */
export function curvesOf(runs: readonly HeldOutCurves[], every: number): readonly CurveLine[] {
	const points = (column: readonly number[]) => column.map((y, i): [number, number] => [i * every, y]);
	const middle = medianRun(runs);
	if (!middle) return [];
	const others = runs.filter((run) => run !== middle && !run.diverged);
	return [
		...others.map(({ validationLoss }) => ({ points: points(validationLoss), weight: "faint" as const })),
		{ points: points(middle.trainLoss), weight: "beside" },
		{ points: points(middle.validationLoss), weight: "strong" },
	];
}
