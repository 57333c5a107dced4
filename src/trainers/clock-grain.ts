/** The smallest of this many is taken: another program can only make one longer. */
const tries = 5;

/**
 * Seconds between two readings of the clock that differ: a tenth of a microsecond in Node, but 0.1 ms in a page without COOP and COEP
 * headers, which is shown a coarse clock.
 */
export function clockGrain(): number {
	let least = Number.POSITIVE_INFINITY;
	let before = nextReading(performance.now());
	for (let i = 0; i < tries; i++) {
		const after = nextReading(before);
		least = Math.min(least, after - before);
		before = after;
	}
	return least / 1000;
}

function nextReading(before: number): number {
	for (;;) {
		const now = performance.now();
		if (now > before) return now;
	}
}
