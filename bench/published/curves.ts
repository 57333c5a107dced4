import type { Goal } from "../../src/core/goal.js";
import type { Tools } from "../../src/experiments/experiment.js";
import { type Figures, figuresOf } from "../../src/experiments/iterations/figures.js";
import type { Settings } from "../../src/experiments/iterations/settings.js";
import { run, tasksOf } from "../../src/experiments/iterations/tasks.js";
import type { CurvesPlan, LossesPlan } from "./plan.js";

/** The tradeoff to one goal by plain SGD. */
export interface Curve {
	readonly goal: Goal;
	readonly plain: Figures;
}

/** And with momentum. */
export interface Pair extends Curve {
	readonly withMomentum: Figures;
}

/** To training losses, from loose to tight, by plain SGD alone. */
export async function lossesOf(plan: LossesPlan, tools: Tools): Promise<readonly Curve[]> {
	const found: Curve[] = [];
	for (const goal of plan.losses.map(lossGoal)) found.push({ goal, plain: await studied(plan, goal, 0, tools) });
	return found;
}

/** To training losses, from loose to tight, and then to a held-out accuracy. */
export async function pairsOf(plan: CurvesPlan, tools: Tools): Promise<{ readonly losses: readonly Pair[]; readonly accuracy: Pair }> {
	const pairOf = async (goal: Goal): Promise<Pair> => ({
		goal,
		plain: await studied(plan, goal, 0, tools),
		withMomentum: await studied(plan, goal, plan.momentum, tools),
	});
	const losses: Pair[] = [];
	for (const goal of plan.losses.map(lossGoal)) losses.push(await pairOf(goal));
	return { losses, accuracy: await pairOf({ metric: "validation.accuracy", atLeast: plan.accuracy, window: 1 }) };
}

/** The first look that meets it counts, as in the papers. */
const lossGoal = (atMost: number): Goal => ({ metric: "train.loss", atMost, window: 1 });

/** By the experiment `iterations`, without timing. */
async function studied(plan: LossesPlan, goal: Goal, momentum: number, tools: Tools): Promise<Figures> {
	const { examples, batchSizes, seeds, limits } = plan;
	const settings: Settings = {
		study: {
			version: 1,
			name: `${plan.name}, momentum ${momentum}`,
			seed: 0,
			workload: { ...plan.workload, optimizer: { name: "sgd", momentum } },
			goal,
			batchSizes,
			looks: { ratio: 1.05, examples: 2048 },
			tune: { learningRate: { from: 0.001, to: 10 } },
			seeds,
			limits: { ...limits, seconds: null },
			budget: { trials: null, seconds: null },
			objective: "balanced",
			tolerance: 0.25,
		},
		examples,
		reference: batchSizes[Math.floor(batchSizes.length / 2)],
	};
	const results = [];
	for (const task of tasksOf(settings)) if (task.kind === "column") results.push(await run(task, tools));
	return figuresOf(settings, results);
}
