import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fuzzCampaign } from "../../bench/torture/fuzz/campaign.js";
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

test("the campaign of 10,000 catches a planted fault of each class", async () => {
	const worker = { file: fileURLToPath(new URL("./planted-worker.ts", import.meta.url)), patience: 2000 };
	const { counts, problems } = await fuzzCampaign(1, 6, { say: () => {}, stop: new AbortController().signal }, worker);
	const found = Object.fromEntries(problems.map(({ after, found }) => [after.replace(/^input \d of seed 1: /, ""), found]));
	expect(found).toEqual({
		"another error": expect.stringContaining("RangeError: Invalid typed array length"),
		"no fix": expect.stringContaining("SweetspotError"),
		"a hang": "it hangs",
		"an end of the process": expect.stringContaining("its process ended"),
		"too much memory": expect.stringMatching(/^the process has held \d+ bytes for a file of 1000$/),
	});
	expect(counts.get("none: refused")).toEqual({ tried: 1, refused: 1 });
});
