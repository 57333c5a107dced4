import { nearestTo } from "../nearest-size.js";
import type { Rounds } from "../search/rounds.js";
import type { Arm } from "./arm.js";
import type { Field } from "./field.js";
import { cheapest } from "./reached.js";
import { shape } from "./shape.js";

/**
 * Corrects what early rungs can't see. Well below the rate at which a run breaks, its cost falls in proportion to the rate: half an octave
 * saves a factor of √2, until one more breaks the run. And the best size grows on the way to the goal. So the next higher rate and the next
 * larger size follow the winner to the goal while they keep up with it. If one gets there at a lower cost, its own neighbours follow.
 * Returns the cheapest arm.
 */
export function* polished(field: Field, winner: Arm): Rounds<Arm> {
	const { within, parts, most } = shape.polish;
	let best = winner;
	for (let i = 0; i < most; i++) {
		const before = best;
		for (const arm of aboveOf(field, before)) {
			for (const part of parts) {
				if (arm.result?.reached || arm.ended === "broken") break;
				if (arm.result && field.timesOf(arm, before) > within) break;
				yield* field.advance([arm], part * field.spent(before), null, "rival");
			}
			best = cheapest(field) ?? before;
			if (best !== before) break;
		}
		if (best === before) break;
	}
	return best;
}

/** The arm half an octave higher, and the one at twice the batch size with the rate that this suggests; fewer where the ranges end. */
function aboveOf(field: Field, { batchSize, rate, setting }: Arm): readonly Arm[] {
	const { study, judge } = field;
	const larger = nearestTo(2 * batchSize, study.batchSizes);
	const arms = [field.at(batchSize, rate + 1, setting)];
	if (larger > batchSize) arms.push(field.at(larger, rate + Math.round(judge.slope), setting));
	return arms.filter((arm) => arm !== undefined);
}
