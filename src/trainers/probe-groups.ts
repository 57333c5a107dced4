/**
 * A probe draws this many disjoint groups of examples, each of this size at most: enough for a jackknife, few enough to cost about two
 * evaluations.
 */
const most = { groups: 16, size: 64 };

/** How many disjoint groups of examples a noise probe draws, and of how many examples each. */
export interface ProbeGroups {
	readonly groups: number;
	readonly size: number;
}

/**
 * As many and as large groups as the training set allows; null if it has fewer than four examples, or fewer than two units of `together`.
 * `together`: examples that have a gradient only as a unit; the size of a group is a multiple of it.
 */
export function probeGroups(examples: number, together = 1): ProbeGroups | null {
	const groups = Math.min(most.groups, Math.floor(examples / Math.max(2, together)));
	if (groups < 2) return null;
	const size = Math.min(Math.max(most.size, together), Math.floor(examples / groups));
	return { groups, size: size - (size % together) };
}
