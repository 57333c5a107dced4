import { trialKey } from "../core/trial.js";
import type { LiveMessage } from "../study/live-event.js";
import { reasonSentence } from "../words/reason.js";
import type { RunEvent } from "./events.js";

/** The live messages that an event of a run becomes, for those who watch from outside. `now`: ISO 8601, UTC. */
export function liveMessagesOf(event: RunEvent, now: string): readonly LiveMessage[] {
	switch (event.kind) {
		case "planned":
			return [
				{
					kind: "planned",
					trials: event.trials.map((asked) => ({ spec: asked.spec, reason: reasonSentence(asked) })),
					total: event.trials.length,
				},
			];
		case "started":
			// If there is a queue, the trial only waits there for now.
			return event.queue ? [] : [{ kind: "trial started", time: now, spec: event.trial }];
		case "placed":
			return [{ kind: "trial started", time: now, spec: event.trial }];
		case "looks":
			return [{ kind: "looks", trial: trialKey(event.trial), evaluations: event.evaluations }];
		case "finished":
			return [
				{ kind: "trial ended", trial: trialKey(event.trial.spec), outcome: event.trial.result.outcome },
				{ kind: "progress", ...event.progress },
			];
		case "lost":
			return [{ kind: "trial ended", trial: trialKey(event.trial), outcome: "lost" }];
		case "warning":
			return [{ kind: "warnings", texts: event.all }];
		case "calibrating":
			return event.done < event.total ? [{ kind: "timing" }] : [];
		case "testing":
			return [];
	}
}
