/**
 * The middle one of `count` values, of an even number the upper one. `values`: those that are known, in any order; the others count as
 * larger than any. Undefined where the middle one is not known, or there is none.
 */
export const upperMiddle = (values: readonly number[], count = values.length): number | undefined =>
	[...values].sort((a, b) => a - b)[Math.floor(count / 2)];
