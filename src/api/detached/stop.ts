import { SweetspotError } from "../../core/errors.js";
import { claimNextGeneration } from "../../executors/cluster/detached/generations.js";
import { giveUpRounds } from "../../executors/cluster/detached/rounds.js";
import { endJobsOf } from "../../executors/cluster/slurm/system.js";
import { allElsewhere, forgetElsewhere } from "../../store/elsewhere.js";
import { openStore } from "../../store/open.js";
import { takeIn } from "./take-in.js";

/**
 * Ends a detached study: no controller goes on, all its jobs are cancelled, and what its last snapshot has is taken into the store. Null
 * where this study isn't detached; else whether Slurm has none of its jobs any more. Files ask the jobs to end as well.
 */
export async function stopDetached(folder: string, id: string): Promise<{ readonly hasEnded: boolean } | null> {
	const note = allElsewhere(folder).find((one) => one.id === id);
	if (!note) return null;
	claimNextGeneration(note.folder);
	giveUpRounds(note.folder);
	const hasEnded = await endJobsOf(note.tag).catch((error: unknown) => {
		if (error instanceof SweetspotError) return false; // Slurm isn't on this machine: the files end its jobs
		throw error;
	});
	const store = openStore(folder, { mode: "write" });
	try {
		await takeIn(store, id, note.folder);
		store.setState(id, "interrupted", 0, null);
		forgetElsewhere(folder, id);
	} finally {
		store.close();
	}
	return { hasEnded };
}
