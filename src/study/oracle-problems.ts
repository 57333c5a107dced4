import { type DataSource, isOracle } from "../data/source.js";
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
	if (data.name === "quadratic" && workload.sampler === "reshuffle") {
		problems.push({
			path: "workload.sampler",
			message: "quadratic draws every example anew: leave `sampler` out, or use `with-replacement`",
		});
	}
	if (data.name === "quadratic" && comparisons !== undefined) {
		problems.push({
			path: "comparisons",
			message: "they compare the metric on the validation set, and quadratic has none: leave `comparisons` out",
		});
	}
	const metrics = metricsOf[data.name];
	if (goal && !metrics.includes(goal.metric)) {
		problems.push({ path: "goal.metric", message: `found ${goal.metric}, but ${data.name} has only ${metrics.join(", ")}` });
	}
	return problems;
}

const metricsOf: Readonly<Record<"quadratic" | "least-squares" | "logistic", readonly StudyFile["goal"]["metric"][]>> = {
	quadratic: ["train.loss"],
	"least-squares": ["train.loss", "validation.loss"],
	logistic: ["train.loss", "train.accuracy", "train.error", "validation.loss", "validation.accuracy", "validation.error"],
};
