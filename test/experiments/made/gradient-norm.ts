import { gradientNorm } from "../../../src/experiments/gradient-norm/gradient-norm.js";
import { expectedSquare } from "../../../src/experiments/gradient-norm/norms.js";
import type { Settings } from "../../../src/experiments/gradient-norm/settings.js";
import type { Result, Task } from "../../../src/experiments/gradient-norm/tasks.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, Task, Result>(gradientNorm);

/**
 * Norms that are the closed form itself, of a gradient with this noise; each seed a little stronger, and weaker late. `settings`: of
 * another size or on other data.
 */
export const made = (variance: number, gap: number, settings: Settings = asked.settings): readonly Result[] => [
	...settings.epochs.flatMap((epochs) =>
		Array.from({ length: settings.seeds }, (_, seed): Result => {
			const scale = (1 + seed / 100) * (epochs === 2 ? 4 : 1);
			const moments = { signal: scale, variance: variance * scale };
			const sizes = settings.batchSizes.map((batchSize) => {
				const meanSquare = expectedSquare(moments, batchSize, settings.batchSizes[settings.batchSizes.length - 1]);
				return { batchSize, mean: Math.sqrt(meanSquare), deviation: 0, meanSquare };
			});
			return { kind: "norms", norms: { epochs, moments, sizes } };
		}),
	),
	...settings.paths.batchSizes.flatMap((batchSize) =>
		Array.from({ length: settings.seeds }, (_, seed) => seed).flatMap((seed): Result[] => [
			{ kind: "path", path: { batchSize, lastBatch: "drop", share: 1, gap: gap * (1 + seed / 10) } },
			{ kind: "path", path: { batchSize, lastBatch: "keep", share: 1, gap: 0.1 + seed / 100 } },
			{ kind: "path", path: { batchSize, lastBatch: "drop", share: 2, gap: 0.5 + seed / 100 } },
		]),
	),
];
