import { appendFileSync, readFileSync } from "node:fs";
import { parseEvent, type TrainingEvent } from "./protocol.js";

/**
 * The events that a script has printed; those that scripts append to their file are kept there. Where this process is killed, or the
 * machine fails the trial, and the script goes on from a checkpoint, it doesn't report again what it had reported before.
 */
export class History {
	readonly #file: string;
	#lines: string[] = [];

	constructor(file: string) {
		this.#file = file;
	}

	add({ place, metrics, gradient, seconds, trial }: TrainingEvent): void {
		const isReport = Object.keys(metrics).length > 0 || gradient !== null;
		if (isReport)
			this.#lines.push(
				JSON.stringify({
					sweetspot: 1,
					...place,
					metrics,
					...(gradient && { gradient }),
					...(seconds !== null && { seconds }),
					...(trial !== null && { trial }),
				}),
			);
	}

	/** Writes what was added. */
	flush(): void {
		if (this.#lines.length === 0) return;
		appendFileSync(this.#file, `${this.#lines.join("\n")}\n`);
		this.#lines = [];
	}
}

/** The events in a file, in order; none where there is no such file. */
export function eventsIn(file: string): readonly TrainingEvent[] {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch {
		return [];
	}
	return text.split("\n").flatMap((line) => {
		const event = parseEvent(line);
		return event === null || "wrong" in event ? [] : [event];
	});
}
