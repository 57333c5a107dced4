import { expect, test } from "vitest";
import { Silence } from "./silence.js";

const minute = 60_000;

/** Passes every second up to a time. */
function passes(silence: Silence, from: number, to: number): void {
	for (let now = from; now <= to; now += 1000) silence.pass(now);
}

test("ten minutes are allowed, and ten times the longest silence so far where that is more", () => {
	const silence = new Silence(0, 10 * minute);
	passes(silence, 0, 10 * minute);
	expect(silence.isTooLong(10 * minute)).toBe(false);
	expect(silence.isTooLong(10 * minute + 1)).toBe(true);
	silence.broken(3 * minute);
	silence.broken(4 * minute);
	expect(silence.limitSeconds).toBe(30 * 60);
	expect(silence.isTooLong(34 * minute)).toBe(false);
	expect(silence.isTooLong(34 * minute + 1)).toBe(true);
});

test("time in which this process was stopped doesn't count", () => {
	const silence = new Silence(0, 10 * minute);
	passes(silence, 0, 5 * minute);
	passes(silence, 65 * minute, 70 * minute); // stopped for an hour
	expect(silence.isTooLong(70 * minute)).toBe(false);
	passes(silence, 70 * minute, 71 * minute);
	expect(silence.isTooLong(71 * minute)).toBe(true);
});
