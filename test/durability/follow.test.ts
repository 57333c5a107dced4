import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Rng } from "../../src/core/rng.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/study/contracts.js";
import { sampleTrial } from "../contract/sample-trial.js";
import { startChild } from "./child.js";

let dir: string;
beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "sweetspot-follow-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A reader as a live page is one: it asks for the change token, and reads on from its cursor where that is another. */
class Follower {
	/** What was read, as text: the looks too, at the moment the trial was first seen. */
	readonly seen: string[] = [];
	/** Times something new was there. */
	news = 0;
	#token = "";
	#cursor: string | null = null;
	readonly #store: Store;
	readonly #id: string;

	constructor(store: Store, id: string) {
		this.#store = store;
		this.#id = id;
	}

	/** Reads what is new; whether anything has changed. */
	look(): boolean {
		const token = this.#store.changeToken(this.#id);
		if (token === this.#token) return false;
		this.#token = token;
		const { trials, restarted, cursor } = this.#store.trialsAfter(this.#id, this.#cursor);
		if (restarted !== (this.#cursor === null)) throw new Error("the study was not restated");
		this.#cursor = cursor;
		for (const trial of trials) this.seen.push(JSON.stringify(trial));
		if (trials.length > 0) this.news++;
		return true;
	}
}

test("who follows a writer sees every trial once and in order, while writers append and are killed", async () => {
	const rng = Rng.fromSeed(1);
	let follower: Follower | null = null;
	let reader: Store | null = null;
	let id = "";
	let reported = 0;
	for (let kill = 0; kill < 5; kill++) {
		const child = startChild("append", dir);
		const first = Number((await child.lines.next()).value); // the store is there now
		expect(first).toBeGreaterThanOrEqual(reported);
		reader ??= openStore(dir, { mode: "read" });
		if (reader === null) throw new Error("no store");
		id = reader.list()[0].id;
		follower ??= new Follower(reader, id);
		const killed = performance.now() + 40 * rng.uniform();
		while (performance.now() < killed) {
			follower.look();
			await delay(1);
		}
		expect(reader.find(id).state).toBe("running");
		const running = reader.changeToken(id);
		child.process.kill("SIGKILL");
		reported = first + 1;
		for (let line = await child.lines.next(); !line.done; line = await child.lines.next()) reported = Number(line.value) + 1;
		await child.ended;
		expect(reader.changeToken(id)).not.toBe(running); // at the latest because the writer is gone
		expect(reader.find(id).state).toBe("interrupted");
		expect(follower.look()).toBe(true);
		expect(follower.look()).toBe(false);
		expect(follower.seen.length).toBeGreaterThanOrEqual(reported); // the one in flight may have been stored without a report
	}
	const { seen = [], news = 0 } = follower ?? {};
	expect(news).toBeGreaterThan(5); // it did read while they wrote, not only when they were dead
	expect(seen.length).toBe(reader?.find(id).trials);
	for (const [i, trial] of seen.entries()) expect(trial).toBe(JSON.stringify(sampleTrial(i, 150)));
	reader?.close();
});
