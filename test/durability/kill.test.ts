import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { Rng } from "../../src/core/rng.js";
import { Connection } from "../../src/store/connection.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/study/contracts.js";
import { sampleTrial } from "../contract/sample-trial.js";
import { startChild } from "./child.js";

/** Kills a process that appends, up to 30 ms after its first report; gives the number of the last trial it reported. */
async function killOne(dir: string, rng: Rng): Promise<number> {
	const child = startChild("append", dir);
	const said = [(await child.lines.next()).value];
	await delay(30 * rng.uniform());
	child.process.kill("SIGKILL");
	for (let line = await child.lines.next(); !line.done; line = await child.lines.next()) said.push(line.value);
	await child.ended;
	for (const line of said) expect(line).toMatch(/^\d+$/); // no error among them
	return Number(said.at(-1));
}

function check(store: Store | null, reported: number): number {
	expect(store).not.toBeNull();
	if (store === null) return 0;
	const [{ id, state, trials: count }] = store.list();
	const trials = store.trials(id);
	expect(trials.length).toBeGreaterThan(reported); // the one in flight may have been stored without a report
	for (const [i, trial] of trials.entries()) expect(JSON.stringify(trial)).toBe(JSON.stringify(sampleTrial(i, 150))); // toEqual takes 10 s
	expect(count).toBe(trials.length);
	expect(state).toBe("interrupted");
	store.close();
	return trials.length;
}

test.each([1, 2, 3, 4])("nothing that was appended is lost by five kill -9 in a row (store %i)", { concurrent: true }, async (seed) => {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-kill-"));
	const rng = Rng.fromSeed(seed);
	for (let kill = 0; kill < 5; kill++) {
		const reported = await killOne(dir, rng); // its process opened the store at once, though the last writer was killed
		const seen = check(openStore(dir, { mode: "read" }), reported);
		const file = new Connection(join(dir, "studies.sqlite"), dir);
		expect(file.value("PRAGMA integrity_check")).toBe("ok");
		file.close();
		expect(check(openStore(dir, { mode: "write" }), reported)).toBe(seen);
	}
	rmSync(dir, { recursive: true });
});
