import { SweetspotError } from "../../core/errors.js";
import type { JobState, JobSystem } from "./job-system.js";

/** What the job system knows; null where it doesn't answer: it is asked again. Throws what a user must fix first. */
export async function answered(system: JobSystem): Promise<ReadonlyMap<string, JobState> | null> {
	try {
		return await system.poll();
	} catch (error) {
		if (error instanceof SweetspotError) throw error;
		return null;
	}
}
