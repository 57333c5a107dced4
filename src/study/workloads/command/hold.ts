import type { Problem } from "../../problem.js";
import { usedPlaceholders } from "./parts-problems.js";
import { placeholderNames } from "./placeholders.js";
import type { CommandWorkload, FoundCommand } from "./workload.js";

/** Settings that can't be held: names that stand for something else, those that reach no script, and a script that gets no batch size. */
export function holdProblems(workload: CommandWorkload, { readsTrial }: FoundCommand): readonly Problem[] {
	const { hold } = workload;
	if (!hold) return [];
	const used = usedPlaceholders(workload);
	const problems: Problem[] = [];
	for (const name of Object.keys(hold)) {
		const path = `workload.hold.${name}`;
		if ((placeholderNames as readonly string[]).includes(name))
			problems.push({
				path,
				message: `{${name}} stands for something else: use another name, such as {held${name[0].toUpperCase()}${name.slice(1)}}`,
			});
		else if (!used.has(name) && !readsTrial)
			problems.push({
				path,
				message: `no {${name}} in the command, in \`environment\` or in \`files\`: hand it over, such as "{${name}}" behind its flag, or omit it here`,
			});
	}
	if (!readsTrial && !used.has("batchSize") && !used.has("microBatch"))
		problems.push({
			path: "workload.hold",
			message: 'it follows the batch size, and the command has no {batchSize}: hand it over, such as "{batchSize}" behind its flag',
		});
	return problems;
}
