import type { Cell, CellTask } from "../../../src/experiments/lab/overfit/cell.js";
import type { Regularizer } from "../../../src/experiments/lab/overfit/regularizers.js";
import { regularization } from "../../../src/experiments/regularization/regularization.js";
import type { Settings } from "../../../src/experiments/regularization/settings.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, CellTask, Cell>(regularization);
const { tasks } = asked;

/**
 * A held-out loss that falls from 2 to 1 and ends `rise` times 2 above that, on plateaus at its least and at its end that smoothing leaves
 * alone; the accuracy falls as it rises.
 */
function curves(rise: number): Cell["runs"][number] {
	const level = (count: number, value: number) => new Array<number>(count).fill(value);
	const validationLoss = [2, ...level(25, 1), ...level(25, 1 + 2 * rise)];
	return {
		trainLoss: [2, ...level(50, 0.1)],
		validationLoss,
		validationAccuracy: validationLoss.map((loss) => 1 - loss / 4),
		testAccuracy: validationLoss.map((loss) => 1 - loss / 4),
		diverged: false,
	};
}

export type RiseOf = (regularizer: Regularizer, batchSize: number, wrongLabels: number) => number;

/** Cells whose rises are known, a little apart from seed to seed. */
export const made = (riseOf: RiseOf, spread = 0.001): readonly Cell[] =>
	tasks.map(({ arm, seeds }): Cell => {
		const rise = riseOf(arm.regularizer, arm.batchSize, arm.wrongLabels);
		const runs = Array.from({ length: seeds.reporting }, (_, i) => curves(rise + spread * ((i % 3) - 1)));
		return { arm, tuned: { rate: 0.0625, atEdge: false, tried: [] }, runs };
	});

/** Batch normalization takes most off the rise at a batch size of 8. */
export const peaked: RiseOf = (regularizer, batchSize, wrongLabels) => {
	if (wrongLabels === 0) return 0.01;
	if (regularizer === "none") return 0.2;
	if (regularizer === "batch normalization") return { 2: 0.1, 8: 0.005, 32: 0.04 }[batchSize] ?? 0.15;
	return 0.02;
};
