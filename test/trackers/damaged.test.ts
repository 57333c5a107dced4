import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nextAttempt } from "../../bench/trackers/attempt.js";
import { Rng } from "../../src/core/rng.js";

/** 10,000 others: `npm run bench -- trackers`. */
const files = 200;

test("200 damaged files are each read, or refused with a reason and a fix, in little memory", async () => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-damaged-"));
	const rng = Rng.fromSeed(17);
	const ends = new Map<string, number>();
	const before = process.memoryUsage().rss;
	try {
		for (let file = 0; file < files; file++) {
			const { target, run } = nextAttempt(rng.split(file), join(folder, "runs"));
			const end = await run().then(
				() => "taken",
				(error: unknown) => {
					expect(error, `file ${file}, ${target}`).toMatchObject({ name: "SweetspotError", fix: expect.stringMatching(/./) });
					return "refused";
				},
			);
			ends.set(end, (ends.get(end) ?? 0) + 1);
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	expect(ends.get("refused")).toBeGreaterThan(files / 4);
	expect(ends.get("taken")).toBeGreaterThan(files / 10);
	// Much garbage of many files may wait to be collected; none of them holds more than 100 kB.
	expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
});
