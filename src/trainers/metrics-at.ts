import type { MetricName } from "../core/known-metrics.js";
import type { Evaluation } from "../core/trial.js";
import type { BatchMetrics, Machinery } from "./machinery.js";

/** The mini-batch's own loss and accuracy, and those of whole sets. Missing values, and losses that aren't numbers, are left out. */
export function metricsAt(machinery: Machinery, sets: readonly ("train" | "validation")[], batch: BatchMetrics): Evaluation["metrics"] {
	const metrics: Partial<Record<MetricName, number>> = { "batch.loss": batch.loss };
	if (batch.accuracy !== null) metrics["batch.accuracy"] = batch.accuracy;
	for (const set of sets) {
		const measured = machinery.evaluate(set);
		if (!measured) continue;
		if (measured.accuracy !== null) metrics[`${set}.accuracy`] = measured.accuracy;
		if (Number.isFinite(measured.loss)) metrics[`${set}.loss`] = measured.loss;
	}
	return metrics;
}
