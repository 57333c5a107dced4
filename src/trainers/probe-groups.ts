/** A probe draws this many disjoint groups of examples, each of this size at most: enough for a jackknife, few enough to cost about two evaluations. */
const most = { groups: 16, size: 64 };

/** How many disjoint groups of examples a noise probe draws, and of how many examples each. */
export interface ProbeGroups {
	readonly groups: number;
	readonly size: number;
}

/** As many and as large groups as the training set allows; null where it has fewer than four examples. */
export function probeGroups(examples: number): ProbeGroups | null {
	const groups = Math.min(most.groups, Math.floor(examples / 2));
	return groups < 2 ? null : { groups, size: Math.min(most.size, Math.floor(examples / groups)) };
}
