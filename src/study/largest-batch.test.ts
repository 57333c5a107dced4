import fc from "fast-check";
import { expect, test } from "vitest";
import { boundsOf, nextSize, type TriedSize } from "./largest-batch.js";

/** Tries sizes on a machine that has room for `room`. */
function search(room: number, start: number, most: number): { readonly sizes: readonly number[]; readonly largest: number | null } {
	const tried: TriedSize[] = [];
	for (let size = nextSize(tried, { start, most }); size !== null; size = nextSize(tried, { start, most }))
		tried.push({ batchSize: size, fits: size <= room });
	return { sizes: tried.map(({ batchSize }) => batchSize), largest: boundsOf(tried).largest };
}

test("a cap of 100 is tried itself, and nothing beyond it", () => {
	expect(search(1e9, 32, 100)).toEqual({ sizes: [32, 64, 100], largest: 100 });
	expect(search(1e9, 32, 16)).toEqual({ sizes: [16], largest: 16 });
});

test("a limit between two powers is found", () => {
	expect(search(300, 32, 4096)).toEqual({ sizes: [32, 64, 128, 256, 512, 384, 320, 288, 304], largest: 288 });
	expect(search(5, 32, 4096).largest).toBe(5);
});

test("nothing fits: one is the last that is tried", () => {
	expect(search(0, 4, 100)).toEqual({ sizes: [4, 2, 1], largest: null });
});

test("in any room: the answer was tried and fits, no size is tried twice or beyond the cap, and it is within a sixteenth of the room", () => {
	fc.assert(
		fc.property(fc.nat(5000), fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 5000 }), (room, start, most) => {
			const { sizes, largest } = search(room, start, most);
			expect(new Set(sizes).size).toBe(sizes.length);
			expect(Math.max(...sizes)).toBeLessThanOrEqual(most);
			if (room === 0) {
				expect(largest).toBeNull();
				return;
			}
			expect(sizes).toContain(largest);
			expect(largest).toBeLessThanOrEqual(room);
			expect(Math.min(room, most) - (largest ?? 0)).toBeLessThanOrEqual(Math.max(0, (largest ?? 0) / 16));
		}),
	);
});
