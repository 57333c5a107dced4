import type { ColumnAnswer } from "../../core/column.js";

/** A size at which no rate met the goal. */
export const notReached = (batchSize: number, replaced: readonly number[]): ColumnAnswer => ({
	batchSize,
	state: "not reached",
	learningRate: null,
	steps: null,
	atEdge: false,
	replaced,
	reportingRuns: 0,
});

/** A size whose runs don't fit into memory. */
export const outOfMemory = (batchSize: number): ColumnAnswer => ({ ...notReached(batchSize, []), state: "out of memory" });
