import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { FollowedFile } from "./followed-file.js";
import { Poll } from "./poll.js";

function place(): string {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-poll-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return join(folder, "events.jsonl");
}

/** What was read of a file, and what went wrong. */
function follower() {
	const read: string[] = [];
	const errors: unknown[] = [];
	return { read, errors, onBytes: (bytes: Buffer) => read.push(String(bytes)), onError: (error: unknown) => errors.push(error) };
}

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

describe("pauses between looks at a file", () => {
	/** The pauses after looks at a file that no one writes to, each when it is due, for so many milliseconds. */
	function pausesOver(milliseconds: number, file: FollowedFile, began: number): number[] {
		const pauses: number[] = [];
		for (let now = file.due; now < began + milliseconds; now = file.due) {
			file.look(now);
			pauses.push(Number((file.due - now).toFixed(6))); // to a nanosecond: differences of large numbers are rounded
		}
		return pauses;
	}

	test("grow with the silence from 20 ms to a second, and begin again when a look finds something", () => {
		const name = place();
		const { read, ...takers } = follower();
		const began = performance.now();
		const file = new FollowedFile(name, takers, () => {});
		onTestFinished(() => file.close());
		const minute = pausesOver(60_000, file, began);
		expect(minute[0]).toBe(20);
		expect(minute.at(-1)).toBe(1000);
		expect(minute).toEqual([...minute].sort((a, b) => a - b));
		// 16 looks until the pause grows, then 16 for each e-fold up to 16 s of silence, then one a second.
		expect(minute.length).toBeGreaterThan(16 + 16 * Math.log(16_000 / 320) + 44 - 5);
		expect(minute.length).toBeLessThan(16 + 16 * Math.log(16_000 / 320) + 44 + 5);
		appendFileSync(name, "one\n"); // no notice of it can come before the next look
		const found = file.due;
		file.look(found);
		expect(read).toEqual(["one\n"]);
		expect(file.due - found).toBeCloseTo(20, 6);
	});

	test("a line is found late by a sixteenth of the silence before it at most", () => {
		const began = performance.now();
		const file = new FollowedFile(place(), follower(), () => {});
		onTestFinished(() => file.close());
		for (let now = file.due; now < began + 15_000; now = file.due) {
			file.look(now);
			expect(file.due - now).toBeLessThanOrEqual(Math.max(20, (now - began) / 16) + 0.01); // the file's own clock began a little later
		}
	});
});

test("64 trials share one timer, and none is left when they are over", async () => {
	const poll = new Poll();
	const before = timers();
	const turns = Array.from({ length: 64 }, () => 0);
	const name = place();
	const files = turns.map((_, i) => poll.follow(`${name}${i}`, follower()));
	const leave = turns.map((_, i) => poll.everyPass(() => turns[i]++));
	expect(timers()).toBe(before + 1);
	await delay(300);
	for (const count of turns) expect(count).toBe(turns[0]);
	expect(turns[0]).toBeGreaterThan(1);
	expect(turns[0]).toBeLessThanOrEqual(15); // at most every 20 ms
	for (const file of files) file.close();
	for (const end of leave) end();
	await delay(100);
	expect(timers()).toBeLessThanOrEqual(before);
});

test("a file that is appended to, and begun anew, is read whole, each line once", async () => {
	const name = place();
	writeFileSync(name, "of an attempt before\n");
	const poll = new Poll();
	const { read, ...takers } = follower();
	const file = poll.follow(name, takers);
	onTestFinished(() => file.close());
	const lines = Array.from({ length: 200 }, (_, i) => `line ${i}\n`);
	for (const [i, line] of lines.entries()) {
		appendFileSync(name, line);
		if (i % 50 === 0) await delay(30);
	}
	await delay(200);
	expect(read.join("")).toBe(lines.join(""));
	writeFileSync(name, "anew\n");
	await delay(200);
	expect(read.join("")).toBe(`${lines.join("")}anew\n`);
});

test("one that can't be read is reported to its own follower, and the others go on", async () => {
	const poll = new Poll();
	const [broken, well] = [follower(), follower()];
	poll.follow("/proc/self/mem", broken); // its first page can't be read
	const name = place();
	const file = poll.follow(name, well);
	onTestFinished(() => file.close());
	await delay(100);
	appendFileSync(name, "one\n");
	await delay(200);
	expect(broken.errors).toEqual([expect.objectContaining({ code: "EIO" })]);
	expect(well.read).toEqual(["one\n"]);
});
