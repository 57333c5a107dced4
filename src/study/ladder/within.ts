import { trialRunKey } from "../../core/trial.js";
import type { Rounds } from "../search/rounds.js";

/** A part as far as a number of runs goes; "spent" if it asks for more. A run that is continued counts once. */
export function* withinRuns<T>(part: Rounds<T>, most: number): Rounds<T | "spent"> {
	const begun = new Set<string>();
	let step = part.next([]);
	while (!step.done) {
		for (const { spec } of step.value) begun.add(trialRunKey(spec));
		if (begun.size > most) return "spent";
		step = part.next(yield step.value);
	}
	return step.value;
}
