import type { Arm, Cell } from "../../../src/experiments/lab/overfit/cell.js";
import type { Settings } from "../../../src/experiments/stopping/settings.js";
import { stopping } from "../../../src/experiments/stopping/stopping.js";
import type { Result, Task } from "../../../src/experiments/stopping/tasks.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, Task, Result>(stopping);
const { settings, tasks } = asked;

/**
 * Runs whose validation loss is least at `turn`, where the accuracy on both held-out sets is 0.8, and whose accuracy then falls by `lost`,
 * a little more or less from seed to seed. At two other epochs luck adds `luck` to one set each.
 */
function curves(turn: number, lost: number, luck: number): Cell["runs"][number] {
	const epochs = Array.from({ length: settings.epochs + 1 }, (_, i) => i);
	const accuracy = epochs.map((epoch) => (epoch <= turn ? 0.8 : 0.8 - (lost * (epoch - turn)) / (settings.epochs - turn)));
	const lucky = (at: number) => accuracy.map((value, epoch) => (epoch === at ? 0.8 + luck : value));
	return {
		trainLoss: epochs.map(() => 1),
		validationLoss: epochs.map((epoch) => 1 + Math.abs(epoch - turn) / 100),
		validationAccuracy: lucky(turn - 1),
		testAccuracy: lucky(turn - 2),
		diverged: false,
	};
}

export interface Known {
	readonly turn: (arm: Arm) => number;
	readonly lost: (arm: Arm, seed: number) => number;
	readonly luck: number;
	/** Constructed cases that the rules get right. */
	readonly right?: number;
}

export const made = ({ turn, lost, luck, right = settings.cases }: Known): readonly Result[] =>
	tasks.map((task): Result => {
		if (task.kind === "cases") return { kind: "cases", of: task.of, right };
		const { arm, seeds } = task;
		const runs = Array.from({ length: seeds.reporting }, (_, seed) => curves(turn(arm), lost(arm, seed), luck));
		return { kind: "cell", arm, tuned: { rate: 0.0625, atEdge: false, tried: [] }, runs };
	});

const regularizedHelps: Known["lost"] = ({ regularizer }, seed) => (regularizer === "none" ? 0.1 : 0.005) + 0.001 * ((seed % 3) - 1);

/** Stopping helps without a regularizer; the smallest batch turns first. */
export const known: Known = { turn: ({ batchSize }) => (batchSize === 2 ? 10 : 30), lost: regularizedHelps, luck: 0.004 };
