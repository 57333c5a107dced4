import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { openStore } from "../store/open.js";
import { TrialsDesk } from "./trials-desk.js";

test("of a study that grows only what is new is read: the trials before stay the same objects", () => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
	const { stored, trials } = exampleStudy("found");
	const writer = openStore(folder, { mode: "write" });
	try {
		const { id } = writer.create(stored.study, "hash", "1.2.3");
		for (const trial of trials.slice(0, 3)) writer.append(id, trial);
		const reader = openStore(folder, { mode: "read" });
		if (reader === null) throw new Error("no store");
		const desk = new TrialsDesk();
		const before = [...desk.of(reader, id)];
		expect(before.map(({ number }) => number)).toEqual([1, 2, 3]);
		expect(desk.of(reader, id)).toHaveLength(3); // nothing new, nothing twice
		for (const trial of trials.slice(3, 5)) writer.append(id, trial);
		const after = desk.of(reader, id);
		expect(after.map(({ number, spec }) => [number, spec])).toEqual(trials.slice(0, 5).map(({ spec }, i) => [i + 1, spec]));
		for (const [i, trial] of before.entries()) expect(after[i]).toBe(trial);
		reader.close();
	} finally {
		writer.close();
		rmSync(folder, { recursive: true });
	}
});
