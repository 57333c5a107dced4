import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { processesWith } from "../fixtures/scripts/processes.js";
import { python, scriptRuns, scriptTrial } from "../fixtures/scripts/run-script.js";

describe("nothing of a script outlives its trial", () => {
	test("one that ignores SIGTERM is killed when its grace is over; its result is there at once", async () => {
		const mark = `ignores-${process.pid}`;
		const { run, close } = await scriptRuns(
			python(`"${mark}"\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nsay(1, 0.05)\nwhile True: time.sleep(1)`),
			{
				grace: 1,
			},
		);
		expect((await run()).outcome).toBe("reached");
		expect(processesWith(mark).length).toBeGreaterThan(0);
		await close();
		expect(processesWith(mark)).toEqual([]);
	});

	test("one that obeys has its grace to wind up", async () => {
		const { run, close, store } = await scriptRuns(
			python(`
def wind_up(*_):
    open(os.path.join(os.getcwd(), "saved"), "w").write("yes")
    sys.exit(0)
signal.signal(signal.SIGTERM, wind_up)
say(1, 0.05)
while True: time.sleep(0.01)`),
			{ grace: 30 },
		);
		expect((await run()).outcome).toBe("reached");
		await close();
		expect(readFileSync(join(store, "saved"), "utf8")).toBe("yes");
	});

	test("children end with it, even such as have left its group or ignore SIGTERM; whether it waits for them or not", async () => {
		const mark = `forks-${process.pid}`;
		const child = `import signal, time\\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\\n'${mark}'\\ntime.sleep(300)`;
		const forks = `
import subprocess
for alone in (False, True):
    subprocess.Popen(["python3", "-c", "${child}"], start_new_session=alone)
time.sleep(0.5)
`;
		const waits = await scriptRuns(python(`${forks}\nsay(1, 0.05)\ntime.sleep(300)`), { grace: 0.5 });
		expect((await waits.run()).outcome).toBe("reached");
		await waits.close();
		expect(processesWith(mark)).toEqual([]);
		const leaves = await scriptRuns(python(`${forks}\nsay(1, 2.0)`), { grace: 0.5 });
		expect((await leaves.run()).outcome).toBe("stopped");
		await leaves.close();
		expect(processesWith(mark)).toEqual([]);
	});

	test("a cancelled one is over within 100 ms, and gone soon after", async () => {
		const mark = `cancelled-${process.pid}`;
		const { run, close } = await scriptRuns(python(`"${mark}"\nsay(1, 2.0)\ntime.sleep(300)`));
		const controller = new AbortController();
		const trial = run({}, controller.signal);
		while (processesWith(mark).length === 0) await delay(20);
		controller.abort();
		const asked = performance.now();
		expect((await trial).outcome).toBe("cancelled");
		// The promise is 100 ms; the rest is for a machine that is busy with other things.
		expect(performance.now() - asked).toBeLessThan(3000);
		await close();
		expect(processesWith(mark)).toEqual([]);
	});
});

test("a thousand short trials, eight at a time: each has its own result, and nothing is left open", { timeout: 300_000 }, async () => {
	const descriptors = () => execFileSync("ls", [`/proc/${process.pid}/fd`], { encoding: "utf8" }).split("\n").length;
	// A script needn't be Python: this one reports its seed as its loss.
	const { run } = await scriptRuns(
		["sh", "-c", `printf '{"sweetspot":1,"step":1,"metrics":{"validation.loss":%s}}\\n' "$0" >> "$SWEETSPOT_EVENTS"`, "{seed}"],
		{ workers: 8 },
	);
	await run({ seed: 999 });
	const before = descriptors();
	const results = await Promise.all(Array.from({ length: 1000 }, (_, i) => run({ seed: i + 1, seedIndex: i, cap: 5 })));
	expect(results.map(({ evaluations }) => evaluations[0]?.metrics["validation.loss"])).toEqual(results.map((_, i) => i + 1));
	expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["stopped"]));
	// The last trial of each slot may still hold its three files: what it printed and said.
	const most = before + 3 * 8 + 6;
	for (const end = performance.now() + 10_000; descriptors() > most && performance.now() < end; ) await delay(50);
	expect(descriptors()).toBeLessThanOrEqual(most);
});

test("one that fails since the disk is full ends the study with what to do, and no trial is stored as failed for it", async () => {
	const { executor } = await scriptRuns(python('say(1, 2.0)\nopen("/dev/full", "w", 1).write("x" * 10000)'));
	await expect(executor.run(scriptTrial(), new AbortController().signal)).rejects.toMatchObject({
		code: "store/full",
		message: expect.stringContaining("No space left on device"),
	});
});

test("one that falls silent is ended with what to do, unless a limit of seconds says how long a trial may take", async () => {
	const silent = (seconds: number) => python(`say(1, 2.0)\ntime.sleep(${seconds})\nsay(2, 0.01)`);
	// Ten times what Python takes to start is allowed, which may be seconds on a busy machine.
	const { run } = await scriptRuns(silent(60), { silence: 600 });
	expect(await run()).toMatchObject({
		outcome: "timed out",
		steps: 1,
		message: expect.stringMatching(/^it said nothing for \d+ s.* set limits.seconds/),
	});
	expect(await (await scriptRuns(silent(2.5), { silence: 600, seconds: 60 })).run()).toMatchObject({ outcome: "reached" });
	const chatty = python('say(1, 2.0)\nfor _ in range(10):\n    time.sleep(0.25)\n    print("still here")\nsay(2, 0.01)');
	expect(await (await scriptRuns(chatty, { silence: 600 })).run()).toMatchObject({ outcome: "reached" });
}, 30_000);
