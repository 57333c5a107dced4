/** A job of several trials lasts about this long: a start of some seconds is not paid for each of a millisecond. */
const packedSeconds = 20;

/** Trials of one job at most: where it is lost, they run again. */
const mostPacked = 64;

/**
 * Divides trials among jobs, in order. As many jobs as may run at once are filled evenly; trials that take long have a job each. `seconds`: what a trial takes on average; null where that
 * is not known, and each has a job of its own.
 */
export function packed<Trial>(trials: readonly Trial[], slots: number, seconds: number | null): readonly (readonly Trial[])[] {
	const bySeconds = seconds === null ? 1 : Math.floor(packedSeconds / Math.max(seconds, packedSeconds / mostPacked));
	const size = Math.max(1, Math.min(bySeconds, Math.ceil(trials.length / Math.max(1, slots))));
	const jobs: Trial[][] = [];
	for (let at = 0; at < trials.length; at += size) jobs.push(trials.slice(at, at + size));
	return jobs;
}
