import { describe, expect, test } from "vitest";
import { EventStream } from "./event-stream.js";

async function heard(iterable: AsyncIterable<number>): Promise<number[]> {
	const all: number[] = [];
	for await (const event of iterable) all.push(event);
	return all;
}

describe("EventStream", () => {
	test("hands each who iterates every event from then on, in order, and ends when the run does", async () => {
		const stream = new EventStream<number>();
		const run = (async () => {
			for (const event of [1, 2, 3]) {
				await null;
				stream.push(event);
				stream.push(event * 10);
			}
		})();
		expect(await Promise.all([heard(stream.until(run)), heard(stream.until(run))])).toEqual([
			[1, 10, 2, 20, 3, 30],
			[1, 10, 2, 20, 3, 30],
		]);
		expect(await heard(stream.until(run))).toEqual([]);
	});

	test("throws what the run was rejected with, after the events before", async () => {
		const stream = new EventStream<number>();
		const run = (async () => {
			await null;
			stream.push(1);
			throw new Error("no such data");
		})();
		const seen: number[] = [];
		await expect(
			(async () => {
				for await (const event of stream.until(run)) seen.push(event);
			})(),
		).rejects.toThrow("no such data");
		expect(seen).toEqual([1]);
	});

	test("a reader that leaves early does not disturb the run", async () => {
		const stream = new EventStream<number>();
		let pushed = 0;
		const run = (async () => {
			for (; pushed < 5; pushed++) {
				await new Promise((resolve) => setImmediate(resolve));
				stream.push(pushed);
			}
		})();
		for await (const event of stream.until(run)) if (event === 1) break;
		await run;
		expect(pushed).toBe(5);
	});
});
