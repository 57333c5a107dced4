import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alongside, type Box, boxOf, placeAround } from "./labels.js";

const frame: Box = { left: 0, right: 400, top: 0, bottom: 300 };
const overlaps = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

describe("placeAround", () => {
	test("puts a lone label to the right of its point", () => {
		expect(placeAround([{ x: 100, y: 50, text: "64", distance: 8 }], [], frame, 12)).toEqual([
			{ text: "64", x: 108, y: 50, anchor: "start" },
		]);
	});

	test("turns to the other side at the frame's edge", () => {
		expect(placeAround([{ x: 396, y: 50, text: "1,024", distance: 8 }], [], frame, 12)[0].anchor).toBe("end");
	});

	test("keeps two close points' labels apart", () => {
		const place = fc.record({
			x: fc.integer({ min: 60, max: 340 }),
			y: fc.integer({ min: 60, max: 240 }),
			dx: fc.integer({ min: -20, max: 20 }),
		});
		fc.assert(
			fc.property(place, ({ x, y, dx }) => {
				const points = [0, dx].map((shift) => ({ x: x + shift, y, text: "1,024", distance: 8 }));
				const [a, b] = placeAround(points, [], frame, 12);
				expect(overlaps(boxOf(a, 12), boxOf(b, 12))).toBe(false);
			}),
		);
	});
});

describe("alongside", () => {
	test("follows the line, below it", () => {
		const label = alongside("perfect scaling", { x: 0, y: 0 }, { x: 300, y: 300 }, [], 12);
		expect(label?.rotate).toBe(45);
		expect(label && label.y - label.x).toBeCloseTo(12 * Math.SQRT2, 9); // one line's height off, at a right angle
	});

	test("gives way to what is there", () => {
		const taken = [{ left: 120, right: 180, top: 0, bottom: 60 }];
		expect(alongside("half", { x: 0, y: 10 }, { x: 300, y: 10 }, taken, 12)?.x).not.toBeCloseTo(150, 0);
	});

	test("is left out where the line is too short", () => {
		expect(alongside("perfect scaling", { x: 0, y: 0 }, { x: 50, y: 50 }, [], 12)).toBeNull();
	});
});
