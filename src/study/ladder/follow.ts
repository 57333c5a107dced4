import type { LadderReason } from "../reason.js";
import type { Rounds } from "../search/rounds.js";
import type { Arm } from "./arm.js";
import type { Field } from "./field.js";
import { between, shape } from "./shape.js";

/** How far an arm follows another: in these parts of what that one has spent, while it costs at most `within` times as much. */
interface Following {
	readonly within: number;
	readonly parts: readonly number[];
}

/** Arms follow another one, side by side, each until it has come as far, falls behind or breaks. */
export function* follow(field: Field, arms: readonly Arm[], ahead: Arm, { within, parts }: Following, why: LadderReason): Rounds<void> {
	for (const part of parts) yield* field.advance(keepingUp(field, arms, ahead, within), part * field.spent(ahead), null, why);
}

/**
 * Arms that have just joined catch up with the leader at a rung that costs this much, each until it would end there. `left`: how many times
 * as much the leader is expected to spend up to the goal.
 */
export function* catchUp(field: Field, arms: readonly Arm[], leader: Arm, spend: number, left: number): Rounds<void> {
	for (const part of shape.join.parts) {
		const close = keepingUp(field, arms, leader, between(shape.width, left / part));
		yield* field.advance(close, part * spend, leader, "next to leader");
	}
}

/** Those that may go on and cost at most `within` times as much; those that have not begun. */
function keepingUp(field: Field, arms: readonly Arm[], ahead: Arm, within: number): readonly Arm[] {
	const able = arms.filter(({ result, ended }) => !result?.reached && ended !== "broken");
	return able.filter((arm) => arm.result === null || field.timesOf(arm, ahead) <= within);
}
