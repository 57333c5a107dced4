import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { TrialResult, TrialSpec } from "../../src/core/trial.js";
import { processesWith } from "../fixtures/scripts/processes.js";
import { python, scriptRuns } from "../fixtures/scripts/run-script.js";

const ladder = { phase: "ladder" } as const;

/** Notes that it was started; then a loss that falls with every step, slower with a lower rate, which is its first argument. */
const falling = (pause: number, mark = "") =>
	python(`rate = float(sys.argv[1])
print("started", file=open("starts", "a"))
step = 0
while True: # ${mark}
    step += 1
    time.sleep(${pause})
    say(step, 1 / (1 + rate * step / 100))`).concat("{learningRate}");

const startsIn = (store: string): number => readFileSync(join(store, "starts"), "utf8").split("\n").length - 1;

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
	const runs = await scriptRuns(falling(0.01), { seconds: 1.5 });
	await runs.run({ ...ladder, cap: 20 });
	await delay(1600);
	const { outcome, seconds, clock } = await runs.run({ ...ladder, cap: 60 });
	expect(outcome).toBe("missed");
	expect(seconds).toBeLessThan(1.2);
	expect((clock?.seconds ?? Number.NaN) / (clock?.steps ?? Number.NaN)).toBeLessThan(0.02);

	const quiet = await scriptRuns(falling(0.01), { silence: 500 });
	await quiet.run({ ...ladder, cap: 20 });
	await delay(1000);
	expect(await quiet.run({ ...ladder, cap: 60 })).toMatchObject({ outcome: "missed" });
});

test("its limit of seconds is that of its run, over all of its trials", async () => {
	const runs = await scriptRuns(falling(0.01), { seconds: 1 });
	await runs.run({ ...ladder, cap: 41 });
	const { outcome, steps, seconds } = await runs.run({ ...ladder, cap: 1000 });
	expect(outcome).toBe("timed out");
	expect(steps).toBeLessThan(101);
	expect(seconds).toBeLessThan(1);
});

test("at most so many wait: the one furthest from the goal is ended, and begins anew where it is wanted after all", async () => {
	const mark = `most-${process.pid}`;
	const runs = await scriptRuns(falling(0.002, mark), { paused: 2, grace: 0 });
	const rung = async (learningRate: number, cap: number): Promise<Pick<TrialResult, "before">> =>
		await runs.run({ ...ladder, learningRate, cap } satisfies Partial<TrialSpec>);
	for (const rate of [0.25, 1, 0.5]) await rung(rate, 20);
	expect(processesWith(mark).length).toBe(2);
	expect((await rung(1, 41)).before).toEqual({ steps: 20, examples: 160 });
	expect((await rung(0.5, 41)).before).toEqual({ steps: 20, examples: 160 });
	expect((await rung(0.25, 41)).before).toBeUndefined();
	expect(startsIn(runs.store)).toBe(4);
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

test("one that runs out of memory next to those that wait has another try without them, and fewer wait from then on", async () => {
	const mark = `room-${process.pid}`;
	const alone = python(`import subprocess
others = subprocess.run(["pgrep", "-c", "-f", "${mark}"], capture_output=True, text=True).stdout # ${mark}
if int(others) > 2: raise MemoryError("CUDA out of memory")
step = 0
while True:
    step += 1
    time.sleep(0.002)
    say(step, 1 / (1 + step / 100))`);
	const runs = await scriptRuns(alone, { grace: 0 });
	const first = async (seedIndex: number) => await runs.run({ ...ladder, seedIndex, cap: 20 });
	for (const seedIndex of [0, 1]) expect(await first(seedIndex)).toMatchObject({ outcome: "missed" });
	expect(processesWith(mark).length).toBe(2);
	expect(await first(2)).toMatchObject({ outcome: "missed", steps: 20 });
	expect(processesWith(mark).length).toBe(1);
	expect(await first(3)).toMatchObject({ outcome: "missed" });
	expect(processesWith(mark).length).toBe(1);
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

test("several slots have their scripts in common, but where each has a GPU of its own", async () => {
	const runs = await scriptRuns(falling(0.002), { workers: 2 });
	const seeds = [0, 1, 2];
	const both = (cap: number) => Promise.all(seeds.map((seedIndex) => runs.run({ ...ladder, seedIndex, cap })));
	await both(20);
	expect((await both(41)).map(({ before }) => before?.steps)).toEqual([20, 20, 20]);
	expect(startsIn(runs.store)).toBe(3);
});

/** Ends by itself, or crashes, when so many seconds have gone by since it began, by a clock that doesn't stop with it. */
const timed = (seconds: number, ending: string) =>
	python(`print("started", file=open("starts", "a"))
began = time.monotonic()
step = 0
while True:
    step += 1
    time.sleep(0.002)
    if time.monotonic() - began > ${seconds}: ${ending}
    say(step, 1 / (1 + step / 100))`);

test.each(["sys.exit(0)", "raise TimeoutError()"])(
	"one with a timer of its own begins anew, and none waits from then on: %s",
	async (ending) => {
		const runs = await scriptRuns(timed(1, ending), { grace: 0 });
		expect(await runs.run({ ...ladder, cap: 20 })).toMatchObject({ outcome: "missed", steps: 20 });
		await delay(1000);
		const second = await runs.run({ ...ladder, cap: 41 });
		expect(second).toMatchObject({ outcome: "missed", steps: 41 });
		expect(second.before).toBeUndefined();
		expect((await runs.run({ ...ladder, cap: 63 })).before).toBeUndefined();
		expect(startsIn(runs.store)).toBe(3);
	},
);

test("one that ends by itself in any case is begun anew once to see that, and not again", async () => {
	const runs = await scriptRuns(
		python(`print("started", file=open("starts", "a"))\nfor step in range(1, 31): say(step, 1.0); time.sleep(0.01)`),
	);
	for (const seedIndex of [0, 1]) {
		expect(await runs.run({ ...ladder, seedIndex, cap: 5 })).toMatchObject({ outcome: "missed" });
		expect(await runs.run({ ...ladder, seedIndex, cap: 85 })).toMatchObject({ outcome: "stopped", steps: 30 });
	}
	expect(startsIn(runs.store)).toBe(3);
});
