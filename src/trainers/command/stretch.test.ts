import { expect, test } from "vitest";
import { Stretch } from "./stretch.js";

const stretch = (...marks: readonly (readonly [step: number, seconds: number])[]): Stretch => {
	const made = new Stretch(0.1);
	for (const [step, seconds] of marks) made.mark(step, seconds);
	return made;
};

test("between the first mark and the last, each step as it was heard of first", () => {
	expect(stretch([1, 10], [1, 11], [5, 14], [5, 20], [3, 30]).clock(2)).toEqual({ steps: 4, seconds: 4, startUp: false });
});

test("from zero on where there is one mark, or the clock stood still", () => {
	expect(stretch([4, 10]).clock(2)).toEqual({ steps: 4, seconds: 8, startUp: true });
	expect(stretch([1, 10], [4, 10]).clock(2)).toEqual({ steps: 4, seconds: 8, startUp: true });
});

test("from zero on where the marks lie so close that the clock can't tell them apart", () => {
	expect(stretch([1, 10], [400, 10.09]).clock(2)).toEqual({ steps: 400, seconds: expect.closeTo(8.09, 9), startUp: true });
	expect(stretch([1, 10], [401, 10.2]).clock(2)).toMatchObject({ steps: 400, startUp: false });
	const exact = new Stretch(0);
	exact.mark(1, 10);
	exact.mark(401, 10.02);
	expect(exact.clock(2)).toMatchObject({ steps: 400, startUp: false });
});

test("nothing without marks, or without time", () => {
	expect(stretch().clock(0)).toBeNull();
	expect(stretch([4, 0]).clock(0)).toBeNull();
});

test("leaves out what lies between the last mark before a pause and the next one, and pieces too short to be timed", () => {
	const paused = stretch([1, 10], [5, 14]);
	paused.pause();
	expect(paused.clock(2)).toEqual({ steps: 4, seconds: 4, startUp: false });
	for (const [step, seconds] of [
		[6, 100],
		[10, 104],
	])
		paused.mark(step, seconds);
	expect(paused.clock(2)).toEqual({ steps: 8, seconds: 8, startUp: false });
	paused.pause();
	paused.mark(11, 200);
	paused.mark(12, 200.01);
	paused.pause();
	expect(paused.clock(2)).toEqual({ steps: 8, seconds: 8, startUp: false });
});

test("one mark after a pause shows no time by a clock whose zero lies before it", () => {
	const paused = stretch();
	paused.pause();
	paused.mark(4, 10);
	expect(paused.clock(null)).toBeNull();
});
