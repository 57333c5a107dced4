import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { after } from "./after.js";

const day = 86_400_000;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([1, 10, 24.8 * day, 24.9 * day, 60 * day, 365 * day])("acts after %d milliseconds, once, and not before", (milliseconds) => {
	let acted = 0;
	after(milliseconds, () => acted++);
	vi.advanceTimersByTime(milliseconds - 1);
	expect(acted).toBe(0);
	vi.advanceTimersByTime(1 + day);
	expect(acted).toBe(1);
});

test("never acts where it is called off, or that is for ever away", () => {
	let acted = 0;
	const callOff = after(50 * day, () => acted++);
	after(Number.POSITIVE_INFINITY, () => acted++);
	vi.advanceTimersByTime(40 * day);
	callOff();
	vi.advanceTimersByTime(1000 * day);
	expect(acted).toBe(0);
});
