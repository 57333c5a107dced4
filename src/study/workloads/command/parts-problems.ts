import type { Problem } from "../../problem.js";
import { placeholdersOf } from "./placeholders.js";
import type { CommandWorkload } from "./workload.js";

/** Every text of a command that may have placeholders, and where it stands. */
export const textsOf = ({ command, environment = {}, files = {} }: CommandWorkload): readonly (readonly [path: string, text: string])[] => [
	...command.map((text, i) => [`workload.command[${i}]`, text] as const),
	...Object.entries(environment).map(([name, text]) => [`workload.environment.${name}`, text] as const),
	...Object.entries(files).map(([name, text]) => [`workload.files.${name}`, text] as const),
];

export const usedPlaceholders = (workload: CommandWorkload): ReadonlySet<string> =>
	new Set(textsOf(workload).flatMap(([, text]) => placeholdersOf(text)));

/** Problems: parts that don't add up to the batch, and files that the script would not find. */
export function partsProblems(workload: CommandWorkload): readonly Problem[] {
	const { microBatch, devices, files } = workload;
	const problems: Problem[] = [];
	const say = (path: string, message: string) => problems.push({ path, message });
	const used = usedPlaceholders(workload);
	if (used.has("accumulation") && microBatch === undefined)
		say(
			"workload.microBatch",
			"missing: {accumulation} follows from the most examples that a device takes at once, such as `microBatch: 8`",
		);
	if (used.has("microBatch") && microBatch === undefined && devices === undefined)
		say("workload.microBatch", "missing: {microBatch} follows from the most examples that a device takes at once, such as `microBatch: 8`");
	if (used.has("microBatch") && microBatch !== undefined && !used.has("accumulation"))
		say(
			"workload.command",
			`{microBatch} without {accumulation}: an update would use at most ${microBatch} examples a device, at every batch size. Hand over both, such as --grad-accum "{accumulation}"`,
		);
	if (used.has("accumulation") && !used.has("microBatch") && !used.has("batchSize"))
		say("workload.command", "{accumulation} without {microBatch}: hand over both");
	if (
		files &&
		!workload.command.concat(Object.values(workload.environment ?? {})).some((text) => placeholdersOf(text).includes("trialFolder"))
	)
		say(
			"workload.command",
			`no {trialFolder} in it or in \`environment\`: the script wouldn't find its file. Name it, such as "{trialFolder}/${Object.keys(files)[0] ?? "config.yaml"}"`,
		);
	return problems;
}

/** Batch sizes that the devices can't have equal shares of. */
export const shareProblems = (
	workload: CommandWorkload,
	batchSizes: readonly number[],
	examples: number,
	path = "batchSizes",
): readonly Problem[] => {
	const { devices = 1 } = workload;
	return batchSizes
		.filter((size) => size % devices !== 0)
		.map((size) => {
			const below = size - (size % devices);
			const nearest = [below, below + devices].filter((one) => one > 0 && (examples === 0 || one <= examples));
			return {
				path,
				message: `batch size ${size} can't be shared equally by ${devices} devices: use ${nearest.join(" or ") || "fewer devices"}`,
			};
		});
};
