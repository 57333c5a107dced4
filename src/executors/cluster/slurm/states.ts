import type { JobEnd, JobState } from "../job-system.js";

/** The columns that `squeue` is asked for, with sufficient widths: longer contents are cut off. */
const columns = [
	["ArrayJobID", 24],
	["ArrayTaskID", 24],
	["State", 24],
	["NodeList", 128],
	["Reason", 80],
] as const;

/** The argument of `squeue --Format`. */
export const queueFormat = columns.map(([name, width]) => `${name}:${width}`).join(",");

/** States in which a job has not ended, and is with a node. */
const running = new Set(["RUNNING", "COMPLETING", "CONFIGURING", "SUSPENDED", "STOPPED", "SIGNALING", "STAGE_OUT", "RESIZING"]);

/** States in which it waits, for the first time or again. */
const queued = new Set(["PENDING", "REQUEUED", "REQUEUE_FED", "REQUEUE_HOLD", "SPECIAL_EXIT", "RESV_DEL_HOLD"]);

/** Reasons of a job that simply waits for its turn: https://slurm.schedmd.com/job_reason_codes.html. */
const turns = new Set(["", "None", "Priority", "Resources", "JobArrayTaskLimit", "BeginTime", "Cleaning", "Prolog"]);

/**
 * The reason of a job that waits to be released by hand: https://slurm.schedmd.com/job_reason_codes.html, in the words of 22.05 and later.
 */
const launchFailed = "launch failed requeued held";

const ends: Readonly<Record<string, { readonly end: JobEnd; readonly words: string }>> = {
	COMPLETED: { end: "done", words: "its job ended" },
	FAILED: { end: "failed", words: "its job failed" },
	OUT_OF_MEMORY: { end: "out of memory", words: "its job used more memory than it may" },
	TIMEOUT: { end: "out of time", words: "its job reached its time limit" },
	DEADLINE: { end: "out of time", words: "its job reached its deadline" },
	PREEMPTED: { end: "taken away", words: "its job was preempted" },
	NODE_FAIL: { end: "taken away", words: "its node failed" },
	BOOT_FAIL: { end: "taken away", words: "its node did not start" },
	REVOKED: { end: "taken away", words: "its job was revoked" },
	CANCELLED: { end: "cancelled", words: "its job was cancelled" },
};

/**
 * What `squeue` printed, by job: `17_3` for a task of an array. Unreadable lines are skipped. A job in an unknown state counts as running.
 */
export function jobStates(printed: string): ReadonlyMap<string, JobState> {
	const states = new Map<string, JobState>();
	for (const line of printed.split("\n")) {
		let at = 0;
		const [array, task, state, nodes, reason] = columns.map(([, width]) => {
			const field = line.slice(at, at + width).trim();
			at += width;
			return field;
		});
		if (!/^\d+$/.test(array) || !/^\d+$/.test(task)) continue;
		states.set(`${array}_${task}`, stateOf(state.replace(/[+*].*$/, ""), nodes, reason));
	}
	return states;
}

function stateOf(state: string, nodes: string, reason: string): JobState {
	const why = turns.has(reason) ? null : reason;
	// After a node failed to start it, Slurm holds a job until somebody releases it: it is as good as gone.
	if (queued.has(state) && why === launchFailed) return { kind: "ended", end: "taken away", words: "its node failed to start it" };
	if (queued.has(state)) return { kind: "queued", why };
	const ended = ends[state];
	if (ended === undefined || running.has(state)) return { kind: "running", machine: nodes === "" ? null : nodes };
	const details = [nodes === "" ? null : `on ${nodes}`, why].filter((text) => text !== null);
	return { kind: "ended", end: ended.end, words: details.length > 0 ? `${ended.words} (${details.join(", ")})` : ended.words };
}
