import { describe, expect, test } from "vitest";
import { StopLine, sharedStop } from "./stop-line.js";

describe("a job is stopped, and no other", () => {
	test("by shared memory", async () => {
		const shared = sharedStop();
		const line = new StopLine(shared);
		const [first, second] = [line.flagOf(1), line.flagOf(2)];
		expect([first.stopped, second.stopped]).toEqual([false, false]);
		if (shared) Atomics.store(shared, 0, 2);
		expect([first.stopped, second.stopped]).toEqual([false, true]);
	});

	test("by messages, which come in while it listens", async () => {
		const line = new StopLine(null);
		const flag = line.flagOf(7);
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }) => line.hear(data);
		port2.postMessage(7);
		expect(flag.stopped).toBe(false);
		while (!flag.stopped) await line.listen();
		expect(line.flagOf(8).stopped).toBe(false);
		port1.close();
	});
});
