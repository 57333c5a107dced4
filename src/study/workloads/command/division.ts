/** How a batch is processed in parts: the number of devices, and the most examples that each takes at once. */
export interface Parts {
	readonly microBatch?: number;
	readonly devices?: number;
}

/** One update of a batch: `microBatch` examples at once on each device, `accumulation` times. */
export interface Division {
	readonly microBatch: number;
	readonly accumulation: number;
}

/**
 * The largest equal parts that are allowed: microBatch × accumulation × devices = batchSize. Null where the devices can't have equal
 * shares.
 */
export function divided(batchSize: number, { microBatch: most = Number.POSITIVE_INFINITY, devices = 1 }: Parts): Division | null {
	if (batchSize % devices !== 0) return null;
	const share = batchSize / devices;
	let microBatch = Math.min(share, most);
	while (share % microBatch !== 0) microBatch--;
	return { microBatch, accumulation: share / microBatch };
}
