import { type OracleSource, oracleKindOf } from "../../../data/sources/table.js";
import type { Problem } from "../../problem.js";
import type { Around } from "../kind.js";
import { recordProblems } from "../record-problems.js";

/** What only a network has. */
const networkKeys = ["model", "init", "loss", "labelSmoothing", "reduction"] as const;

/** Problems: an oracle with what only a network has, a goal or comparisons on a metric that the oracle doesn't have. */
export function oracleProblems(
	data: OracleSource,
	workload: Readonly<Record<string, unknown>>,
	{ goal, comparisons, record }: Around,
): readonly Problem[] {
	const problems: Problem[] = [...recordProblems(record)];
	for (const key of networkKeys) {
		if (workload[key] === undefined) continue;
		problems.push({ path: `workload.${key}`, message: `${data.name} brings its own model and loss: leave \`${key}\` out` });
	}
	if (workload.averaging !== undefined) {
		problems.push({ path: "workload.averaging", message: `${data.name} is evaluated at its weights as they are: leave \`averaging\` out` });
	}
	const { isStream, metrics } = oracleKindOf(data);
	if (isStream && workload.sampler === "reshuffle") {
		problems.push({
			path: "workload.sampler",
			message: `${data.name} draws every example anew: leave \`sampler\` out, or use \`with-replacement\``,
		});
	}
	if (isStream && comparisons !== undefined) {
		problems.push({
			path: "comparisons",
			message: `they compare the metric on the validation set, and ${data.name} has none: leave \`comparisons\` out`,
		});
	}
	if (goal && !metrics.includes(goal.metric)) {
		problems.push({ path: "goal.metric", message: `found ${goal.metric}, but ${data.name} has only ${metrics.join(", ")}` });
	}
	return problems;
}
