import { expect, test } from "vitest";
import { descend } from "./descend.js";

const range = { from: 2 ** -10, to: 4 };
/** A valley at `best`, beyond whose fourfold everything diverges. */
const valley = (best: number) => (rate: number) => (rate > 4 * best ? Number.NaN : Math.abs(Math.log2(rate / best)));

test("goes down a valley from either side, and tries no rate twice", () => {
	for (const best of [2 ** -8, 2 ** -4, 1]) {
		const asked: number[] = [];
		const found = descend(2 ** -4, 4, range, (rate) => {
			asked.push(rate);
			return valley(best)(rate);
		});
		expect(found.rate).toBe(best);
		expect(found.atEdge).toBe(false);
		expect(new Set(asked).size).toBe(asked.length);
		expect(found.tried.map(({ rate }) => rate)).toEqual(asked.sort((a, b) => a - b));
	}
});

test("says where the best lies at the edge of the range", () => {
	expect(descend(2 ** -4, 4, range, (rate) => rate)).toMatchObject({ rate: 2 ** -10, atEdge: true });
	expect(descend(2 ** -4, 4, range, (rate) => -rate)).toMatchObject({ rate: 4, atEdge: true });
});

test("comes down from rates that all diverge", () => {
	expect(descend(1, 4, range, valley(2 ** -6)).rate).toBe(2 ** -6);
});
