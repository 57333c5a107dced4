/** That a run ended without the goal's metric. `how`: "the script ended"; `seen`: what it reported instead. */
export const neverReported = (how: string, metric: string, seen: readonly string[]): string =>
	`${how} without having reported ${metric}${seen.length > 0 ? `; it reported ${seen.join(", ")}` : ""}`;

/** Whether a trial's message says that its run reported other metrics, and never the goal's. */
export const isNeverReported = (message: string | null): boolean =>
	message !== null && / without having reported \S+; it reported /.test(message.split("\n")[0]);
