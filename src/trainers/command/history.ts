import { appendFileSync, closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import type { OutputPatterns } from "../../study/workloads/command/workload.js";
import { EventFinder } from "./event-finder.js";
import type { TrialFiles } from "./files.js";
import type { Hearing } from "./heard/hearing.js";
import type { Parsed, TrainingEvent } from "./protocol.js";

/**
 * The events that patterns found in what a script printed. A counter may stand in one stream and its metric in the other, whose order the
 * files of the two don't keep.
 */
export class History {
	readonly #file: string;
	#lines: string[] = [];

	constructor(file: string) {
		this.#file = file;
	}

	add({ place, metrics }: TrainingEvent): void {
		if (Object.keys(metrics).length > 0) this.#lines.push(JSON.stringify({ sweetspot: 1, ...place, metrics }));
	}

	/** Writes what was added. */
	flush(): void {
		if (this.#lines.length === 0) return;
		try {
			appendFileSync(this.#file, `${this.#lines.join("\n")}\n`);
		} catch {} // a full disk: what was printed is there as well
		this.#lines = [];
	}
}

/**
 * What earlier attempts at a trial said, even if no one was there to hear it: a list for each of its files, in order. A script that goes on
 * from a checkpoint doesn't say it again.
 */
export function saidBefore(
	{ events, stdout, stderr, printed }: TrialFiles,
	patterns: OutputPatterns | undefined,
	hearing: Hearing | null,
	most?: number,
) {
	const found = [events, stdout, stderr, printed].map((file) =>
		eventsIn(file, file === stdout || file === stderr ? patterns : undefined, hearing, most),
	);
	return found.filter((list) => list.length > 0);
}

const chunkBytes = 2 ** 16;

/** The events in a file, in order; none where there is no such file. `most`: only so many bytes of it are read. */
function eventsIn(
	file: string,
	patterns: OutputPatterns | undefined,
	hearing: Hearing | null,
	most = Number.POSITIVE_INFINITY,
): readonly TrainingEvent[] {
	const found: TrainingEvent[] = [];
	const takers = { onEvent: (event: Parsed) => void ("wrong" in event || found.push(event)), onLine: () => {}, onBytes: () => {} };
	const finder = new EventFinder(patterns, takers, hearing);
	let descriptor: number;
	try {
		descriptor = openSync(file, "r");
	} catch {
		return [];
	}
	try {
		const stream = finder.stream();
		for (let total = 0; total < most; ) {
			const chunk = Buffer.allocUnsafe(chunkBytes);
			const count = readSync(descriptor, chunk);
			if (count === 0) break;
			total += count;
			stream.push(chunk.subarray(0, count));
			finder.match();
		}
		stream.end();
		finder.match();
	} finally {
		closeSync(descriptor);
	}
	return found;
}

/** Ends the last line of a file where a killed script has left half of one: the next attempt's first line must stand by itself. */
export function endLastLine(file: string): void {
	try {
		const descriptor = openSync(file, "a+");
		try {
			const { size } = fstatSync(descriptor);
			const last = Buffer.alloc(1);
			if (size > 0 && readSync(descriptor, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a) writeSync(descriptor, "\n");
		} finally {
			closeSync(descriptor);
		}
	} catch {} // a full disk, or a file that isn't ours to write: its reader will say so
}
