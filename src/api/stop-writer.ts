import { hostname } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import { SweetspotError } from "../core/errors.js";
import { currentWriter, type Writer, writerId } from "../store/writer-note.js";

/** Milliseconds from one look at the process to the next, and for how long it is looked at. */
const pollMilliseconds = 100;
const patienceMilliseconds = 30_000;

/** What came of it. */
export interface Stopped {
	/** False: it was asked to end, and is still ending. */
	readonly hasEnded: boolean;
}

/**
 * Asks the process that writes to the store in `folder` to end as Ctrl-C does: trials in flight are cancelled, what is finished is kept,
 * and the study can be resumed. `id`: what it runs, for messages. Throws `store/not-running`, also where the process is another user's, or
 * on another machine.
 */
export async function stopWriter(folder: string, id: string): Promise<Stopped> {
	const writer = currentWriter(folder);
	if (writer === null) throw new SweetspotError("store/not-running", id, `continue it: \`sweetspot resume ${id}\``);
	if (writer.host !== hostname())
		throw new SweetspotError("store/not-running", `${id} runs on ${writer.host}`, `stop it there: \`sweetspot stop ${id}\``);
	terminate(writer, id);
	for (const end = Date.now() + patienceMilliseconds; Date.now() < end; await after(pollMilliseconds)) {
		const now = currentWriter(folder);
		if (now === null || writerId(now) !== writerId(writer)) return { hasEnded: true };
	}
	return { hasEnded: false };
}

/** The note of the writer names its process by id and start: a later process with the same id is never meant. */
function terminate({ pid, command }: Writer, id: string): void {
	try {
		process.kill(pid, "SIGTERM");
	} catch (cause) {
		if (cause instanceof Error && "code" in cause && cause.code === "ESRCH") return; // it has just ended by itself
		throw new SweetspotError(
			"store/not-running",
			`${id} is run by process ${pid} of another user (${command})`,
			"ask its owner to stop it, or stop it as that user",
			{ cause },
		);
	}
}
