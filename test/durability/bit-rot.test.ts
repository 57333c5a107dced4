import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { expect, onTestFinished, test } from "vitest";
import { SweetspotError } from "../../src/core/errors.js";
import { Rng } from "../../src/core/rng.js";
import { openStore } from "../../src/store/open.js";
import { sampleTrial } from "../contract/sample-trial.js";
import { exampleStudy } from "../fixtures/example-study.js";

const { study, hash } = exampleStudy().stored;

/** All that a reader can be shown of a store, as one text. */
function contents(dir: string): string {
	const store = openStore(dir, { mode: "read" });
	if (!store) return "none";
	try {
		const studies = store.list().map((stored) => {
			const trials = store.trials(stored.id).map(({ spec, result }) => ({ spec, result: { ...result } }));
			const { id } = stored;
			return [stored, trials, store.calibration(id), store.testResults(id), store.extensions(id)];
		});
		const runs = store.experiments.list();
		return JSON.stringify([studies, runs, runs.map(({ key }) => [...store.experiments.results(key)])]);
	} finally {
		store.close();
	}
}

function makeStore(dir: string): void {
	const store = openStore(dir, { mode: "write" });
	const { id } = store.create(study, hash, "1");
	for (let i = 0; i < 12; i++) store.append(id, sampleTrial(i, 8));
	store.saveCalibration(id, {
		machine: "a machine",
		stepTimes: [
			{ batchSize: 8, passes: [0.25, 0.5] },
			{ batchSize: 16, passes: [0.125] },
		],
	});
	store.saveTestResults(id, [{ batchSize: 8, seedIndex: 0, loss: 0.25, accuracy: 0.9 }]);
	store.extend(id, [{ batchSize: 8, trials: 5 }]);
	store.setState(id, "complete", 12.5, "ab".repeat(32));
	const run = store.experiments.create({ experiment: "convex", settings: { size: "quick" }, hash, version: "1" });
	for (let i = 0; i < 4; i++) store.experiments.keep(run.key, i, { value: i / 7 }, 1.5);
	store.experiments.setState(run.key, "complete", "cd".repeat(32));
	store.close();
}

test("a store with one bit flipped shows what was stored, or says that it is damaged; never anything else", () => {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-rot-"));
	onTestFinished(() => rmSync(dir, { recursive: true }));
	makeStore(dir);
	const before = contents(dir);
	const file = join(dir, "studies.sqlite");
	const sound = readFileSync(file);
	const rng = Rng.fromSeed(7);

	let refused = 0;
	for (let flip = 0; flip < 500; flip++) {
		for (const rest of ["-wal", "-shm"]) rmSync(`${file}${rest}`, { force: true });
		const bit = Math.floor(rng.uniform() * 8 * sound.length);
		const bytes = Buffer.from(sound);
		bytes[bit >> 3] ^= 1 << (bit & 7);
		writeFileSync(file, bytes);
		try {
			const now = contents(dir);
			const at = [...now].findIndex((letter, i) => letter !== before[i]);
			expect(now === before ? "" : `bit ${bit}: ${before.slice(at - 60, at + 60)} became ${now.slice(at - 60, at + 60)}`).toBe("");
		} catch (error) {
			if (!(error instanceof SweetspotError)) throw error;
			expect(error.code).toMatch(/^store\/(damaged|newer|older)$/);
			refused++;
		}
	}
	expect(refused).toBeGreaterThan(20);
}, 120_000);

test.each([
	"UPDATE trials SET steps = steps + 1 WHERE seed_index = 3",
	"UPDATE trials SET first_step = 2 WHERE seed_index = 3",
	"UPDATE trials SET seconds = seconds * 2",
	"DELETE FROM trials WHERE seed_index = 3",
	"UPDATE evaluations SET data = zeroblob(length(data))",
	"UPDATE probes SET data = zeroblob(length(data))",
	"DELETE FROM evaluations",
	"UPDATE studies SET seconds = 13",
	"UPDATE studies SET digest = hash",
	"UPDATE step_times SET passes = zeroblob(8)",
	"DELETE FROM calibrations",
	"UPDATE test_results SET loss = 0.5",
	"DELETE FROM test_results",
	"UPDATE extensions SET trials = 50",
	"UPDATE experiments SET seconds = 1",
	"UPDATE experiment_results SET result = '{}' WHERE place = 2",
	"DELETE FROM experiment_results WHERE place = 2",
])("a row that isn't what was stored is refused by what reads it, after a kill as well: %s", (change) => {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-rot-"));
	onTestFinished(() => rmSync(dir, { recursive: true }));
	makeStore(dir);
	const file = join(dir, "studies.sqlite");
	expect(contents(dir)).toContain("digits");
	rmSync(`${file}.checksum`); // there is none while somebody writes
	const hand = new Database(file);
	hand.exec(change);
	hand.close();
	expect(() => contents(dir)).toThrow(expect.objectContaining({ code: "store/damaged" }));
});
