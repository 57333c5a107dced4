import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLive } from "../store/live/writer.js";
import { openStore } from "../store/open.js";
import { LiveDesk } from "./live-desk.js";

test("a study that runs may be timed until it has planned its trials, also when it is resumed and timed again", async () => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
	const store = openStore(folder, { mode: "write" });
	const desk = new LiveDesk(folder);
	try {
		expect(desk.mayBeTiming).toBe(false);
		for (let run = 0; run < 2; run++) {
			const live = openLive(folder, "study", "test");
			expect(desk.mayBeTiming).toBe(true);
			live.write({ kind: "planned", trials: [], total: 0 });
			await expect.poll(() => desk.mayBeTiming, { timeout: 10_000 }).toBe(false);
			expect(desk.of("study").state).toBe("running");
			// Scripts are timed after their trials.
			live.write({ kind: "timing" });
			await expect.poll(() => desk.mayBeTiming, { timeout: 10_000 }).toBe(true);
			live.write({ kind: "warnings", texts: ["a warning ends no timing"] });
			await expect.poll(() => desk.of("study").warnings.length, { timeout: 10_000 }).toBe(1);
			expect(desk.mayBeTiming).toBe(true);
			live.write({ kind: "planned", trials: [], total: 0 });
			await expect.poll(() => desk.mayBeTiming, { timeout: 10_000 }).toBe(false);
			live.close();
			expect(desk.mayBeTiming).toBe(false);
		}
	} finally {
		store.close();
		rmSync(folder, { recursive: true });
	}
});
