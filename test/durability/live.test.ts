import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Rng } from "../../src/core/rng.js";
import { followLive } from "../../src/store/live/reader.js";
import { openStore } from "../../src/store/open.js";
import { startChild } from "./child.js";

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "sweetspot-live-kill-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

test("a live file is followed up to a kill -9, is stale then, and the next run starts over", async () => {
	const rng = Rng.fromSeed(2);
	const reader = followLive(dir, "live");
	for (let kill = 0; kill < 5; kill++) {
		const child = startChild("live", dir);
		expect((await child.lines.next()).value).toBe("live");
		let restarts = 0;
		let steps: number[] = [];
		const look = () => {
			const { state, restarted, events } = reader.read();
			if (restarted) {
				restarts++;
				steps = [];
				expect(events[0].kind).toBe("run started");
			}
			for (const event of events) if (event.kind === "looks") steps.push(...event.evaluations.map(({ step }) => step));
			return state;
		};
		const until = performance.now() + 100 * rng.uniform();
		do {
			expect(look()).toBe("running");
			await delay(1);
		} while (performance.now() < until);
		child.process.kill("SIGKILL");
		await child.ended;
		expect(look()).toBe("stale");
		expect(restarts).toBeGreaterThan(0);
		expect(steps.length).toBeGreaterThan(0);
		for (const [i, step] of steps.entries()) {
			if (restarts === 1)
				expect(step).toBe(i + 1); // each look was a write of its own: none is missing, none is there twice
			else if (i > 0) expect(step).toBeGreaterThan(steps[i - 1]); // the file was rewritten, and its looks thinned out
		}
	}
	openStore(dir, { mode: "write" }).close();
	expect(reader.read().state).toBe("none");
	expect(existsSync(join(dir, "live"))).toBe(false);
});
