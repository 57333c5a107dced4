/** A job of several trials lasts about this long, so that short trials don't each pay for a start of some seconds. */
const packedSeconds = 20;

/** Largest number of trials in one job: if it is lost, they run again. */
const mostPacked = 64;

/**
 * Divides trials among jobs, in order. As many jobs as may run at once are filled evenly; long trials get a job each. `seconds`: the
 * average duration of a trial; null: unknown, and each gets its own job.
 */
export function packed<Trial>(trials: readonly Trial[], slots: number, seconds: number | null): readonly (readonly Trial[])[] {
	const bySeconds = seconds === null ? 1 : Math.floor(packedSeconds / Math.max(seconds, packedSeconds / mostPacked));
	const size = Math.max(1, Math.min(bySeconds, Math.ceil(trials.length / Math.max(1, slots))));
	const jobs: Trial[][] = [];
	for (let at = 0; at < trials.length; at += size) jobs.push(trials.slice(at, at + size));
	return jobs;
}
