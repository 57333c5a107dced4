import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { viewWith } from "../../test/fixtures/view.js";
import { summaryOf } from "../page/summary.js";
import type { StoredStudy } from "../study/contracts.js";
import { KeptSummaries } from "./kept-summaries.js";

const example = exampleStudy("found");
const stored: StoredStudy = { ...example.stored, state: "complete" };
const summary = summaryOf(viewWith(example), 1);

let folder = "";
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("the summary of a study that doesn't run is there for the next server, in a file of its owner; one that changed is not", () => {
	const before = new KeptSummaries(folder);
	before.add(stored, summary);
	before.write();
	expect(statSync(join(folder, "summaries.json")).mode & 0o777).toBe(0o600);
	const after = new KeptSummaries(folder);
	expect(after.of(stored)).toEqual(summary);
	const changes: readonly Partial<StoredStudy>[] = [
		{ trials: stored.trials + 1 },
		{ created: "2001-01-01T00:00:00.000Z" },
		{ seconds: stored.seconds + 1 },
		{ study: { ...stored.study, name: "another" } },
		{ state: "running" },
	];
	for (const change of changes) expect(after.of({ ...stored, ...change })).toBeNull();
});

test("nothing is written for a study that runs, nor in a folder that is gone", () => {
	const kept = new KeptSummaries(folder);
	kept.add({ ...stored, state: "running" }, summary);
	kept.write();
	expect(() => statSync(join(folder, "summaries.json"))).toThrow("ENOENT");
	kept.add(stored, summary);
	rmSync(folder, { recursive: true });
	kept.write();
	expect(() => statSync(folder)).toThrow("ENOENT");
});

test.each([
	["no JSON", () => "{"],
	["another version", (text: string) => text.replace(/"version":"[^"]*"/, '"version":"0.0.0"')],
	["another shape", (text: string) => text.replace(/"verdict":"[^"]*"/, '"verdict":null')],
])("%s is as if it were not there", (_, change) => {
	const file = join(folder, "summaries.json");
	const before = new KeptSummaries(folder);
	before.add(stored, summary);
	before.write();
	writeFileSync(file, change(readFileSync(file, "utf8")));
	expect(new KeptSummaries(folder).of(stored)).toBeNull();
});
