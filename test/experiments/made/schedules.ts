import { raiseName, switchingNames } from "../../../src/experiments/schedules/arms.js";
import { schedules } from "../../../src/experiments/schedules/schedules.js";
import type { Settings } from "../../../src/experiments/schedules/settings.js";
import type { Result, Task } from "../../../src/experiments/schedules/tasks.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, Task, Result>(schedules);
const { settings, tasks } = asked;

export interface Known {
	/** Held-out losses of the constant rate and of the growing batch over the decayed rate's. */
	readonly constant: number;
	readonly grows: number;
	/** Held-out accuracy below the small batch's: going on, switched, and raised by the best. */
	readonly lacks: number;
	readonly switched: number;
	readonly raised: number;
}

export const known: Known = { constant: 1.5, grows: 1, lacks: 0.1, switched: 0.001, raised: 0.002 };

/** Runs that end so; seeds differ by 1 %, half of them one way. */
export function made(how: Known): readonly Result[] {
	const loss: Readonly<Record<string, number>> = { constant: how.constant, "batch grows": how.grows, [raiseName(16)]: 0.9 };
	const below: Readonly<Record<string, number>> = {
		[switchingNames.large]: how.lacks,
		[switchingNames.switched]: how.switched,
		...Object.fromEntries(settings.switching.raises.map((raise) => [raiseName(raise), how.raised + Math.abs(Math.log2(raise / 16)) / 10])),
	};
	return tasks.map(({ arm, seed }): Result => {
		const off = 0.01 * ((seed % 2) - 0.5) * ((arm.charCodeAt(0) + arm.length) % 3);
		const end = 0.4 * (loss[arm] ?? 1) * Math.exp(off);
		return {
			arm,
			seed,
			updates: [0, 10, arm === "batch grows" ? 15 : 20],
			trainLoss: [1, 0.7, end],
			validationLoss: [1, 0.7, end],
			validationAccuracy: [0.1, 0.5, 0.9 - (below[arm] ?? 0) + off / 10],
			diverged: false,
		};
	});
}
