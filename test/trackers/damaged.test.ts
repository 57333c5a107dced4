import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fuzzCampaign } from "../../bench/torture/fuzz/campaign.js";
import { nextAttempt } from "../../bench/trackers/attempt.js";
import { nextLiveAttempt, type Reads } from "../../bench/trackers/live-attempt.js";
import { Rng } from "../../src/core/rng.js";
import { WrittenFiles, type WrittenTakers } from "../../src/trainers/command/written/written-files.js";

/** 10,000 others: `npm run bench -- trackers`. */
const files = 200;

const ways = [
	["are each read, or refused with a reason and a fix, in little memory", nextAttempt],
	["that grow, and are written over or replaced, are read as they are when all is there, or refused in words", nextLiveAttempt],
] as const;

test.each(ways)("200 damaged files %s", async (_, next) => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-damaged-"));
	const rng = Rng.fromSeed(17);
	const ends = new Map<string, number>();
	const before = process.memoryUsage().rss;
	try {
		for (let file = 0; file < files; file++) {
			const { target, run } = next(rng.split(file), join(folder, "runs"));
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

/** A fault of each kind in what reads files while they grow. `nth`: of how many times it was called. */
const faults: readonly (readonly [
	string,
	(files: WrittenFiles, takers: WrittenTakers) => Partial<Pick<WrittenFiles, "read" | "end">>,
	RegExp,
])[] = [
	["loses what came last", () => ({ end: () => {} }), /^in parts .* at once/],
	[
		"hands on what was there twice",
		(files, { onWritten }) => ({
			end: (whole) => {
				files.end(whole);
				onWritten({ event: { place: { step: 1 }, metrics: { "train.loss": 1 }, gradient: null, seconds: null, trial: null }, at: null });
			},
		}),
		/^in parts .* at once/,
	],
	[
		"takes damage for a place",
		(files, { onWritten }) => ({
			end: (whole) => {
				files.end(whole);
				onWritten({ event: { place: { step: Number.NaN }, metrics: {}, gradient: null, seconds: null, trial: null }, at: null });
			},
		}),
		/^an event at/,
	],
	[
		"throws what is no refusal",
		() => ({
			read: () => {
				throw new RangeError("Invalid typed array length");
			},
		}),
		/^Invalid typed array length/,
	],
];

test.each(faults)("a reader of growing files that %s is caught", async (_, faulty, message) => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-damaged-"));
	const rng = Rng.fromSeed(17);
	const planted: Reads = (where) => {
		const written = new WrittenFiles(where);
		let taken: WrittenTakers | null = null;
		const begin = (takers: WrittenTakers) => {
			taken = takers;
			written.begin(takers);
		};
		const fault = () => faulty(written, taken as unknown as WrittenTakers);
		return {
			begin,
			read: () => (fault().read ?? (() => written.read()))(),
			end: (whole) => (fault().end ?? ((one: boolean) => written.end(one)))(whole),
		};
	};
	const found: string[] = [];
	try {
		for (let file = 0; file < 20; file++)
			await nextLiveAttempt(rng.split(file), join(folder, "runs"), planted)
				.run()
				.catch((error: Error) => found.push(error.message));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	expect(found).toContainEqual(expect.stringMatching(message));
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
