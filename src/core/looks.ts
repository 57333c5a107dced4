/** The ratio of looks where a study doesn't say. */
export const usualRatio = 1.05;

/**
 * When a run is looked at: after steps 1, 2, 3, … and from there on at max(s + 1, floor(s · ratio)). The same for every batch size, never
 * per epoch: an epoch is N steps at batch size 1 and one step at N, and would decide the answer. A ratio of 1 looks after every step.
 */
export const nextLook = (step: number, ratio: number): number => Math.max(step + 1, Math.floor(step * ratio));

/** Whether a look came later than it was due: the trainer reports more seldom than it would be looked at. */
export const isLate = (after: number, step: number, ratio: number): boolean => step > nextLook(after, ratio);

/** The last look at or before `steps`; 0 if `steps` is below 1. */
export function lastLookBy(steps: number, ratio: number): number {
	let look = 0;
	for (let next = nextLook(0, ratio); next <= steps; next = nextLook(next, ratio)) look = next;
	return look;
}

/** How many looks there are up to `steps`. */
export function looksBy(steps: number, ratio: number): number {
	let count = 0;
	for (let next = nextLook(0, ratio); next <= steps; next = nextLook(next, ratio)) count++;
	return count;
}

/** The last look before `look`; 0 if that is the first. */
export const previousLook = (look: number, ratio: number): number => lastLookBy(look - 1, ratio);
