import type { CurveLine } from "../../../charts/panel-curves.js";
import type { HeldOutCurves } from "./cell.js";

/** Loss by epoch of some runs, `every` epochs between two looks: of the run whose final validation loss is the median, both sets; of a few others, the validation set. */
export function curvesOf(runs: readonly HeldOutCurves[], every: number): readonly CurveLine[] {
	const points = (column: readonly number[]) => column.map((y, i): [number, number] => [i * every, y]);
	const whole = runs.filter(({ diverged }) => !diverged);
	const last = ({ validationLoss }: HeldOutCurves) => validationLoss[validationLoss.length - 1];
	const order = [...whole].sort((a, b) => last(a) - last(b));
	const middle = order[Math.floor((order.length - 1) / 2)];
	if (!middle) return [];
	return [
		...whole.filter((one) => one !== middle).map(({ validationLoss }) => ({ points: points(validationLoss), weight: "faint" as const })),
		{ points: points(middle.trainLoss), weight: "beside" },
		{ points: points(middle.validationLoss), weight: "strong" },
	];
}
