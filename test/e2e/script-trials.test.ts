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
		const { outcome, seconds, clock } = resultOf(chunks);
		expect(outcome).toBe("reached");
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
	});
});
