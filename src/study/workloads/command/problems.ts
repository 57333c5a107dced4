import { closest } from "fastest-levenshtein";
import type { Problem } from "../../problem.js";
import type { Around } from "../kind.js";
import { recordProblems } from "../record-problems.js";
import { accumulationRemarks } from "./accumulation.js";
import { flagProblems } from "./flags.js";
import { holdProblems } from "./hold.js";
import { metricsProblems } from "./metrics-problems.js";
import { partsProblems, textsOf, usedPlaceholders } from "./parts-problems.js";
import { placeholderNames, placeholdersOf } from "./placeholders.js";
import { scheduleProblems } from "./schedule-problems.js";
import type { CommandWorkload, FoundCommand } from "./workload.js";

/** Problems with a training script's workload that the shapes of its keys don't show. */
export const commandProblems = (workload: CommandWorkload, found: FoundCommand, around: Around): readonly Problem[] => [
	...recordProblems(around.record),
	...placeholderProblems(workload, found, around.tune),
	...flagProblems(workload, found, around.tune?.flags),
	...partsProblems(workload),
	...holdProblems(workload, found),
	...scheduleProblems(workload, found),
	...metricsProblems(workload, around.goal),
	...unknownExamples(workload, around),
];

function placeholderProblems(workload: CommandWorkload, found: FoundCommand, tune: Around["tune"]): Problem[] {
	const problems: Problem[] = [];
	const say = (path: string, message: string) => problems.push({ path, message });
	const { command, environment = {} } = workload;
	const used = usedPlaceholders(workload);
	const known: readonly string[] = [...placeholderNames, ...Object.keys(workload.hold ?? {}), ...Object.keys(tune?.flags ?? {})];
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
	for (const name of ["SWEETSPOT_TRIAL", "SWEETSPOT_EVENTS", "SWEETSPOT_HOOKS"])
		if (name in environment) say(`workload.environment.${name}`, "is ours to set: use another name");
	if (placeholdersOf(command[0]).length > 0) say("workload.command[0]", "the program itself can't be a placeholder: name it");
	// A command without visible files (`python3 -m package`) is trusted.
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

/** Sentences on things that may be intended but deserve a remark. */
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
