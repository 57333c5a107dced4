import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { TrialResult } from "../../src/core/trial.js";
import { falling, ladder, startsIn } from "../fixtures/scripts/falling.js";
import { processesWith } from "../fixtures/scripts/processes.js";
import { python, scriptRuns } from "../fixtures/scripts/run-script.js";

/** What doesn't depend on when it ran. */
const timeless = ({ seconds, clock, before, machine, log, ...rest }: TrialResult & { readonly log?: string }) => rest;

test("a script stands still between two trials of its run, and goes on: equal results, and nothing is trained twice", async () => {
	const mark = `still-${process.pid}`;
	const runs = await scriptRuns(falling(0.002, mark));
	const anew = await scriptRuns(falling(0.002), { paused: 0 });
	let left = 0;
	for (const cap of [5, 14, 41, 120, 334]) {
		const result = await runs.run({ ...ladder, cap });
		expect(result.before).toEqual(left === 0 ? undefined : { steps: left, examples: 8 * left });
		const other = await anew.run({ ...ladder, cap });
		expect(other.before).toBeUndefined();
		expect(timeless(result)).toEqual(timeless(other));
		expect(result).toMatchObject({ outcome: "missed", steps: cap });
		left = result.steps;
	}
	expect(startsIn(runs.store)).toBe(1);
	expect(startsIn(anew.store)).toBe(5);
	expect(processesWith(mark).length).toBe(1);
	await runs.close();
	expect(processesWith(mark)).toEqual([]);
});

test("the time that it stands still counts neither as its trial's, nor against its limit, nor as its silence", async () => {
	const runs = await scriptRuns(falling(0.01), { seconds: 4 }); // the run itself takes 0.6 s, on a machine that is busy with other things perhaps 2
	await runs.run({ ...ladder, cap: 20 });
	await delay(4100);
	const { outcome, seconds, clock } = await runs.run({ ...ladder, cap: 60 });
	expect(outcome).toBe("missed");
	expect(seconds).toBeLessThan(4);
	expect((clock?.seconds ?? Number.NaN) / (clock?.steps ?? Number.NaN)).toBeLessThan(4 / 60);

	const quiet = await scriptRuns(falling(0.01), { silence: 2000 });
	await quiet.run({ ...ladder, cap: 20 });
	await delay(2500);
	expect(await quiet.run({ ...ladder, cap: 60 })).toMatchObject({ outcome: "missed" });
});

test("its limit of seconds is that of its run, over all of its trials", async () => {
	const runs = await scriptRuns(falling(0.01), { seconds: 3 });
	await runs.run({ ...ladder, cap: 101 }); // a second or more
	const { outcome, steps, seconds } = await runs.run({ ...ladder, cap: 1000 });
	expect(outcome).toBe("timed out");
	expect(steps).toBeLessThan(301);
	expect(seconds).toBeLessThan(3);
});

test("one that was killed while it stood still begins anew", async () => {
	const mark = `killed-${process.pid}`;
	const runs = await scriptRuns(falling(0.002, mark));
	await runs.run({ ...ladder, cap: 20 });
	for (const id of processesWith(mark)) process.kill(id, "SIGKILL");
	await delay(200);
	const result = await runs.run({ ...ladder, cap: 41 });
	expect(result).toMatchObject({ outcome: "missed", steps: 41 });
	expect(result.before).toBeUndefined();
});

test("one that ends by itself at its cap has the result that it would have had with a higher one", async () => {
	const ends = python(`for step in range(1, 31): say(step, 1.0)`);
	const runs = await scriptRuns(ends);
	const anew = await scriptRuns(ends, { paused: 0 });
	for (const cap of [20, 29, 60])
		expect(timeless(await runs.run({ ...ladder, cap }))).toEqual(timeless(await anew.run({ ...ladder, cap })));
	expect(await anew.run({ ...ladder, cap: 60 })).toMatchObject({ outcome: "stopped" });
});

test("one that reports seldom says no more than it would have, and what it said too early counts later", async () => {
	const seldom = python(`step = 0
while True:
    step += 50
    time.sleep(0.02)
    say(step, 1 / (1 + step / 100))
    tell(step=step, metrics={"validation.accuracy": 0.5})`);
	const runs = await scriptRuns(seldom);
	const anew = await scriptRuns(seldom, { paused: 0 });
	for (const cap of [5, 20, 57, 120, 334])
		expect(timeless(await runs.run({ ...ladder, cap }))).toEqual(timeless(await anew.run({ ...ladder, cap })));
});

test("several slots have their scripts in common", async () => {
	const runs = await scriptRuns(falling(0.002), { workers: 2 });
	const seeds = [0, 1, 2];
	const both = (cap: number) => Promise.all(seeds.map((seedIndex) => runs.run({ ...ladder, seedIndex, cap })));
	await both(20);
	expect((await both(41)).map(({ before }) => before?.steps)).toEqual([20, 20, 20]);
	expect(startsIn(runs.store)).toBe(3);
});

test("a script with the Python client goes on as well; its seconds per step leave out the time that it stood still", async () => {
	const client = python(`import sweetspot
trial = sweetspot.start_trial(batch_size=1, learning_rate=1)
for step in trial.steps():
    time.sleep(0.005)
    if trial.is_due(step): trial.report(step, {"validation.loss": 1 / (1 + step / 100)})`);
	const runs = await scriptRuns(client);
	let before: number | undefined;
	for (const cap of [20, 41, 93]) {
		const result = await runs.run({ ...ladder, cap });
		expect(result).toMatchObject({ outcome: "missed", steps: cap });
		expect(result.before?.steps).toBe(before);
		const { seconds, steps } = result.clock ?? { seconds: Number.NaN, steps: 1 };
		expect(seconds / steps).toBeGreaterThan(0.005);
		expect(seconds / steps).toBeLessThan(0.03);
		before = cap;
		await delay(1600);
	}
});

test("what a script prints is read on where it was, by patterns too, and each trial's log is whole", async () => {
	const printing = python(`for step in range(1, 2000):
    time.sleep(0.002)
    print("step", step, flush=True)
    print("loss=%.6f" % (1 / (1 + step / 100)), flush=True)
    print("remark", step, file=sys.stderr, flush=True)`);
	const metrics = { step: "step ([0-9]+)", "validation.loss": "loss=([0-9.]+)" };
	const runs = await scriptRuns(printing, { metrics });
	const anew = await scriptRuns(printing, { metrics, paused: 0 });
	for (const cap of [20, 41, 120]) {
		const { log, ...result } = await runs.run({ ...ladder, cap });
		expect(timeless(result)).toEqual(timeless(await anew.run({ ...ladder, cap })));
		const remarks = log.split("\n").filter((line) => line.startsWith("remark"));
		expect(remarks.slice(0, cap - 1)).toEqual(Array.from({ length: cap - 1 }, (_, i) => `remark ${i + 1}`));
	}
});
