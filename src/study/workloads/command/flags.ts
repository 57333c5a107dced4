import type { Problem } from "../../problem.js";
import { usedPlaceholders } from "./parts-problems.js";
import { placeholderNames } from "./placeholders.js";
import type { CommandWorkload, FoundCommand } from "./workload.js";

/** What is wrong with the placeholders that a study lists values for. */
export function flagProblems(
	workload: CommandWorkload,
	found: FoundCommand,
	flags: Readonly<Record<string, unknown>> = {},
): readonly Problem[] {
	const used = usedPlaceholders(workload);
	// What can't be seen into is taken at its author's word, as is a script that reads its trial.
	const mayRead = found.files.length === 0 || found.readsTrial;
	return Object.keys(flags).flatMap((name) => {
		const wrong = whatIsWrongWith(name, workload) ?? (used.has(name) || mayRead ? null : unused(name));
		return wrong === null ? [] : [{ path: `tune.flags.${name}`, message: wrong }];
	});
}

function whatIsWrongWith(name: string, { hold = {} }: CommandWorkload): string | null {
	if (!/^[A-Za-z_]\w*$/.test(name)) return "a placeholder's name is of letters, digits and `_`, a letter first: rename it";
	if (name === "momentum" || name === "weightDecay") return `list its values in \`tune.${name}\``;
	if ((placeholderNames as readonly string[]).includes(name)) return `{${name}} stands for what Sweetspot sets: use another name`;
	return Object.hasOwn(hold, name) ? "it is in `workload.hold` as well: search it, or hold it" : null;
}

const unused = (name: string): string =>
	`no {${name}} in the command, in \`environment\` or in \`files\`: every value would train the same. Hand it over, such as "{${name}}" behind its flag`;
