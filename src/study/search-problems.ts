import type { Problem } from "./problem.js";
import type { Study } from "./study.js";
import { settingCount } from "./typical-trials.js";
import { isCommand } from "./workloads/table.js";

/** Combinations of settings that a study may search: each has a search of its own over the learning rate. */
const mostSettings = 24;

/** What is wrong with what a study searches in addition to the learning rate. */
export function searchProblems({ tune, workload }: Pick<Study, "tune" | "workload">): readonly Problem[] {
	if (!tune.flags) return [];
	if (!isCommand(workload))
		return [{ path: "tune.flags", message: "they are placeholders in a script's command, and this workload has none: omit it" }];
	const count = settingCount({ tune });
	if (count <= mostSettings) return [];
	return [
		{
			path: "tune.flags",
			message: `${count} combinations with the other values in \`tune\`, expected at most ${mostSettings}, as each has a search of its own over the learning rate: list fewer values`,
		},
	];
}
