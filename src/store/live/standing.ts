import { type Evaluation, trialKey } from "../../core/trial.js";
import type { LiveEvent, LiveLooks, LiveMessage, LiveTrialStarted } from "../../study/live-event.js";
import { thinned } from "./thinned.js";

export const lineOf = (event: LiveEvent): string => `${JSON.stringify(event)}\n`;

/** Looks that are kept of a running trial: as many as a chart can show. */
const mostLooks = 256;

/** The state that the messages of a run have led to: what a new reader has to know. */
export class Standing {
	readonly #running = new Map<string, { readonly started: LiveTrialStarted; looks: Evaluation[] }>();
	/** The last of each kind. */
	readonly #last = new Map<LiveMessage["kind"], LiveMessage>();

	add(message: LiveMessage): void {
		switch (message.kind) {
			case "trial started":
				this.#running.set(trialKey(message.spec), { started: message, looks: [] });
				return;
			case "looks": {
				const trial = this.#running.get(message.trial);
				if (trial === undefined) return;
				trial.looks = [...trial.looks, ...message.evaluations];
				if (trial.looks.length > 2 * mostLooks) trial.looks = [...thinned(trial.looks, mostLooks)];
				return;
			}
			case "trial ended":
				this.#running.delete(message.trial);
				return;
			default:
				this.#last.delete(message.kind); // in the order in which they came: a plan ends the timing before it
				this.#last.set(message.kind, message);
		}
	}

	/**
	 * Messages that bring a reader up to date, as lines of at most this many bytes in all. If space is short, looks are thinned out; if
	 * that is not enough, messages are left out.
	 */
	lines(mostBytes: number): string {
		let text = "";
		let left = mostBytes;
		const add = (message: LiveMessage): boolean => {
			const line = lineOf(message);
			const fits = Buffer.byteLength(line) <= left;
			if (fits) {
				text += line;
				left -= Buffer.byteLength(line);
			}
			return fits;
		};
		for (const message of this.#last.values()) add(message);
		const begun = [...this.#running].filter(([, { started }]) => add(started));
		const share = left / begun.length;
		for (const [trial, { looks }] of begun) add(looksWithin(trial, looks, share));
		return text;
	}
}

/** A message of the looks that takes about this many bytes at most. */
function looksWithin(trial: string, looks: readonly Evaluation[], bytes: number): LiveLooks {
	const message = { kind: "looks", trial, evaluations: thinned(looks, mostLooks) } as const;
	const size = Buffer.byteLength(lineOf(message));
	if (size <= bytes) return message;
	const room = Math.floor((message.evaluations.length * bytes) / size) - 2; // two fewer, since looks differ in size
	return { ...message, evaluations: room < 2 ? [] : thinned(looks, room) };
}
