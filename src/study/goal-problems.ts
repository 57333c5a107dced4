import { isKnownMetric, whatIsWrongWithOwnName } from "../core/metric-names.js";
import { knownGoalMetrics, type WrittenGoal } from "./goal-schema.js";
import type { Problem } from "./problem.js";

const isKnownGoal = (metric: string): boolean => (knownGoalMetrics as readonly string[]).includes(metric);

/** Problems with a goal that its own keys show. */
export function goalProblems(goal: WrittenGoal): readonly Problem[] {
	const { best, horizon, give } = goal;
	if (best !== undefined || horizon !== undefined || give !== undefined) return bestProblems(goal);
	return isKnownGoal(goal.metric) ? knownProblems(goal) : ownProblems(goal);
}

/** Of a goal that asks for the best end: its three keys belong together, and a known metric has one direction. */
function bestProblems({ metric, best, horizon, give, atLeast, atMost }: WrittenGoal): readonly Problem[] {
	const problems: Problem[] = [];
	const say = (key: string, message: string) => problems.push({ path: `goal.${key}`, message });
	const value = atLeast !== undefined ? "atLeast" : "atMost";
	const hasValue = atLeast !== undefined || atMost !== undefined;
	if (hasValue && best === undefined) {
		say(
			horizon === undefined ? "give" : "horizon",
			`found next to \`${value}\`: a goal with a value to reach has no planned length, omit it; or, for the best end of a planned length, say which end is the best (\`best\`) in place of \`${value}\``,
		);
		return problems;
	}
	if (best === undefined) say("best", "missing: with `horizon` and `give`, say which end is the best, `lowest` or `highest`");
	if (horizon === undefined) say("horizon", "missing: how long the training is to be, such as `{ epochs: 30 }` or `{ steps: 20000 }`");
	if (give === undefined) say("give", "missing: the most that a larger batch may lose, in the metric's own unit, such as 0.005");
	if (hasValue) say(value, "found next to `best`: a goal is a value to reach or the best end, omit one of them");
	const wrong = isKnownGoal(metric) ? null : whatIsWrongWithGoalMetric(metric);
	if (wrong !== null) say("metric", wrong);
	const right = metric.endsWith(".accuracy") ? "highest" : "lowest";
	if (isKnownGoal(metric) && best !== undefined && best !== right) say("best", `the best ${metric} is the ${right}: use \`${right}\``);
	return problems;
}

/** Of a metric whose meaning is known: its direction and its range. */
function knownProblems({ metric, atLeast, atMost }: WrittenGoal): readonly Problem[] {
	const problems: Problem[] = [];
	const say = (key: "atLeast" | "atMost", message: string) => problems.push({ path: `goal.${key}`, message });
	const [right, wrong] = metric.endsWith(".accuracy") ? (["atLeast", "atMost"] as const) : (["atMost", "atLeast"] as const);
	const value = right === "atLeast" ? atLeast : atMost;
	if ((right === "atLeast" ? atMost : atLeast) !== undefined) {
		say(wrong, `${metric} is a goal from ${right === "atLeast" ? "below" : "above"}: use \`${right}\``);
	} else if (value === undefined) say(right, "missing: the value the metric must reach");
	else if (right === "atLeast" && !(value > 0 && value <= 1))
		say(right, `found ${value}, expected an accuracy above 0 and at most 1 (95 % is 0.95)`);
	else if (metric.endsWith(".error") && !(value >= 0 && value < 1)) say(right, `found ${value}, expected an error rate from 0 to below 1`);
	else if (metric.endsWith(".loss") && value < 0)
		say(right, `found ${value}, expected 0 or more; a script whose loss may be negative gives it a name of its own, such as \`nll\``);
	return problems;
}

/** For a metric of the user: its name must be usable and its direction given. Any value may be the goal. */
function ownProblems({ metric, atLeast, atMost }: WrittenGoal): readonly Problem[] {
	const wrong = whatIsWrongWithGoalMetric(metric);
	if (wrong !== null) return [{ path: "goal.metric", message: wrong }];
	if ((atLeast === undefined) !== (atMost === undefined)) return [];
	const both = atLeast !== undefined;
	return [
		{
			path: "goal",
			message: `${both ? "`atLeast` and `atMost` both" : "neither `atLeast` nor `atMost`"}: give one, \`atLeast\` where more of ${metric} is better, \`atMost\` where less is`,
		},
	];
}

/** Why this metric, which isn't a known one, can't be a goal's; null if it can. */
export function whatIsWrongWithGoalMetric(metric: string): string | null {
	if (isKnownMetric(metric) || /^(?:test|batch)[./]/.test(metric)) {
		const kept = metric.replace(/^(?:test|batch)(?=[./])/, "validation");
		return `a goal can't be on ${metric}: ${metric.startsWith("test") ? "what is chosen by the test set can't be tested on it any more" : "one batch is too few examples"}. Use ${kept}, measured on validation examples, or a known one: ${knownGoalMetrics.join(", ")}`;
	}
	return whatIsWrongWithOwnName(metric);
}

/** Why the built-in trainer can't reach a goal on this metric; null where it can. It measures nothing but the known ones. */
export const whatIsWrongForBuiltIn = (metric: string): Problem | null =>
	isKnownGoal(metric) || whatIsWrongWithGoalMetric(metric) !== null
		? null
		: {
				path: "goal.metric",
				message: `found ${metric}, but the built-in trainer measures only ${knownGoalMetrics.join(", ")}; metrics of your own come from a script or a trainer of yours (\`workload.command\`, \`workload.trainer\`)`,
			};
