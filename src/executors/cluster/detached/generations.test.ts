import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { claimControllerStart, claimGeneration, claimNextGeneration, highestGeneration } from "./generations.js";

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "sweetspot-generations-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a generation is claimed once; the next one is above all others", () => {
	expect(highestGeneration(folder)).toBe(0);
	expect(claimNextGeneration(folder)).toBe(1);
	expect([claimGeneration(folder, 2), claimGeneration(folder, 2)]).toEqual([true, false]);
	for (let number = 3; number <= 10; number++) claimGeneration(folder, number);
	expect(highestGeneration(folder)).toBe(10); // by number, not by name
	expect(claimNextGeneration(folder)).toBe(11);
});

test("a controller starts once for each time that Slurm starts it, which claims no generation", () => {
	claimGeneration(folder, 1);
	expect([0, 0, 1].map((restarts) => claimControllerStart(folder, 1, restarts))).toEqual([true, false, true]);
	expect(highestGeneration(folder)).toBe(1);
});
