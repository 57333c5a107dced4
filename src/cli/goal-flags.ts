import { SweetspotError } from "../core/errors.js";
import { type Goal, usualWindow } from "../core/goal.js";
import { metricNamed } from "../core/metric-names.js";
import { whatIsWrongWithGoalMetric } from "../study/goal-problems.js";
import { numberOf, type RawOptions, textOf } from "./options.js";

const example = 'For example `--goal "validation.accuracy>=0.9"`, `--goal "perplexity<=30"`, or `--metric validation.loss --at-most 0.3`.';

/** The goal that `--goal`, or `--metric` with `--at-least` or `--at-most`, asks for, and `--window`. Throws `usage/bad-value`. */
export function goalOf(options: RawOptions, environment: NodeJS.ProcessEnv): Goal {
	const whole = textOf(options, "goal", environment);
	const metric = textOf(options, "metric", environment);
	const atLeast = textOf(options, "atLeast", environment);
	const atMost = textOf(options, "atMost", environment);
	const parts = [metric, atLeast, atMost].filter((part) => part !== undefined).length;
	if (whole !== undefined && parts > 0) throw bad("--goal says it all: leave --metric, --at-least and --at-most out");
	const window = windowOf(options, environment);
	if (whole !== undefined) return { ...goalFrom(whole), ...window };
	const value = atLeast ?? atMost;
	if (metric === undefined || value === undefined) throw bad("no goal: the metric, and the value it must reach");
	if (parts === 3) throw bad("--at-least and --at-most both");
	return { ...checked(metric, atLeast !== undefined, value), ...window };
}

function windowOf(options: RawOptions, environment: NodeJS.ProcessEnv): Pick<Goal, "window"> {
	const window = numberOf(options, "window", environment);
	if (window === undefined || window === usualWindow) return {};
	if (window < 1 || window > 2) throw bad(`--window is ${window}, expected a number from 1 (a single look) to 2`);
	return { window };
}

/** Whether any flag speaks of the goal. */
export const hasGoal = (options: RawOptions, environment: NodeJS.ProcessEnv): boolean =>
	(["goal", "metric", "atLeast", "atMost"] as const).some((name) => textOf(options, name, environment) !== undefined);

/** A goal in one text: `validation.accuracy>=0.9`. Throws `usage/bad-value`. */
export function goalFrom(text: string): Goal {
	const [, name, sign, value] = text.match(/^\s*(.+?)\s*(>=|<=|≥|≤)\s*(\S+)\s*$/) ?? [];
	if (name === undefined) throw bad(`the goal is "${text}", expected METRIC>=VALUE or METRIC<=VALUE`);
	return checked(name, sign === ">=" || sign === "≥", value);
}

function checked(name: string, atLeast: boolean, text: string): Goal {
	const named = metricNamed(name);
	if (!named) return own(name, atLeast, text);
	if (named.set === "test" || named.set === "batch")
		throw bad(
			`the goal's metric is "${name}", expected the loss, accuracy or error of the training or the validation set, or a metric of your own`,
		);
	const metric = `${named.set}.${named.kind}` as const;
	const value = Number(text);
	const isShare = named.kind !== "loss";
	if (text.trim() === "" || !Number.isFinite(value) || value < 0 || (isShare && value > 1))
		throw bad(`the goal's value is "${text}", expected ${isShare ? "a share from 0 to 1 (95 % is 0.95)" : "a number of 0 or more"}`);
	if (atLeast !== (named.kind === "accuracy"))
		throw bad(`${metric} is a goal from ${atLeast ? "above: use <= or --at-most" : "below: use >= or --at-least"}`);
	return atLeast ? { metric, atLeast: value } : { metric, atMost: value };
}

/** A metric of the user's own: the sign says which way is better, and any value counts. */
function own(metric: string, atLeast: boolean, text: string): Goal {
	const wrong = whatIsWrongWithGoalMetric(metric);
	if (wrong !== null) throw bad(wrong);
	const value = Number(text);
	if (text.trim() === "" || !Number.isFinite(value)) throw bad(`the goal's value is "${text}", expected a number`);
	return atLeast ? { metric, atLeast: value } : { metric, atMost: value };
}

const bad = (found: string): SweetspotError => new SweetspotError("usage/bad-value", found, example);
