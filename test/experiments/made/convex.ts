import { convex } from "../../../src/experiments/convex/convex.js";
import type { Settings } from "../../../src/experiments/convex/settings.js";
import type { Result, Task } from "../../../src/experiments/convex/tasks.js";
import { quick } from "./quick.js";

export const asked = quick<Settings, Task, Result>(convex);
const { tasks } = asked;

/** Radii of √(η/B) · N^power at every setting, and the rest as theory has it. */
export const made = (power: number, harm: number): readonly Result[] =>
	tasks.map((task): Result => {
		const jitter = 1 + task.seed / 1000;
		if (task.kind === "converge")
			return {
				kind: "converge",
				converged: { share: task.share, problem: task.source.name, left: task.share < 1 ? 1e-14 * jitter : null },
			};
		if (task.kind === "race") {
			const { batchSize, learningRate, seed } = task;
			const reached = task.targets.map(() => ({ steps: 10, examples: 10 * batchSize * jitter }));
			return { kind: "race", race: { batchSize, learningRate, seed, reached } };
		}
		const examples = task.source.name === "even-or-odd" ? 1087 : (task.source.examples * 4) / 5;
		const squares = (task.learningRate / task.batchSize) * jitter * examples ** (2 * power);
		const { sampler, batchSize, learningRate, seed } = task;
		const known = task.source.name === "least-squares" && sampler === "with-replacement";
		return {
			kind: "hover",
			hovered: {
				problem: task.source.name,
				sampler,
				batchSize,
				learningRate,
				seed,
				examples,
				squaredDistance: squares,
				expected: known ? squares : null,
				excessError: task.source.name === "least-squares" ? null : harm * jitter,
			},
		};
	});
