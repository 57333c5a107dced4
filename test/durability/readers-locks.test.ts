import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/open.js";
import { sampleTrial } from "../contract/sample-trial.js";
import { exampleStudy } from "../fixtures/example-study.js";
import { startChild } from "./child.js";

test("a reader reads on after others of its process have come and gone, and a writer has closed the store", async () => {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-readers-"));
	onTestFinished(() => rmSync(dir, { recursive: true }));
	const { study, hash } = exampleStudy().stored;
	const made = openStore(dir, { mode: "write" });
	const { id } = made.create(study, hash, "1");
	made.append(id, sampleTrial(0, 150));
	made.close();

	const reader = openStore(dir, { mode: "read" });
	onTestFinished(() => reader?.close());
	for (let trials = 1; trials < 6; trials++) {
		expect(reader?.trials(id)).toHaveLength(trials);
		const other = openStore(dir, { mode: "read" }); // compares the file with its checksum
		expect(other?.trials(id)).toHaveLength(trials);
		other?.close();
		const child = startChild("append and close", dir);
		expect((await child.lines.next()).value).toBe("closed");
		await child.ended;
	}
	expect(reader?.trials(id)).toHaveLength(6);
});
