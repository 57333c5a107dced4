import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { followLive } from "../../src/store/live/reader.js";
import type { LiveEvent } from "../../src/study/live-event.js";
import { smallStudy } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const places = workplaces({ "small.yaml": smallStudy });

test("a running study can be watched from outside: what is planned and why, what runs, its looks, how far it is", async () => {
	const place = places();
	let over = false;
	const ended = place.start(["tune", "small.yaml", "--json"]).finally(() => {
		over = true;
	});
	const store = join(place.folder, ".sweetspot");
	const folder = join(store, "live");
	const events: LiveEvent[] = [];
	let reader: ReturnType<typeof followLive> | null = null;
	while (!over) {
		const [file] = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".ndjson")) : [];
		if (!reader && file) reader = followLive(store, file.replace(/\.ndjson$/, ""));
		if (reader) events.push(...reader.read().events);
		await delay(20);
	}
	const { code, stdout } = await ended;
	expect([0, 3]).toContain(code);
	const kinds = new Set(events.map(({ kind }) => kind));
	expect(events[0].kind).toBe("run started");
	expect(kinds).toContain("trial started");
	expect(kinds).toContain("progress");
	const plans = events.flatMap((event) => (event.kind === "planned" ? [event] : []));
	expect(plans.some(({ trials }) => trials.some(({ reason }) => /^(Tuning|Selecting|Reporting)/.test(reason)))).toBe(true);
	const last = events.flatMap((event) => (event.kind === "progress" ? [event] : [])).at(-1);
	const { cost } = JSON.parse(stdout) as { cost: { trials: number } };
	expect(last?.done).toBeLessThanOrEqual(cost.trials);
	expect(existsSync(folder)).toBe(false); // the run is over
}, 120_000);
