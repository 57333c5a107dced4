import { type Arm, isSound } from "./arm.js";
import type { Field } from "./field.js";

/** The arm that reached the goal at the lowest cost; null if none did. */
export function cheapest(field: Field): Arm | null {
	const reached = field.arms.filter((arm) => arm.result?.reached && isSound(arm));
	return reached.reduce<Arm | null>((best, arm) => (best && field.crossedFor(best) <= field.crossedFor(arm) ? best : arm), null);
}
