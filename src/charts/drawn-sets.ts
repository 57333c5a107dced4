import type { LearningCurve } from "../analysis/learning-curves.js";
import type { Study } from "../study/study.js";
import { curveMetric } from "./curve-metric.js";

/** Of which examples there is anything to draw in learning curves. */
export function drawnSets(
	{ goal }: Pick<Study, "goal">,
	curves: readonly LearningCurve[],
): { readonly training: boolean; readonly heldOut: boolean } {
	const { drawn } = curveMetric(goal, curves);
	const any = (set: "train" | "validation") => curves.some(({ looks }) => looks.some((look) => drawn(look, set) !== undefined));
	return { training: any("train"), heldOut: any("validation") };
}
