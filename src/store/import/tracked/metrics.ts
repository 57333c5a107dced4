import { type Goal, goalMetric, isOwnMetric } from "../../../core/goal.js";
import { isKnownError, isKnownShare, metricNamed, plainName } from "../../../core/metric-names.js";
import type { Keep } from "../../../trackers/curves.js";
import { type TrackedRun, unnamedCurve } from "../../../trackers/run.js";
import type { Answers } from "./answers.js";
import { some, unusable } from "./unusable.js";

/** How a curve is understood. An error is kept as the accuracy it leaves, 1 − error. */
export interface KnownCurve {
	readonly curve: string;
	readonly name: string;
	readonly isError: boolean;
}

/**
 * The curves of a run that mean something here: metrics whose meaning is known, and the goal's. `key`: the tracker's own name of the
 * goal's metric. Throws `import/unusable` where two may be the goal's.
 */
export function knownCurves(run: TrackedRun, goal: Pick<Goal, "metric">, key?: string): readonly KnownCurve[] {
	const wanted = goalMetric(goal);
	const found = new Map<string, KnownCurve>();
	for (const curve of run.curves.keys()) {
		const known = key !== undefined && curve === key ? ofGoal(curve, goal) : meaningOf(curve, goal);
		if (known === null || (key !== undefined && known.name === wanted && curve !== key)) continue;
		const other = found.get(known.name);
		if (other === undefined) found.set(known.name, known);
		else if (known.name === wanted)
			throw unusable(
				`${run.name} logs both ${other.curve} and ${curve}, and either may be ${goal.metric}`,
				`say which: \`--metric-key ${curve}\``,
				"metricKey",
			);
	}
	if (key !== undefined && !run.curves.has(key))
		throw unusable(
			`${run.name} logs no ${key}; it logs ${some([...run.curves.keys()])}`,
			"name one of them with --metric-key",
			"metricKey",
		);
	return [...found.values()];
}

const ofGoal = (curve: string, goal: Pick<Goal, "metric">): KnownCurve => ({
	curve,
	name: goalMetric(goal),
	isError: isKnownError(goal.metric),
});

function meaningOf(curve: string, goal: Pick<Goal, "metric">): KnownCurve | null {
	if (curve === unnamedCurve || (isOwnMetric(goal) && plainName(curve) === plainName(goal.metric))) return ofGoal(curve, goal);
	const known = metricNamed(curve);
	if (!known) return null;
	const isError = known.kind === "error";
	return { curve, name: `${known.set}.${isError ? "accuracy" : known.kind}`, isError };
}

/**
 * How much of a curve an import needs. The goal's metric and its step counter are needed in full; the others are only drawn, so beyond a
 * thousand points most can be dropped.
 */
export const keepFor =
	(goal: Pick<Goal, "metric">, { metricKey, stepKey }: Answers): Keep =>
	(name) => {
		const isGoals = metricKey === undefined ? meaningOf(name, goal)?.name === goalMetric(goal) : name === metricKey;
		return isGoals || name === unnamedCurve || name === stepKey ? "whole" : "thinned";
	};

/** Accuracies above this can only be per cent. */
const mostShare = 1.5;

/** Metrics that are logged in per cent: accuracies that rise beyond 1 somewhere in these runs. */
export function inPercent(runs: readonly (readonly [TrackedRun, readonly KnownCurve[]])[]): ReadonlySet<string> {
	const found = new Set<string>();
	for (const [run, curves] of runs)
		for (const { curve, name } of curves)
			if (isKnownShare(name) && run.curves.get(curve)?.values.some((value) => value > mostShare && value <= 100)) found.add(name);
	return found;
}
