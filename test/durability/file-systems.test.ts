import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SweetspotError } from "../../src/core/errors.js";
import { trialKey } from "../../src/core/trial.js";
import { followLive } from "../../src/store/live/reader.js";
import { liveLimits, openLive } from "../../src/store/live/writer.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/study/contracts.js";
import { sampleTrial } from "../contract/sample-trial.js";
import { exampleStudy } from "../fixtures/example-study.js";
import { canMount, mount, unmount } from "../fixtures/mount.js";

const { study, hash } = exampleStudy().stored;

describe.skipIf(!canMount)("on a file system of its own (needs the right to mount)", () => {
	let dir: string;
	beforeEach(() => {
		dir = mkdtempSync(join(tmpdir(), "sweetspot-mounted-"));
		mount(dir, "size=1m");
	});
	afterEach(() => {
		unmount(dir);
		rmSync(dir, { recursive: true });
	});
	const remount = (options: string) => mount(dir, `remount,${options}`);
	const openForReading = () => openStore(dir, { mode: "read" });

	/** Appends until the disk is full; gives the number of trials that went in. */
	function fill(store: Store, id: string): number {
		for (let i = 0; ; i++) {
			try {
				store.append(id, sampleTrial(i, 150));
			} catch (error) {
				expect(error).toBeInstanceOf(SweetspotError);
				expect(error).toMatchObject({ code: "store/full", detail: `${join(dir, "studies.sqlite")}: the disk is full` });
				return i;
			}
		}
	}

	test("a full disk: what was stored is kept, and it goes on when there is space", () => {
		const store = openStore(dir, { mode: "write" });
		const { id } = store.create(study, hash, "1");
		const stored = fill(store, id);
		const trials = Array.from({ length: stored }, (_, i) => sampleTrial(i, 150));
		expect(stored).toBeGreaterThan(10);
		expect(store.trials(id)).toEqual(trials);
		expect(openForReading()?.trials(id)).toEqual(trials);
		remount("size=4m");
		store.append(id, sampleTrial(stored, 150));
		expect(store.trials(id)).toHaveLength(stored + 1);
		store.close();
		expect(openForReading()?.trials(id)).toHaveLength(stored + 1);
	});

	test("a store that is closed, or whose process died, on a full disk can be read and opened again", () => {
		const store = openStore(dir, { mode: "write" });
		const { id } = store.create(study, hash, "1");
		const stored = fill(store, id);
		store.close();
		expect(openForReading()?.trials(id)).toHaveLength(stored);
		remount("size=4m");
		const again = openStore(dir, { mode: "write" });
		expect(again.trials(id)).toHaveLength(stored);
		again.close();
	});

	test("a disk that is full ends the live file, silently, and nothing else", () => {
		const store = openStore(dir, { mode: "write" });
		const { id } = store.create(study, hash, "1");
		const writer = openLive(dir, id, "1", { ...liveLimits, interval: 0 });
		const trial = sampleTrial(0, 150);
		const say = () => writer.write({ kind: "looks", trial: trialKey(trial.spec), evaluations: trial.result.evaluations });
		writer.write({ kind: "trial started", time: "2026-01-01T00:00:00.000Z", spec: trial.spec });
		say();
		expect(followLive(dir, id).read()).toMatchObject({ state: "running", events: { length: 3 } });
		const ballast = join(dir, "ballast");
		expect(() => writeFileSync(ballast, new Uint8Array(2 ** 20))).toThrow("ENOSPC");
		for (let i = 0; i < 10; i++) say(); // more than what is left of a block
		expect(followLive(dir, id).read().state).toBe("none");
		expect(existsSync(join(dir, "live"))).toBe(false);
		rmSync(ballast);
		say();
		expect(store.append(id, trial)).toEqual(trial);
		writer.close();
		store.close();
	});

	test("no space for a store at all", () => {
		remount("size=16k");
		expect(() => openStore(dir, { mode: "write" })).toThrow(expect.objectContaining({ code: "store/full" }));
	});

	/** Puts the store's files as they lie when `use` is done on the mounted file system, and makes that read-only. */
	function mountedReadOnly(names: readonly string[], use: (store: Store) => void): void {
		const elsewhere = mkdtempSync(join(tmpdir(), "sweetspot-elsewhere-"));
		const store = openStore(elsewhere, { mode: "write" });
		use(store);
		for (const name of names) cpSync(join(elsewhere, name), join(dir, name));
		rmSync(elsewhere, { recursive: true });
		remount("ro");
	}

	test("mounted read-only: a closed store is read, writing says why not", () => {
		mountedReadOnly(["studies.sqlite"], (store) => {
			const { id } = store.create(study, hash, "1");
			store.append(id, sampleTrial(0));
			store.close();
		});
		const reader = openForReading();
		expect(reader?.trials(reader.list()[0].id)).toEqual([sampleTrial(0)]);
		expect(() => openStore(dir, { mode: "write" })).toThrow(expect.objectContaining({ code: "store/read-only" }));
		expect(() => openStore(join(dir, "new"), { mode: "write" })).toThrow(
			expect.objectContaining({ code: "store/read-only", detail: expect.stringContaining("mounted read-only") }),
		);
	});

	test("mounted read-only with a log that was never taken in: said, not passed over", () => {
		mountedReadOnly(["studies.sqlite", "studies.sqlite-wal"], (store) => store.create(study, hash, "1"));
		expect(openForReading).toThrow(expect.objectContaining({ code: "store/read-only" }));
	});
});
