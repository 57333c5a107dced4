import { closeSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { eventsFileOf } from "../job-files.js";
import { claimStart } from "./starts.js";

const newFile = (): string => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-starts-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return join(folder, "0.json");
};
const claimed = (file: string, counted: number | null): number => {
	const { number, events } = claimStart(file, counted);
	closeSync(events);
	return number;
};

test("each start of a job has a number and a file of its own, though no one counts them", () => {
	const file = newFile();
	expect([claimed(file, null), claimed(file, null), claimed(file, null)]).toEqual([0, 1, 2]);
	expect(existsSync(eventsFileOf(file, 2))).toBe(true);
});

test("where the system counts the starts, two jobs with one file cannot both be its first", () => {
	const file = newFile();
	expect(claimed(file, 0)).toBe(0);
	expect(() => claimStart(file, 0)).toThrow(/EEXIST/);
	expect(claimed(file, 1)).toBe(1);
});

test("a folder that is gone is an error, not a number to skip", () => {
	expect(() => claimStart(join(newFile(), "nowhere", "0.json"), null)).toThrow(/ENOENT|ENOTDIR/);
});
