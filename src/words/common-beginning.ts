import { constantShare, isSplitByWarmUp } from "../study/horizon/constant-share.js";
import type { Study } from "../study/study.js";

/** What trainings of different lengths have in common, and so isn't trained again; null where every one begins anew. */
export function commonBeginning({ workload }: Pick<Study, "workload">): string | null {
	const share = constantShare(workload);
	if (share > 0 && share < 1)
		return `The first ${Number((100 * share).toPrecision(3))} % of a training does not depend on its length: a longer training with the same setting and seed goes on from there.`;
	if (share === 1) return "A longer training with the same setting and seed goes on from where a shorter one ended.";
	if (isSplitByWarmUp(workload))
		return "Every training begins anew, since the warm-up scales with the planned length. With a warm-up in steps or examples, longer trainings would go on from the constant part of shorter ones.";
	return null;
}
