import { expect, test } from "vitest";
import { Rng } from "../../core/rng.js";
import { construct } from "./constructed.js";
import { diagnose } from "./diagnose.js";

const times = Array.from({ length: 41 }, (_, i) => i / 40);

test("tells textbook curves apart", () => {
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

test("constructed cases have the fit they are made for", () => {
	const rng = Rng.fromSeed(1);
	for (let i = 0; i < 50; i++) {
		const over = construct("over-fitted", rng.split(i));
		expect(Math.max(...over.heldOutLoss.slice(-3)) - Math.min(...over.heldOutLoss)).toBeGreaterThan(0.05);
		const under = construct("under-fitted", rng.split(i));
		const mean = (from: number, to: number) => under.trainLoss.slice(from, to).reduce((a, b) => a + b, 0) / (to - from);
		// Much is left to learn, or hardly anything was: by the construction at least 0.6·(e^(−0.75/0.35) − e^(−1/0.35)) = 0.036 between the ends of the last quarter.
		expect(mean(90, 100) > 0.8 || mean(70, 80) - mean(90, 100) > 0.015).toBe(true);
	}
});
