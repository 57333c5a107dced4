import { expect, test } from "vitest";
import { diagnose, riseOf } from "./diagnose.js";

const times = Array.from({ length: 41 }, (_, i) => i / 40);

test("distinguishes textbook curves", () => {
	const fast = times.map((t) => 0.1 + 0.9 * Math.exp(-t / 0.05));
	const slow = times.map((t) => Math.exp(-t));
	expect(diagnose(fast, fast)).toBe("well-fitted");
	expect(diagnose(slow, slow)).toBe("under-fitted");
	expect(
		diagnose(
			times.map(() => 0.97),
			times.map(() => 0.98),
		),
	).toBe("under-fitted");
	expect(
		diagnose(
			fast,
			fast.map((loss, i) => loss + 0.3 * Math.max(0, times[i] - 0.4)),
		),
	).toBe("over-fitted");
	// The training loss still falls, but the held-out loss has long turned.
	expect(
		diagnose(
			slow,
			slow.map((loss, i) => loss + Math.max(0, 1.5 * (times[i] - 0.3))),
		),
	).toBe("over-fitted");
});

test("a single wild look changes nothing", () => {
	const calm = times.map((t) => 0.1 + 0.9 * Math.exp(-t / 0.05));
	const wild = calm.map((loss, i) => (i === 20 || i === 40 ? loss + 2 : loss));
	expect(diagnose(calm, wild)).toBe("well-fitted");
});

test("the rise is what the smoothed loss ends above its least, in parts of where it began", () => {
	expect(riseOf([4, 3, 2, 1, 1, 1, 1, 2, 2, 3, 3, 3], 4)).toBe(0.5);
	expect(riseOf([4, 3, 2, 1, 1, 1], 4)).toBe(0);
});
