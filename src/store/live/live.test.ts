// Longer than 250 lines: all tests follow one live file, with the messages and the clock set up at the top.
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sampleTrial } from "../../../test/contract/sample-trial.js";
import { exampleStudy } from "../../../test/fixtures/example-study.js";
import { type Evaluation, trialKey } from "../../core/trial.js";
import type { Store } from "../../study/contracts.js";
import type { LiveEvent, LiveMessage } from "../../study/live-event.js";
import { openStore } from "../open.js";
import { liveFile } from "./files.js";
import { followLive } from "./reader.js";
import { liveLimits, openLive } from "./writer.js";

let dir: string;
let store: Store;
let file: string;
const id = "digits-3f9a";
const version = "1.2.3";
/** As fast as the file can be written. */
const atOnce = { ...liveLimits, interval: 0 };
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "sweetspot-live-"));
	file = liveFile(dir, id);
	store = openStore(dir, { mode: "write" }); // live files are of the store's writer
});
afterEach(() => {
	store.close();
	rmSync(dir, { recursive: true });
});

const time = "2026-01-01T00:00:00.000Z";
const spec = (seedIndex: number) => sampleTrial(seedIndex).spec;
const started = (seedIndex: number): LiveMessage => ({ kind: "trial started", time, spec: spec(seedIndex) });
const look = (step: number): Evaluation => ({ step, examples: 32 * step, metrics: { "validation.loss": 1 / step } });
const looks = (seedIndex: number, ...steps: readonly number[]): LiveMessage => ({
	kind: "looks",
	trial: trialKey(spec(seedIndex)),
	evaluations: steps.map(look),
});
const ended = (seedIndex: number): LiveMessage => ({ kind: "trial ended", trial: trialKey(spec(seedIndex)), outcome: "reached" });
const planned: LiveMessage = { kind: "planned", trials: [{ spec: spec(3), reason: "größer" }], total: 1 };
const progress: LiveMessage = {
	kind: "progress",
	done: 1,
	expected: 9,
	secondsLeft: 3.5,
	answers: [],
};
const none = { state: "none", restarted: false, events: [] };
const runStarted = (part = 0) => ({
	kind: "run started",
	schemaVersion: 1,
	version,
	time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
	run: expect.any(String),
	part,
	writer: expect.stringContaining(String(process.pid)),
});

describe("a live file is followed", () => {
	test("from the time before the run to its end, when the file is removed", () => {
		const reader = followLive(dir, id);
		expect(reader.read()).toEqual(none);
		const writer = openLive(dir, id, version, atOnce);
		expect(reader.read()).toEqual({ state: "running", restarted: true, events: [runStarted()] });
		expect(reader.read()).toEqual({ state: "running", restarted: false, events: [] });
		const messages = [started(0), looks(0, 1, 2), planned, progress, ended(0)];
		for (const message of messages) {
			writer.write(message);
			expect(reader.read()).toEqual({ state: "running", restarted: false, events: [message] });
		}
		expect(followLive(dir, id).read()).toEqual({ state: "running", restarted: true, events: [runStarted(), ...messages] });
		writer.close();
		expect(reader.read()).toEqual(none);
		expect(existsSync(join(dir, "live"))).toBe(false);
		writer.write(started(1));
		writer.close();
		expect(existsSync(join(dir, "live"))).toBe(false);
	});

	test("the files of two studies are apart, and the folder stays as long as there is one", () => {
		const [one, two] = [openLive(dir, id, version, atOnce), openLive(dir, "other", version, atOnce)];
		one.write(started(0));
		expect(followLive(dir, "other").read().events).toEqual([runStarted()]);
		one.close();
		expect(readdirSync(join(dir, "live"))).toEqual(["other.ndjson"]);
		two.close();
	});

	test("a line that is not whole yet is left for the next time, to the byte", () => {
		const writer = openLive(dir, id, version, atOnce);
		const reader = followLive(dir, id);
		reader.read();
		const line = `${JSON.stringify(planned)}\n`;
		const bytes = Buffer.from(line);
		const inWord = bytes.indexOf("ö") + 1; // within a letter of two bytes
		appendFileSync(file, bytes.subarray(0, inWord));
		expect(reader.read()).toEqual({ state: "running", restarted: false, events: [] });
		appendFileSync(file, bytes.subarray(inWord));
		appendFileSync(file, '{"kind":"pro');
		expect(reader.read()).toEqual({ state: "running", restarted: false, events: [planned] });
		expect(reader.read().events).toEqual([]);
		writer.close();
	});

	test("a new run is not taken for the one before, even without a look in between", () => {
		const reader = followLive(dir, id);
		const first = openLive(dir, id, version, atOnce);
		first.write(started(0));
		expect(reader.read().events).toHaveLength(2);
		first.close();
		const second = openLive(dir, id, version, atOnce);
		second.write(started(1));
		second.write(looks(1, 1, 2, 3)); // the file is longer than the reader has read of the other
		expect(reader.read()).toEqual({ state: "running", restarted: true, events: [runStarted(), started(1), looks(1, 1, 2, 3)] });
		second.close();
	});

	test("a file that was cut short is read from its beginning", () => {
		const writer = openLive(dir, id, version, atOnce);
		const reader = followLive(dir, id);
		const { size } = statSync(file);
		writer.write(started(0));
		expect(reader.read().events).toHaveLength(2);
		truncateSync(file, size);
		expect(reader.read()).toEqual({ state: "running", restarted: true, events: [runStarted()] });
		truncateSync(file, 10); // within the first line
		expect(reader.read()).toEqual(none);
		writer.close();
	});

	test("a file that makes no sense is as good as missing", () => {
		openLive(dir, id, version).close();
		const writer = openLive(dir, id, version, atOnce);
		const reader = followLive(dir, id);
		const [head] = readFileSync(file, "utf8").split("\n");
		for (const strange of ["{}\n{", "nonsense\n", `${head}\nnonsense\n`, `${head.replace('"schemaVersion":1', '"schemaVersion":2')}\n`]) {
			writeFileSync(file, strange);
			expect(reader.read().events).toEqual([]);
			expect(reader.read().state).not.toBe("running");
		}
		writeFileSync(file, `${head}\n`);
		expect(reader.read()).toEqual({ state: "running", restarted: true, events: [runStarted()] });
		writer.close();
	});

	test("a file whose writer is gone is stale, and gone with the next writer of the store", () => {
		const writer = openLive(dir, id, version, atOnce);
		const reader = followLive(dir, id);
		writer.write(started(0));
		expect(reader.read().events).toHaveLength(2);
		const left = readFileSync(file);
		store.close();
		expect(reader.read()).toEqual({ state: "stale", restarted: false, events: [] });
		store = openStore(dir, { mode: "write" });
		expect(reader.read()).toEqual(none);
		openLive(dir, id, version, atOnce);
		writeFileSync(file, left); // as where it could not be removed: the process is the same, but not the writer
		expect(reader.read().state).toBe("stale");
		writer.close();
	});

	test("removing a study takes its live file", () => {
		const { study, hash } = exampleStudy().stored;
		const stored = store.create(study, hash, "1");
		openLive(dir, stored.id, version);
		expect(followLive(dir, stored.id).read().state).toBe("running");
		store.remove(stored.id);
		expect(existsSync(liveFile(dir, stored.id))).toBe(false);
	});
});

describe("what a live file costs is bounded", () => {
	test("four writes a second, and the first at once", async () => {
		const writer = openLive(dir, id, version);
		writer.write(started(0));
		const begun = performance.now();
		const sizes = new Set([statSync(file).size]);
		let step = 0;
		for (let now = begun; now < begun + 900; now = performance.now()) {
			writer.write(looks(0, ++step));
			sizes.add(statSync(file).size);
			await delay(1);
		}
		const passed = performance.now() - begun;
		expect(sizes.size).toBeGreaterThan(1);
		expect(sizes.size).toBeLessThanOrEqual(1 + passed / liveLimits.interval);
		await delay(2 * liveLimits.interval); // the last message is written although no more come
		const events = followLive(dir, id)
			.read()
			.events.filter((event) => event.kind === "looks");
		expect(events.at(-1)?.evaluations.at(-1)).toEqual(look(step));
		for (const { evaluations } of events) expect(evaluations.length).toBeLessThanOrEqual(liveLimits.looks);
		writer.close();
	});

	test("the file never grows beyond its bound; who follows starts over where it was rewritten, and knows what runs", () => {
		const limits = { ...atOnce, bytes: 20_000 };
		const writer = openLive(dir, id, version, limits);
		const reader = followLive(dir, id);
		let restarts = 0;
		let events: LiveEvent[] = [];
		const say = (message: LiveMessage) => {
			writer.write(message);
			expect(statSync(file).size).toBeLessThanOrEqual(limits.bytes);
			const news = reader.read();
			expect(news.state).toBe("running");
			if (news.restarted) {
				restarts++;
				events = [];
			}
			events.push(...news.events);
		};
		say(started(0));
		say(planned);
		for (let step = 1; step <= 1000; step++) {
			say(looks(0, step));
			say(progress);
			if (step % 10 === 0) {
				say(started(step));
				say(ended(step));
			}
		}
		expect(restarts).toBeGreaterThan(10);
		expect(events[0]).toEqual(runStarted(restarts - 1));
		expect(events.filter(({ kind }) => kind === "planned")).toEqual([planned]);
		const begun = events.filter((event) => event.kind === "trial started").map((event) => event.spec.seedIndex);
		expect(begun[0]).toBe(0);
		const seen = events.flatMap((event) => (event.kind === "looks" ? event.evaluations : []));
		expect(seen[0]).toEqual(look(1)); // thinned out over the whole trial
		expect(seen.at(-1)).toEqual(look(1000));
		expect(seen.map(({ step }) => step)).toEqual([...seen.map(({ step }) => step)].sort((a, b) => a - b));
		expect(seen.length).toBeGreaterThan(20);
		writer.close();
	});

	test("even where what runs is more than fits", () => {
		const limits = { ...atOnce, bytes: 4000, planned: 5 };
		const writer = openLive(dir, id, version, limits);
		const trials = Array.from({ length: 40 }, (_, seedIndex) => ({ spec: spec(seedIndex), reason: "r".repeat(1000) }));
		for (let seedIndex = 0; seedIndex < 40; seedIndex++) {
			writer.write(started(seedIndex));
			writer.write(looks(seedIndex, 1, 2, 3));
			writer.write({ kind: "planned", trials, total: 40 });
			expect(statSync(file).size).toBeLessThanOrEqual(limits.bytes);
		}
		const { events } = followLive(dir, id).read();
		expect(events[0].kind).toBe("run started");
		expect(events.length).toBeGreaterThan(2);
		writer.close();
	});
});

describe("a live file that can't be written does no harm", () => {
	test("nowhere to put it", () => {
		writeFileSync(join(dir, "live"), "a file where the folder should be");
		const writer = openLive(dir, id, version, atOnce);
		for (const message of [started(0), looks(0, 1), ended(0)]) writer.write(message);
		expect(followLive(dir, id).read()).toEqual(none);
		writer.close();
		expect(readFileSync(join(dir, "live"), "utf8")).toBe("a file where the folder should be");
	});

	test("its folder goes while it is written", () => {
		const writer = openLive(dir, id, version, { ...atOnce, bytes: 2000 });
		rmSync(join(dir, "live"), { recursive: true });
		for (let i = 0; i < 20; i++) writer.write(started(i)); // is to be rewritten on the way
		expect(followLive(dir, id).read()).toEqual(none);
		writer.close();
	});

	test("a store in memory has none", () => {
		const writer = openLive(null, id, version);
		writer.write(started(0));
		writer.close();
		expect(readdirSync(dir)).not.toContain("live");
	});
});
