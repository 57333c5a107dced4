import type { Rounds } from "../search/rounds.js";
import { aboveOf } from "./above.js";
import type { Arm } from "./arm.js";
import type { Field } from "./field.js";
import { follow } from "./follow.js";
import { cheapest } from "./reached.js";
import { shape } from "./shape.js";

/**
 * Where the best rate rises on the way to the goal: corrects what early rungs can't see. Well below the rate at which a run breaks, its cost
 * falls in proportion to the rate: half an octave saves a factor of √2, until one more breaks the run. And the best size grows on the way to
 * the goal. So the next higher rate and the next larger size follow the winner to the goal while they keep up with it. If one gets there at a
 * lower cost, its own neighbours follow. Returns the cheapest arm.
 */
export function* polished(field: Field, winner: Arm): Rounds<Arm> {
	const most = field.judge.expected.rateDrift > 0 ? shape.polish.most : 0;
	let best = winner;
	for (let i = 0; i < most; i++) {
		const before = best;
		for (const arm of aboveOf(field, before, 1)) {
			yield* follow(field, [arm], before, shape.polish, "rival");
			best = cheapest(field) ?? before;
			if (best !== before) break;
		}
		if (best === before) break;
	}
	return best;
}
