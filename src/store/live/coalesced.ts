import { type Evaluation, trialKey } from "../../core/trial.js";
import type { LiveMessage } from "../../study/live-event.js";
import { thinned } from "./thinned.js";

/** The messages about a trial that has not ended. */
interface Mentions {
	started: boolean;
	/** Positions of its messages. */
	readonly places: number[];
	/** All its looks; they are one message, at the place of the first. */
	readonly looks: Evaluation[];
	looksAt: number | null;
}

/**
 * The messages of one write, in order, but shorter. The looks of a trial are one message of at most `most.looks`. Only the last plan,
 * progress and warning are kept, and a plan has at most `most.planned` trials. A trial that begins and ends within these messages is left
 * out, unless it was lost: the store will never have a lost trial.
 */
export function coalesced(
	messages: readonly LiveMessage[],
	most: { readonly looks: number; readonly planned: number },
): readonly LiveMessage[] {
	const kept = new Map<number, LiveMessage>();
	const mentions = new Map<string, Mentions>();
	const lastOfKind = new Map<LiveMessage["kind"], number>();
	const of = (trial: string): Mentions => {
		const known = mentions.get(trial) ?? { started: false, places: [], looks: [], looksAt: null };
		mentions.set(trial, known);
		return known;
	};
	for (const [place, message] of messages.entries()) {
		if (message.kind === "trial started") {
			const trial = of(trialKey(message.spec));
			trial.started = true;
			trial.places.push(place);
			kept.set(place, message);
		} else if (message.kind === "looks") {
			const trial = of(message.trial);
			for (const look of message.evaluations) trial.looks.push(look);
			trial.looksAt ??= place;
			trial.places.push(trial.looksAt);
			kept.set(trial.looksAt, { ...message, evaluations: thinned(trial.looks, most.looks) });
		} else if (message.kind === "trial ended") {
			const { started, places } = of(message.trial);
			mentions.delete(message.trial);
			if (started && message.outcome !== "lost") for (const mentioned of places) kept.delete(mentioned);
			else kept.set(place, message);
		} else {
			kept.delete(lastOfKind.get(message.kind) ?? place);
			lastOfKind.set(message.kind, place);
			kept.set(place, message.kind === "planned" ? { ...message, trials: message.trials.slice(0, most.planned) } : message);
		}
	}
	return [...kept].sort(([a], [b]) => a - b).map(([, message]) => message);
}
