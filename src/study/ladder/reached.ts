import type { Arm } from "./arm.js";
import type { Field } from "./field.js";

/** The arm that reached the goal at the lowest cost; null if none did. */
export function cheapest(field: Field): Arm | null {
	const reached = field.arms.filter(({ result, ended }) => result?.reached && ended !== "lucky" && ended !== "broken");
	return reached.reduce<Arm | null>((best, arm) => (best && field.crossedFor(best) <= field.crossedFor(arm) ? best : arm), null);
}
