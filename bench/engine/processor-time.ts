/**
 * Seconds of processor time that `work` takes in this process. On an idle machine that is the time by the clock; on a busy one it leaves
 * out what other processes were given meanwhile, which is all that the clock shows there.
 */
export function processorSeconds(work: () => unknown): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1e6;
}
