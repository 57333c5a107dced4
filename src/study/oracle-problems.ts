import { type DataSource, isOracle, oracleKindOf } from "../data/sources/table.js";
import type { Problem } from "./problems.js";
import type { StudyFile } from "./schema.js";

/** What only a network has. */
const networkKeys = ["model", "init", "loss", "labelSmoothing", "reduction"] as const;

/**
 * What doesn't go together: an oracle with what only a network has, a network without a model, a goal or comparisons on a metric that
 * the oracle doesn't have.
 */
export function oracleProblems(
	data: DataSource | undefined,
	workload: Readonly<Record<string, unknown>>,
	goal: StudyFile["goal"] | undefined,
	comparisons: unknown,
): readonly Problem[] {
	if (!data) return [];
	if (!isOracle(data)) return workload.model === undefined ? [{ path: "workload.model", message: "missing, expected a list" }] : [];
	const problems: Problem[] = networkKeys
		.filter((key) => workload[key] !== undefined)
		.map((key) => ({ path: `workload.${key}`, message: `${data.name} brings its own model and loss: leave \`${key}\` out` }));
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
