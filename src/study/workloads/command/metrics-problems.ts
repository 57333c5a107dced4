import { goalMetric } from "../../../core/goal.js";
import { isKnownError, isKnownMetric, whatIsWrongWithOwnName } from "../../../core/metric-names.js";
import type { Problem } from "../../problem.js";
import type { Around } from "../kind.js";
import { usedPlaceholders } from "./parts-problems.js";
import { placeholdersOf } from "./placeholders.js";
import {
	type CommandWorkload,
	counterNames,
	type MetricsInTracker,
	type MetricsOnDisk,
	metricsHeard,
	metricsOnDisk,
	type OutputPatterns,
	outputPatterns,
} from "./workload.js";

/** Problems with how a script's metrics are to be read. */
export function metricsProblems(workload: CommandWorkload, goal: Around["goal"]): readonly Problem[] {
	const [patterns, onDisk] = [outputPatterns(workload), metricsOnDisk(workload)];
	if (patterns) return patternProblems(patterns, workload.examples, goal);
	if (onDisk) return fileProblems(onDisk, workload);
	const heard = metricsHeard(workload);
	if (heard) return trackerProblems(heard, workload);
	return workload.metrics
		? [{ path: "workload.hooks", message: "without hooks no tracker is heard: omit `hooks: false`, or `metrics`" }]
		: [];
}

function trackerProblems({ names = {}, counts }: MetricsInTracker, { examples }: CommandWorkload): Problem[] {
	const wrong = Object.keys(names).flatMap((name) => {
		const message = whatIsWrongWithName(name);
		return message === null ? [] : [{ path: `workload.metrics.names.${name}`, message }];
	});
	return counts === "epoch" && examples === undefined ? [...wrong, { path: "workload.metrics", message: epochsNeedExamples }] : wrong;
}

const epochsNeedExamples = "epochs become steps only where `workload.examples` says how many examples one has";

const whatIsWrongWithName = (name: string): string | null => (isKnownMetric(name) ? null : whatIsWrongWithOwnName(name));

function fileProblems(onDisk: MetricsOnDisk, workload: CommandWorkload): Problem[] {
	const problems: Problem[] = [];
	const say = (key: string, message: string) => problems.push({ path: `workload.metrics${key}`, message });
	const [key, path] = "file" in onDisk ? ["file", onDisk.file] : ["tensorboard", onDisk.tensorboard];
	const below = path.replace(/^\{trialFolder\}(?:\/|$)/, "");
	if (/^[/\\]|^[A-Za-z]:[/\\]/.test(below) || below.split(/[/\\]/).includes(".."))
		say(
			`.${key}`,
			`"${path}" lies outside the folders of the trial: name it relative to \`directory\`, or let the script write below "{trialFolder}/"`,
		);
	if (placeholdersOf(below).length > 0)
		say(`.${key}`, `"${path}": only {trialFolder} can stand in it, and only at its beginning; \`*\` stands for any name`);
	else if (below !== path && !usedPlaceholders(workload).has("trialFolder"))
		say(
			`.${key}`,
			'no {trialFolder} in the command, in `environment` or in `files`: the script wouldn\'t write there. Hand it over, such as "{trialFolder}" behind its flag for the output folder',
		);
	for (const name of Object.keys(onDisk.names ?? {})) {
		const wrong = whatIsWrongWithName(name);
		if (wrong !== null) say(`.names.${name}`, wrong);
	}
	const counters = "file" in onDisk ? counterNames.filter((name) => onDisk[name]) : [onDisk.counts ?? "step"];
	if (counters.length === 0)
		say("", "nothing says how far the script is: add the column that counts, such as `step: step`, or `epoch` or `examples`");
	if (counters.length === 1 && counters[0] === "epoch" && workload.examples === undefined) say("", epochsNeedExamples);
	return problems;
}

function patternProblems(metrics: OutputPatterns, examples: number | undefined, goal: Around["goal"]): Problem[] {
	const problems: Problem[] = [];
	const say = (key: string | null, message: string) => problems.push({ path: `workload.metrics${key === null ? "" : `.${key}`}`, message });
	for (const [key, one] of Object.entries(metrics)) {
		const isCounter = (counterNames as readonly string[]).includes(key);
		const wrong = (isCounter ? null : whatIsWrongWithName(key)) ?? (one ? whatIsWrongWith(one.pattern) : null);
		if (wrong !== null) say(key, wrong);
	}
	const [counter, ...others] = counterNames.filter((name) => metrics[name]);
	if (counter === undefined) say(null, "nothing says how far the script is: add a pattern for `step`, `epoch` or `examples`");
	if (counter === "epoch" && others.length === 0 && examples === undefined) say("epoch", epochsNeedExamples);
	if (goal && !(goalMetric(goal) in metrics))
		say(
			null,
			`the goal is on ${goal.metric}: add a pattern for \`${goalMetric(goal)}\`${isKnownError(goal.metric) ? " (an error is 1 − accuracy)" : ""}`,
		);
	return problems;
}

/** Null where nothing is. */
function whatIsWrongWith(pattern: string): string | null {
	let groups: number;
	try {
		// With an empty alternative it matches any text, and so reveals its groups.
		groups = (new RegExp(`${pattern}|`).exec("")?.length ?? 1) - 1;
		new RegExp(pattern);
	} catch (error) {
		return `"${pattern}" is no regular expression: ${error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : String(error)}`;
	}
	if (groups === 1) return null;
	return groups === 0
		? `"${pattern}" has no group: put parentheses around the number, as in 'val_acc=([0-9.]+)'`
		: `"${pattern}" has ${groups} groups, expected one around the number: write others as (?:…)`;
}
