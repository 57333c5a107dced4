import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exampleStudy } from "../../test/fixtures/example-study.js";
import { FindingsDesk } from "./findings-desk.js";

test("while steps may be timed nothing is asked of the thread; afterwards it is, without a further request", async () => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
	let isTiming = true;
	const answered: string[] = [];
	const desk = new FindingsDesk(folder, { isTraining: () => true, isTiming: () => isTiming }, (study) => answered.push(study));
	try {
		const { stored } = exampleStudy("found");
		// The folder has no store, so the thread answers with an error: what counts is when it is asked.
		expect(await desk.soon(stored, "token", 2000)).toBeNull();
		expect([answered, desk.failure(stored.id, "token")]).toEqual([[], null]);
		isTiming = false;
		await expect.poll(() => answered, { timeout: 60_000 }).toEqual([stored.id]);
		expect(desk.failure(stored.id, "token")).not.toBeNull();
	} finally {
		await desk.close();
		rmSync(folder, { recursive: true, force: true });
	}
});
