import { SweetspotError } from "../../../core/errors.js";
import type { JobEnd, JobState } from "../job-system.js";

/** Words for the ends of jobs, as a site's `poll` prints them. */
const ends: Readonly<Record<string, { readonly end: JobEnd; readonly words: string }>> = {
	done: { end: "done", words: "its job ended" },
	failed: { end: "failed", words: "its job failed" },
	"out-of-memory": { end: "out of memory", words: "its job used more memory than it may" },
	"out-of-time": { end: "out of time", words: "its job reached its time limit" },
	"taken-away": { end: "taken away", words: "its job was taken away" },
	cancelled: { end: "cancelled", words: "its job was cancelled" },
};

const known = ["queued", "running", ...Object.keys(ends)];

/**
 * What `poll` printed: `JOB STATE [WORDS]` a line. WORDS: why it waits, where it runs, or how it ended. Throws `cluster/unusable` where a
 * line is none of that.
 */
export function printedStates(printed: string): ReadonlyMap<string, JobState> {
	const states = new Map<string, JobState>();
	for (const line of printed.split("\n")) {
		if (line.trim() === "") continue;
		const [, job = "", state = "", rest = ""] = /^\s*(\S+)\s+(\S+)\s*(.*?)\s*$/.exec(line) ?? [];
		if (!known.includes(state))
			throw new SweetspotError(
				"cluster/unusable",
				`the command of cluster.command.poll printed ${JSON.stringify(line.slice(0, 200))}`,
				`let it print a line \`JOB STATE\` for each job, with STATE one of ${known.join(", ")}`,
			);
		states.set(job, stateOf(state, rest));
	}
	return states;
}

function stateOf(state: string, rest: string): JobState {
	const words = rest === "" ? null : rest;
	if (state === "queued") return { kind: "queued", why: words };
	if (state === "running") return { kind: "running", machine: words };
	const { end, words: usual } = ends[state];
	return { kind: "ended", end, words: words === null ? usual : `${usual} (${words})` };
}
