import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { StudyFiles } from "../trainers/command/files.js";
import { logOf } from "./trial-log.js";

test("a log is shown from its end; a link in its place leads nowhere", () => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
	try {
		const { stored, trials } = exampleStudy("found");
		const [written, linked, none] = trials.map(({ spec }) => spec);
		const place = (spec: typeof written) => new StudyFiles(folder, stored.id).logOf(spec);
		mkdirSync(dirname(place(written)), { recursive: true });
		writeFileSync(place(written), `${"x".repeat(70_000)}the end`);
		const log = logOf(folder, stored.id, written);
		expect([log?.text.slice(-7), log?.omitted]).toEqual(["the end", 70_007 - 65_536]);
		mkdirSync(dirname(place(linked)), { recursive: true });
		symlinkSync(place(written), place(linked));
		expect(logOf(folder, stored.id, linked)).toBeNull();
		expect(logOf(folder, stored.id, none)).toBeNull();
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
