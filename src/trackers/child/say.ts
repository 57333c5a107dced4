import { writeSync } from "node:fs";

/** Bytes that are collected before they are written. */
const chunk = 65_536;
const pause = new Int32Array(new SharedArrayBuffer(4));
let waiting: string[] = [];
let length = 0;

/** Prints one JSON text as a line; lines are collected and written together. */
export function say(message: unknown): void {
	const line = `${JSON.stringify(message)}\n`;
	waiting.push(line);
	length += line.length;
	if (length >= chunk) flush();
}

function flush(): void {
	const bytes = Buffer.from(waiting.join(""));
	waiting = [];
	length = 0;
	for (let at = 0; at < bytes.length; ) {
		try {
			at += writeSync(1, bytes, at);
		} catch (error) {
			if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
			Atomics.wait(pause, 0, 0, 5); // the reader is slower: the pipe is full
		}
	}
}

/** Does the work, and reports that it is done or what is wrong with the file. */
export async function reading(work: () => void | Promise<void>): Promise<void> {
	try {
		await work();
		say("done");
	} catch (error) {
		say({ error: error instanceof Error ? error.message : String(error) });
	}
	flush();
}
