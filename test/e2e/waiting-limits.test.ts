import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { openLocalHost } from "../../dist/trainers/command/local/host.js";
import type { TrialResult, TrialSpec } from "../../src/core/trial.js";
import type { OpenHost } from "../../src/trainers/command/host.js";
import { falling, ladder, startsIn } from "../fixtures/scripts/falling.js";
import { processesWith } from "../fixtures/scripts/processes.js";
import { python, scriptRuns } from "../fixtures/scripts/run-script.js";

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

/** Ends by itself, or crashes, when so many seconds have gone by since it began, by a clock that doesn't stop with it. */
const timed = (seconds: number, ending: string) =>
	python(`print("started", file=open("starts", "a"))
began = time.monotonic()
step = 0
while True:
    step += 1
    time.sleep(0.008)
    if time.monotonic() - began > ${seconds}: ${ending}
    say(step, 1 / (1 + step / 100))`);

test.each(["sys.exit(0)", "raise TimeoutError()"])(
	"one with a timer of its own begins anew, and none waits from then on: %s",
	async (ending) => {
		const runs = await scriptRuns(timed(2, ending), { grace: 0 });
		expect(await runs.run({ ...ladder, cap: 20 })).toMatchObject({ outcome: "missed", steps: 20 });
		await delay(2000);
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

test("a script goes on on the GPU that it was on, in the slot whose it is", async () => {
	const onGpu = python(`gpu = os.environ["CUDA_VISIBLE_DEVICES"]
print(gpu, file=open("starts", "a"))
step = 0
while True:
    step += 1
    time.sleep(0.002)
    say(step, 1 / (1 + step / 100), trial=json.loads(os.environ["SWEETSPOT_TRIAL"])["trial"])`);
	const runs = await scriptRuns(onGpu, { workers: 2, gpus: ["0", "1"] });
	const rung = (cap: number, seeds: readonly number[]) => Promise.all(seeds.map((seedIndex) => runs.run({ ...ladder, seedIndex, cap })));
	await rung(20, [0, 1]);
	// Both slots are free; the first of them holds the run of the first seed.
	for (const cap of [41, 63]) {
		const [second, first] = await rung(cap, [1, 0]);
		for (const { before } of [first, second]) expect(before?.steps).toBe(cap === 41 ? 20 : 41);
	}
	expect(readFileSync(join(runs.store, "starts"), "utf8").split("\n").filter(Boolean).sort()).toEqual(["0", "1"]);
});

test.each([
	[0, 0],
	[2 ** 50, 3],
])("with %d bytes of memory free, %d of three wait", async (free, expected) => {
	const mark = `memory-${process.pid}-${expected}`;
	const openHost: OpenHost = (folder) => {
		const host = openLocalHost(folder);
		return { launch: (launch) => host.launch(launch), freeMemory: () => free, close: () => host.close() };
	};
	const runs = await scriptRuns(falling(0.002, mark), { openHost, grace: 0 });
	for (const seedIndex of [0, 1, 2]) await runs.run({ ...ladder, seedIndex, cap: 20 });
	for (const end = performance.now() + 5000; processesWith(mark).length > expected && performance.now() < end; ) await delay(20);
	expect(processesWith(mark).length).toBe(expected);
	expect((await runs.run({ ...ladder, seedIndex: 0, cap: 41 })).before?.steps).toBe(expected === 0 ? undefined : 20);
});
