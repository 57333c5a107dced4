import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import type { TrialEvents } from "../../src/study/contracts.js";
import { openQueueHost } from "../fixtures/scripts/queue-host.js";
import { python, type ScriptRuns, scriptRuns, scriptTrial } from "../fixtures/scripts/run-script.js";

const running = { stopped: false };

/** What a trial says, and when, in seconds from its beginning. */
async function chunksOf(
	{ trainer }: ScriptRuns,
	spec = scriptTrial(),
	stop = running,
): Promise<readonly (TrialEvents & { readonly at: number })[]> {
	const began = performance.now();
	const chunks: (TrialEvents & { readonly at: number })[] = [];
	for await (const chunk of trainer.train(spec, stop)) chunks.push({ ...chunk, at: (performance.now() - began) / 1000 });
	return chunks;
}

const resultOf = (chunks: readonly TrialEvents[]) => {
	const result = chunks.at(-1)?.result;
	if (!result) throw new Error("no result");
	return result;
};

describe("a script that waits in a queue before it runs", () => {
	const queueSeconds = 2;
	const openHost = openQueueHost(1000 * queueSeconds);

	test("has its seconds and its clock from its start on, and says then that it runs", async () => {
		const runs = await scriptRuns(python("time.sleep(0.3)\nsay(40, 0.05)\ntime.sleep(60)"), { openHost, seconds: 1.9 });
		const chunks = await chunksOf(runs);
		expect(chunks[0]).toMatchObject({ step: 0, evaluations: [] });
		expect(chunks[0].at).toBeGreaterThan(queueSeconds - 0.01);
		const { outcome, seconds, clock, machine } = resultOf(chunks);
		expect({ outcome, machine }).toEqual({ outcome: "reached", machine: hostname() });
		for (const counted of [seconds, clock?.seconds ?? Number.NaN]) {
			expect(counted).toBeGreaterThan(0.3);
			expect(counted).toBeLessThan(1.9); // its time in the queue alone is more than that
		}
		expect(clock).toMatchObject({ steps: 40, startUp: true });
	});

	test("is out of time when it has run for its time, not when it has waited for it", async () => {
		const runs = await scriptRuns(python("say(1, 2.0)\ntime.sleep(60)"), { openHost, seconds: 1 });
		const chunks = await chunksOf(runs);
		expect(resultOf(chunks)).toMatchObject({ outcome: "timed out", message: "longer than 1 s at step 1", steps: 1 });
		expect(resultOf(chunks).seconds).toBeGreaterThan(1);
		expect(chunks.at(-1)?.at).toBeGreaterThan(queueSeconds + 1);
	});

	test("is cancelled while it waits, and never runs", async () => {
		const runs = await scriptRuns(["touch", "begun"], { openHost });
		const began = performance.now();
		const stop = {
			get stopped() {
				return performance.now() > began + 100;
			},
		};
		const chunks = await chunksOf(runs, scriptTrial(), stop);
		expect(chunks.map(({ step, result }) => [step, result?.outcome])).toEqual([[0, "cancelled"]]);
		expect(chunks[0].at).toBeLessThan(1); // 0.1 s and a pass of the poll; the rest is for a machine that is busy with other things
		expect(resultOf(chunks).seconds).toBeLessThan(0.1);
		expect(resultOf(chunks)).not.toHaveProperty("machine");
	});
});

describe("a script's looks come as they happen, and are those that its result has", () => {
	/** The looks of the chunks since the trial last began. */
	const looksOf = (chunks: readonly TrialEvents[]) => {
		const last = chunks.findLastIndex(({ anew }) => anew);
		return chunks.slice(Math.max(0, last)).flatMap(({ evaluations }) => evaluations);
	};
	/** Checks what holds of every trial; returns its chunks before the last. */
	const checked = (chunks: readonly (TrialEvents & { readonly at: number })[]) => {
		expect(looksOf(chunks)).toEqual(resultOf(chunks).evaluations);
		const before = chunks.slice(0, -1);
		for (const { step, evaluations } of before) for (const look of evaluations) expect(look.step).toBeLessThanOrEqual(step);
		return before;
	};

	test("one that reports often: a few chunks a second", async () => {
		const runs = await scriptRuns(python("for step in range(1, 501):\n    say(step, 2.0)\n    time.sleep(0.004)"));
		const chunks = await chunksOf(runs, scriptTrial({ cap: 500 }));
		const before = checked(chunks);
		expect(before[0]).toMatchObject({ step: 0, evaluations: [] });
		// Two seconds and more, a chunk each tenth of a second and a pass of the poll.
		expect(before.length).toBeGreaterThan(5);
		for (const [i, { at }] of before.entries()) if (i > 1) expect(at - before[i - 1].at).toBeGreaterThan(0.099);
		expect(looksOf(before).length).toBeGreaterThan(resultOf(chunks).evaluations.length / 2);
	});

	test("one that reports once", async () => {
		const chunks = await chunksOf(await scriptRuns(python("say(40, 0.05)\ntime.sleep(60)")));
		expect(checked(chunks).map(({ step, evaluations }) => [step, evaluations])).toEqual([[0, []]]);
		expect(resultOf(chunks).evaluations.length).toBe(1);
	});

	test("one that prints, and reports every half second: each look when the next comes", async () => {
		const runs = await scriptRuns(python("events = sys.stdout\nfor step in range(1, 6):\n    say(step, 2.0)\n    time.sleep(0.5)"));
		const before = checked(await chunksOf(runs, scriptTrial({ cap: 6 })));
		expect(before.map(({ step, evaluations }) => [step, evaluations.map((look) => look.step)])).toEqual([
			[0, []],
			...[1, 2, 3, 4, 5].map((step) => [step, step > 1 ? [step - 1] : []]),
		]);
	});

	test("one whose metrics of a step come in several lines, some of them late: whole", async () => {
		const code = `
for step in range(1, 6):
    say(step, 2.0)
    time.sleep(0.25)
    tell(step=step, metrics=dict([("train.loss", 1.0)]))
    time.sleep(0.25)`;
		const chunks = await chunksOf(await scriptRuns(python(code)), scriptTrial({ cap: 6 }));
		expect(looksOf(checked(chunks)).length).toBe(4);
		for (const { metrics } of looksOf(chunks)) expect(metrics).toEqual({ "validation.loss": 2, "train.loss": 1 });
	});

	const reports = "for step in range(1, 8):\n    say(step, 2.0 + os.getpid())\n    time.sleep(0.1)\n";
	test("one that crashes", async () => {
		const chunks = await chunksOf(await scriptRuns(python(`${reports}os.abort()`)));
		expect(looksOf(checked(chunks)).length).toBeGreaterThan(0);
		expect(resultOf(chunks)).toMatchObject({ outcome: "failed", steps: 7 });
		expect(chunks.some(({ anew }) => anew)).toBe(false);
	});

	test("one that is killed, and started again, with other values each time: those of the last attempt", async () => {
		const chunks = await chunksOf(await scriptRuns(python(`${reports}os.kill(os.getpid(), signal.SIGKILL)`)));
		checked(chunks);
		const begins = chunks.filter(({ step }) => step === 0);
		expect(begins.map(({ anew }) => anew)).toEqual([undefined, true, true]);
		expect(resultOf(chunks).evaluations.length).toBe(7);
		const all = chunks.flatMap(({ evaluations }) => evaluations);
		expect(all.length).toBeGreaterThan(7 + 2); // the attempts before had theirs
	});

	test("one that goes on from its checkpoint when it is started again: the looks before it as well", async () => {
		const code = `
place = os.path.join(json.loads(os.environ["SWEETSPOT_TRIAL"])["checkpoints"], "step")
begin = int(open(place).read()) if os.path.exists(place) else 0
for step in range(begin + 1, 10):
    say(step, 1.0)
    time.sleep(0.15)
    if step == 4: open(place, "w").write("4")
    if step == 6 and begin == 0: sys.exit(75)`;
		const chunks = await chunksOf(await scriptRuns(python(code), { retry: [75] }), scriptTrial({ cap: 10 }));
		checked(chunks);
		expect(looksOf(chunks).map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
	});

	test("one that is cancelled", async () => {
		const stop = { stopped: false };
		const runs = await scriptRuns(python("for step in range(1, 10000):\n    say(step, 2.0)\n    time.sleep(0.01)"));
		const chunks: (TrialEvents & { readonly at: number })[] = [];
		for await (const chunk of runs.trainer.train(scriptTrial({ cap: 10_000 }), stop)) {
			chunks.push({ ...chunk, at: 0 });
			stop.stopped = looksOf(chunks).length > 10;
		}
		checked(chunks);
		expect(resultOf(chunks).outcome).toBe("cancelled");
	});
});
