/** What of the optimizer a study may search in addition to the learning rate. A key is present only where it is searched: else it is the workload's own. */
export interface Setting {
	/** μ in [0, 1). */
	readonly momentum?: number;
	/** λ ≥ 0. */
	readonly weightDecay?: number;
}

/** The setting in what holds one among other things: a trial's specification, an answer. */
export const settingOf = ({ momentum, weightDecay }: Setting): Setting => ({
	...(momentum !== undefined && { momentum }),
	...(weightDecay !== undefined && { weightDecay }),
});

/** Whether two are of one rate and setting. */
export const isSameRate = (
	a: Setting & { readonly learningRate: number | null },
	b: Setting & { readonly learningRate: number | null },
): boolean => a.learningRate === b.learningRate && a.momentum === b.momentum && a.weightDecay === b.weightDecay;

/** Names a setting within its study; empty where nothing is searched. */
export const settingKey = ({ momentum, weightDecay }: Setting): string =>
	`${momentum === undefined ? "" : `/momentum ${momentum}`}${weightDecay === undefined ? "" : `/decay ${weightDecay}`}`;
