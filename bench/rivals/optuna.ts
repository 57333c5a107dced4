import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { closestToGoal } from "../../src/core/goal.js";
import { nextLook } from "../../src/core/looks.js";
import { stepLimit } from "../../src/study/steps.js";
import { medianSteps, type SharedRuns } from "./runs.js";
import type { Answer } from "./searchers.js";

/** The interpreter that has Optuna: `PYTHON=/path/to/python npm run bench -- search`. */
const python = process.env.PYTHON ?? "python3";

/** Optuna's version, or null where that interpreter has none. */
export function optunaVersion(): string | null {
	const { status, stdout } = spawnSync(python, ["-c", "import optuna; print(optuna.__version__)"], { encoding: "utf8" });
	return status === 0 ? stdout.trim() : null;
}

/**
 * Optuna's TPE, with its MedianPruner or without, once per sampler seed, over the study's own runs: they are trained here beforehand and
 * handed over as learning curves, so that both sides train the very same networks. Each trial is charged for the steps up to where Optuna
 * prunes it.
 */
export async function optunaSearch(
	runs: SharedRuns,
	compared: readonly Answer[],
	settings: { readonly repeats: number; readonly mostTrials: number; readonly pruner: boolean },
): Promise<readonly (readonly Answer[])[]> {
	const { goal, looks } = runs.study;
	const sizes = [];
	for (const { batchSize, steps } of compared) {
		const limit = stepLimit(batchSize, runs.study);
		const lookSteps: number[] = [];
		for (let step = nextLook(0, looks.ratio); step <= limit; step = nextLook(step, looks.ratio)) lookSteps.push(step);
		const byRate: Record<number, unknown> = {};
		for (const rate of runs.rates) {
			byRate[rate] = (await runs.block("tuning", batchSize, rate)).map((result) => ({
				steps: result.steps,
				reached: result.reached?.step ?? null,
				// How far from the goal: lower is better, as for the steps that the search minimises. A loss that was no number is as far as can
				// be.
				distances: result.evaluations.map((evaluation) => Math.min(1e9, -closestToGoal(goal, [evaluation]))),
			}));
		}
		const [from, to] = [Math.min(...runs.rates), Math.max(...runs.rates)];
		sizes.push({
			batchSize,
			examples: runs.study.data.train,
			limit,
			from,
			to,
			asGoodAs: Number.isFinite(steps) ? steps : limit,
			looks: lookSteps,
			runs: byRate,
		});
	}
	const script = fileURLToPath(new URL("../optuna/tpe.py", import.meta.url));
	const input = JSON.stringify({ sizes, ...settings });
	const { status, stdout, stderr } = spawnSync(python, [script], { encoding: "utf8", input, maxBuffer: 1 << 28 });
	if (status !== 0) throw new Error(`${script} failed: ${stderr}`);
	const rows = JSON.parse(stdout) as { readonly examples: number; readonly rate: number | null }[][];
	return Promise.all(
		rows.map((row) =>
			Promise.all(
				row.map(async ({ examples, rate }, i) => {
					const { batchSize } = compared[i];
					const steps = rate === null ? Number.POSITIVE_INFINITY : medianSteps(await runs.block("tuning", batchSize, rate));
					return { batchSize, rate, steps, examples };
				}),
			),
		),
	);
}
