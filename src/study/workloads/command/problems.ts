import { closest } from "fastest-levenshtein";
import { goalMetric } from "../../../core/goal.js";
import { isKnownError, isKnownMetric, whatIsWrongWithOwnName } from "../../../core/metric-names.js";
import type { Problem } from "../../problem.js";
import type { Around } from "../kind.js";
import { recordProblems } from "../record-problems.js";
import { accumulationRemarks } from "./accumulation.js";
import { holdProblems } from "./hold.js";
import { partsProblems, textsOf, usedPlaceholders } from "./parts-problems.js";
import { placeholderNames, placeholdersOf } from "./placeholders.js";
import { scheduleProblems } from "./schedule-problems.js";
import { type CommandWorkload, counterNames, type FoundCommand } from "./workload.js";

/** What the keys' own shapes don't show of a training script's workload. */
export const commandProblems = (workload: CommandWorkload, found: FoundCommand, around: Around): readonly Problem[] => [
	...recordProblems(around.record),
	...placeholderProblems(workload, found, around.tune),
	...partsProblems(workload),
	...holdProblems(workload, found),
	...scheduleProblems(workload, found),
	...patternProblems(workload, around.goal),
	...unknownExamples(workload, around),
];

function placeholderProblems(workload: CommandWorkload, found: FoundCommand, tune: Around["tune"]): Problem[] {
	const problems: Problem[] = [];
	const say = (path: string, message: string) => problems.push({ path, message });
	const { command, environment = {} } = workload;
	const used = usedPlaceholders(workload);
	const known: readonly string[] = [...placeholderNames, ...Object.keys(workload.hold ?? {})];
	for (const [path, text] of textsOf(workload)) {
		for (const name of placeholdersOf(text)) {
			if (!known.includes(name)) {
				const nearest = closest(name, [...known]);
				say(
					path,
					`unknown placeholder {${name}} (did you mean {${nearest}}?); known: ${known.map((one) => `{${one}}`).join(", ")}; for the braces themselves write {{${name}}}`,
				);
			} else if ((name === "momentum" || name === "weightDecay") && !tune?.[name])
				say(path, `{${name}} has no value: list those to try in \`tune.${name}\`, or write the value in its place`);
		}
	}
	for (const name of ["SWEETSPOT_TRIAL", "SWEETSPOT_EVENTS"])
		if (name in environment) say(`workload.environment.${name}`, "is ours to set: use another name");
	if (placeholdersOf(command[0]).length > 0) say("workload.command[0]", "the program itself can't be a placeholder: name it");
	// What can't be seen into (`python3 -m package`) is taken at its author's word.
	if (found.files.length === 0 || found.readsTrial) return problems;
	const searched = (["momentum", "weightDecay"] as const).filter((name) => tune?.[name]);
	for (const name of ["batchSize", "learningRate", ...searched] as const)
		if (!used.has(name) && !(name === "batchSize" && used.has("microBatch")))
			say(
				"workload.command",
				`no {${name}} in it, in \`environment\` or in \`files\`, and no file that it names mentions SWEETSPOT_TRIAL: every trial would train with the same one. Hand it over, such as "{${name}}" behind its flag`,
			);
	return problems;
}

/** What may be as its author wants it, and is worth a word: sentences. */
export function commandRemarks(workload: CommandWorkload, { files, readsTrial }: FoundCommand): readonly string[] {
	const remarks = accumulationRemarks(workload);
	if (readsTrial) return remarks;
	const used = usedPlaceholders(workload);
	const missing = (["batchSize", "learningRate", "seed"] as const)
		.filter((name) => !used.has(name) && !(name === "batchSize" && used.has("microBatch")))
		.map((name) => `{${name}}`);
	if (missing.length === 0) return remarks;
	const otherwise =
		files.length === 0
			? "it must read its trial from SWEETSPOT_TRIAL"
			: "runs of different seeds differ only if it takes its seed from SWEETSPOT_TRIAL";
	return [...remarks, `The command has no ${missing.join(", ")}: ${otherwise} (docs/training-scripts.md).`];
}

function patternProblems({ metrics, examples }: CommandWorkload, goal: Around["goal"]): Problem[] {
	const problems: Problem[] = [];
	if (!metrics) return problems;
	const say = (key: string | null, message: string) => problems.push({ path: `workload.metrics${key === null ? "" : `.${key}`}`, message });
	for (const [key, one] of Object.entries(metrics)) {
		const isCounter = (counterNames as readonly string[]).includes(key);
		const wrongName = isCounter || isKnownMetric(key) ? null : whatIsWrongWithOwnName(key);
		const wrong = wrongName ?? (one ? whatIsWrongWith(one.pattern) : null);
		if (wrong !== null) say(key, wrong);
	}
	const [counter, ...others] = counterNames.filter((name) => metrics[name]);
	if (counter === undefined) say(null, "nothing says how far the script is: add a pattern for `step`, `epoch` or `examples`");
	if (counter === "epoch" && others.length === 0 && examples === undefined)
		say("epoch", "epochs become steps only where `workload.examples` says how many examples one has");
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
		// With an empty alternative it matches anything, and shows its groups.
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

function unknownExamples({ examples }: CommandWorkload, { toFull, limits, comparisons }: Around): Problem[] {
	if (examples !== undefined) return [];
	const path = "workload.examples";
	const needed = "missing: how many training examples there are is needed";
	return [
		...(toFull
			? [{ path, message: `${needed} for the batch size \`full\`; give their number, or a list of sizes in \`batchSizes\`` }]
			: []),
		...(limits.epochs === undefined
			? []
			: [{ path, message: `${needed} for \`limits.epochs\`; give their number, or use \`limits.steps\`` }]),
		...(comparisons === undefined ? [] : [{ path, message: `${needed} for \`comparisons\`` }]),
	];
}
