import { rmSync } from "node:fs";
import { SweetspotError } from "../../core/errors.js";
import { lastSnapshot, lastStanding } from "../../executors/cluster/detached/order.js";
import { countJobsOf } from "../../executors/cluster/slurm/system.js";
import { allElsewhere, type Elsewhere, forgetElsewhere, noteElsewhere } from "../../store/elsewhere.js";
import { openStore } from "../../store/open.js";
import { formatCount } from "../../words/numbers.js";

/**
 * Takes into the store in `folder` what detached studies have found out since, and notes those that have ended. Does nothing where there are
 * none. Returns what is worth a word, with the id of its study.
 */
export async function refreshDetached(folder: string): Promise<readonly { readonly id: string; readonly text: string }[]> {
	const said: { id: string; text: string }[] = [];
	for (const note of allElsewhere(folder)) {
		try {
			said.push({ id: note.id, text: await refreshed(folder, note) });
		} catch (error) {
			if (!(error instanceof SweetspotError)) throw error;
			said.push({ id: note.id, text: `${note.id} goes on in Slurm; what it has found out since can't be read now: ${error.message}` });
		}
	}
	return said;
}

async function refreshed(folder: string, note: Elsewhere): Promise<string> {
	const { id, folder: jobs } = note;
	const queue = await countJobsOf(note.tag); // asked first: a controller says how it ended before its job is gone
	const standing = lastStanding(jobs);
	const isGone = queue !== null && queue.running + queue.waiting === 0;
	const snapshot = lastSnapshot(jobs);
	const hasEnded = standing?.state !== "waits" || isGone;
	if (snapshot > note.taken || hasEnded) {
		const { takeIn } = await import("./take-in.js");
		const store = openStore(folder, { mode: "write" });
		try {
			const taken = await takeIn(store, id, jobs);
			if (snapshot > note.taken) noteElsewhere(folder, { ...note, taken: snapshot });
			if (hasEnded) {
				const digest = standing?.state === "complete" ? (taken?.digest ?? null) : null;
				store.setState(id, digest === null ? "interrupted" : "complete", 0, digest);
				forgetElsewhere(folder, id);
				if (digest !== null) rmSync(jobs, { recursive: true, force: true });
			}
		} finally {
			store.close();
		}
	}
	if (queue === null && !hasEnded) return `${id} goes on in Slurm, which does not answer now.`;
	if (!hasEnded)
		return `${id} goes on in Slurm: ${formatCount(queue?.running ?? 0)} of its jobs run, ${formatCount(queue?.waiting ?? 0)} wait.`;
	if (standing?.state === "complete") return `${id} is complete: its jobs in Slurm have ended.`;
	const why =
		standing?.state === "ended"
			? standing.problem
			: `none of its jobs is in Slurm's queue any more; what its controllers printed is in ${jobs}`;
	return `${id} was interrupted: ${why}. Go on with: sweetspot resume ${id} --executor slurm --detach`;
}
