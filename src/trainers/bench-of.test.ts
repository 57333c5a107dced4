import { afterEach, expect, test, vi } from "vitest";
import { closedFormStudy } from "../../test/fixtures/closed-form.js";
import { factsAbout } from "../data/load.js";
import type { Trainer } from "../study/contracts.js";
import { resolveStudy } from "../study/resolve.js";
import { benchOf } from "./bench-of.js";
import { clockGrain } from "./clock-grain.js";
import { createBench } from "./node.js";
import { readBytes } from "./read-bytes.js";

afterEach(() => {
	vi.unstubAllGlobals();
});

/** A clock that shows whole grains only, in milliseconds, and a trainer each of whose steps takes 3 µs by it. */
function coarseClock(grain: number) {
	let time = 0;
	const now = () => {
		time += 0.00005; // a reading takes time as well
		return Math.floor(time / grain) * grain;
	};
	vi.stubGlobal("performance", { now });
	const timed: number[] = [];
	const trainer: Trainer = {
		async *train() {},
		timeSteps(_, steps) {
			const began = now();
			time += 0.003 * steps;
			timed.push(steps);
			return (now() - began) / 1000;
		},
		test: () => null,
		timeLooks: () => ({ look: 1, reportedLook: 1, probe: 1 }),
		meetsGoalUntrained: () => false,
	};
	return { trainer, timed };
}

const study = closedFormStudy(4);
const { signal } = new AbortController();

test.each([
	["of a page's", 0.1, 0.01],
	["of Node's", 0.0001, 0.001],
])(
	"steps are timed by a clock with the grain %s: each timing takes a hundred grains, and a millisecond at least",
	async (_, grain, least) => {
		const { trainer, timed } = coarseClock(grain);
		const seconds = await benchOf(trainer, study).secondsPerStep(8, signal);
		// A reading is off by a grain at most, of a hundred.
		expect(Math.abs((seconds ?? 0) / 3e-6 - 1)).toBeLessThan(0.011);
		expect(timed.slice(-3).every((steps) => steps * 3e-6 >= 0.99 * least)).toBe(true);
	},
);

test("the clock's grain is what two readings that differ are apart", () => {
	coarseClock(0.1);
	expect(clockGrain()).toBeCloseTo(1e-4, 9);
	coarseClock(0.005);
	expect(clockGrain()).toBeCloseTo(5e-6, 9);
	vi.unstubAllGlobals();
	// Node's own: a reading takes 30 to 100 ns.
	expect(clockGrain()).toBeLessThan(1e-5);
});

test.each([
	["keep", 64, (64 + 6) / 2],
	["drop", 64, 64],
	["keep", 40, (40 + 30) / 2],
	["keep", 70, 70],
] as const)("steps are timed in whole epochs, last batches as they are: %s, at %i of 70 examples", async (lastBatch, batchSize, mean) => {
	const { clock, trainer } = epochTrainer(70, lastBatch);
	vi.stubGlobal("performance", { now: clock });
	const closed = closedFormStudy(70);
	const epochs = { ...closed, workload: { ...closed.workload, lastBatch } } as typeof closed;
	const seconds = await benchOf(trainer, epochs).secondsPerStep(batchSize, signal);
	expect((seconds ?? 0) / (mean * 1e-6)).toBeCloseTo(1, 2);
});

/** A trainer whose steps take a microsecond an example, by this clock, from the start of an epoch. */
function epochTrainer(examples: number, lastBatch: "keep" | "drop") {
	let time = 0;
	const clock = () => {
		time += 0.00005;
		return time;
	};
	const trainer: Trainer = {
		async *train() {},
		timeSteps(batchSize, steps) {
			const began = time;
			const whole = Math.floor(examples / batchSize);
			const rest = examples - whole * batchSize;
			const epoch = [...Array.from({ length: whole }, () => batchSize), ...(lastBatch === "keep" && rest > 0 ? [rest] : [])];
			for (let step = 0; step < steps; step++) time += 0.001 * epoch[step % epoch.length];
			return (time - began) / 1000;
		},
		test: () => null,
		timeLooks: () => ({ look: 1, reportedLook: 1, probe: 1 }),
		meetsGoalUntrained: () => false,
	};
	return { clock, trainer };
}

test("the looks and probes of a network are timed: a probe takes 16 gradients of many examples, a look of both sets more than one set", async () => {
	const blobs = { blobs: { examples: 2000, classes: 3, features: 8, spread: 2 } };
	const network = await resolveStudy(
		{
			version: 1,
			workload: { data: blobs, model: [{ dense: 64 }, "relu", { dense: 3 }] },
			goal: { metric: "validation.accuracy", atLeast: 0.8 },
		},
		(source) => factsAbout(source, readBytes),
	);
	const times = (await createBench(network)).timeLooks?.() ?? null;
	expect(times?.look).toBeGreaterThan(0);
	// The least of many timings: what else the machine does hardly matters. The training set has four times as many examples.
	expect(times?.reportedLook).toBeGreaterThan(1.5 * (times?.look ?? Number.NaN));
	expect(times?.probe).toBeGreaterThan(0);
});
