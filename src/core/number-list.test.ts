import fc from "fast-check";
import { expect, test } from "vitest";
import { NumberList } from "./number-list.js";

const step = fc.oneof(
	{ arbitrary: fc.record({ times: fc.integer({ min: 1, max: 400 }), value: fc.constantFrom(Number.NaN, 0, -0, 1.5, 1e300) }), weight: 3 },
	{ arbitrary: fc.record({ dropped: fc.integer({ min: 1, max: 300 }) }), weight: 1 },
);

test("a list has what an array has, however it grew and shrank", () => {
	fc.assert(
		fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
			const list = new NumberList();
			const array: number[] = [];
			for (const one of steps)
				if ("dropped" in one)
					for (let left = Math.min(one.dropped, array.length); left > 0; left--) {
						list.drop();
						array.pop();
					}
				else
					for (let i = 0; i < one.times; i++) {
						list.push(one.value + i);
						array.push(one.value + i);
					}
			expect(list.length).toBe(array.length);
			expect(array.map((_, i) => list.at(i))).toEqual(array);
			expect(list.at(array.length)).toBeNaN();
			expect(list.at(-1)).toBeNaN();
			expect([...list.take()]).toEqual(array);
			expect(list.length).toBe(0);
			list.push(7);
			expect([...list.take()]).toEqual([7]);
		}),
	);
});

test("numbers that were never measured take no memory", () => {
	const before = process.memoryUsage().arrayBuffers;
	const list = new NumberList();
	for (let i = 0; i < 1_000_000; i++) list.push(Number.NaN);
	expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
	expect(list.at(999_999)).toBeNaN();
});
