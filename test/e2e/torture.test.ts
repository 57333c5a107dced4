// Longer than 250 lines: the tests share one undisturbed run, since making it is what takes time.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import { describe, expect, onTestFinished, test } from "vitest";
import { stringify } from "yaml";
import { difference, leftRunning, unsound } from "../../bench/torture/aftermath.js";
import { halfFile, otherWords } from "../../bench/torture/command-kills.js";
import { isPartOf, otherTrials } from "../../bench/torture/exported-trials.js";
import { figuresTable } from "../../bench/torture/figures.js";
import { flipCampaign, type Show, shownByProgram, verdictOn } from "../../bench/torture/flips.js";
import { dataFiles, studies } from "../../bench/torture/fuzz/bases.js";
import { fuzzCampaign } from "../../bench/torture/fuzz/campaign.js";
import { judged } from "../../bench/torture/fuzz/judge.js";
import { outside } from "../../bench/torture/fuzz/outside.js";
import { programCampaign, wrongAnswer } from "../../bench/torture/fuzz/programs.js";
import { targets } from "../../bench/torture/fuzz/targets.js";
import { killCampaign } from "../../bench/torture/kills.js";
import { logFlipCampaign } from "../../bench/torture/log-flips.js";
import { campaignOptions } from "../../bench/torture/options.js";
import { markName } from "../../bench/torture/program.js";
import { disturbStudy, runUndisturbed, wrongEnd } from "../../bench/torture/study-kills.js";
import { workloads } from "../../bench/torture/workloads.js";
import { resolveInput } from "../../src/api/resolve-input.js";
import { SweetspotError } from "../../src/core/errors.js";
import { Rng } from "../../src/core/rng.js";
import { openStore } from "../../src/store/open.js";
import { sampleTrial } from "../contract/sample-trial.js";
import { exampleStudy } from "../fixtures/example-study.js";

const silent = { say: () => {}, stop: new AbortController().signal };
const seed = 1;
const ending = { code: 0, signal: null, stdout: "", stderr: "", milliseconds: 1, peakBytes: 1, hung: false } as const;

function folder(): string {
	const made = mkdtempSync(join(tmpdir(), "sweetspot-planted-"));
	onTestFinished(() => rmSync(made, { recursive: true, force: true }));
	return made;
}

let ofNetwork: ReturnType<typeof runUndisturbed> | null = null;
/** The network's study as it comes out undisturbed: run once. */
const network = () => {
	ofNetwork ??= runUndisturbed(workloads[0], true);
	return ofNetwork;
};

describe("the campaign, in short", () => {
	test("kills and stops", async () => {
		const { counts, problems } = await killCampaign(Rng.fromSeed(seed), 6, silent);
		expect({ seed, problems }).toEqual({ seed, problems: [] });
		expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(6);
	});

	test("mutated inputs", async () => {
		const { counts, problems } = await fuzzCampaign(seed, 200, silent);
		expect({ seed, problems }).toEqual({ seed, problems: [] });
		expect(counts.size).toBe(targets.length);
	});

	test("mutated inputs of the program itself, and bits flipped in its store", async () => {
		expect((await programCampaign(Rng.fromSeed(seed), 4, silent)).problems).toEqual([]);
		expect((await flipCampaign(Rng.fromSeed(seed), 4, 0.5, shownByProgram, silent)).problems).toEqual([]);
	});

	test.each(["open", "killed"] as const)("bits flipped in the log of a store whose writer is %s", async (writer) => {
		const { same, earlier, problems } = await logFlipCampaign(Rng.fromSeed(seed), 3, writer, shownByProgram, silent, network);
		expect({ seed, problems }).toEqual({ seed, problems: [] });
		expect(writer === "open" ? same : earlier).toBeGreaterThan(0);
	});

	test("what is mutated is sound before", async () => {
		const place = folder();
		for (const [name, bytes] of Object.entries(dataFiles)) writeFileSync(join(place, name), bytes);
		writeFileSync(join(place, "trainer.mjs"), "export async function train() {}\n");
		for (const study of studies) expect(await resolveInput(study, place)).toMatchObject({ version: 1 });
	});
});

describe("a planted fault is found", () => {
	test("a digest that isn't the undisturbed one, in a study that was killed", async () => {
		const sound = await runUndisturbed(workloads[1], false);
		const wrong = { ...sound, outcome: { ...sound.outcome, digest: "0".repeat(64) } };
		const { problems } = await disturbStudy(wrong, Rng.fromSeed(1), 1);
		expect(problems).toMatchObject([
			{ found: expect.stringMatching(/^digest is \w+, and 0+ in an undisturbed run\n {2}trials of the undisturbed run alone:/) },
		]);
		expect(otherWords({ stdout: '{"digest":"a"}' }, { stdout: '{"digest":"b"}' })).toBe("it printed b, and a undisturbed");
		expect(otherWords({ stdout: '{"weights":{"sha256":"a"}}' }, { stdout: '{"weights":{"sha256":"a"}}' })).toBeNull();
		expect(difference(sound.outcome, null)).toBe("no answer with a digest");
		expect(difference(sound.outcome, { ...sound.outcome, trials: 1 })).toMatch(/^trials is 1/);
	});

	test("a process that is left", async () => {
		const mark = `planted-${process.pid}`;
		const child = spawn("sleep", ["60"], { env: { ...process.env, [markName]: mark }, stdio: "ignore" });
		expect(await leftRunning(mark, 200)).toMatch(`other ${child.pid} (sleep 60`);
		await new Promise((resolve) => child.once("exit", resolve)); // it was ended
		expect(await leftRunning(mark, 0)).toBeNull();
	});

	test("half a file, and none where there was one", () => {
		const file = join(folder(), "made.csv");
		writeFileSync(file, "batch_size\n8");
		const whole = Buffer.from("batch_size\n8\n");
		expect(halfFile(file, [whole], true)).toMatch("12 bytes that are no whole file");
		rmSync(file);
		expect(halfFile(file, [whole], true)).toBeNull();
		expect(halfFile(file, [whole], false)).toMatch("is gone");
	});

	test("a store that lacks a trial", () => {
		const place = folder();
		const store = openStore(place, { mode: "write" });
		const { study, hash } = exampleStudy().stored;
		const { id } = store.create(study, hash, "1");
		for (let i = 0; i < 4; i++) store.append(id, sampleTrial(i, 8));
		store.close();
		expect(unsound(place)).toBeNull();
		rmSync(join(place, "studies.sqlite.checksum"));
		const hand = new Database(join(place, "studies.sqlite"));
		hand.exec("DELETE FROM evaluations WHERE trial = (SELECT max(trial) FROM evaluations)");
		hand.close();
		expect(unsound(place)).toMatch("the store can't be read");
	});

	test.each([
		[{ hung: true, code: null, signal: "SIGKILL" as const }, "it hangs"],
		[{ code: 1 }, "exit code 1"],
		[{ code: null, signal: "SIGSEGV" as const }, "signal SIGSEGV"],
		[{ stderr: "TypeError: x is not a function\n    at f (file:///x.js:1:2)\n" }, "x is not a function"],
	])("a session that ends as none may, and a command: %j", (change, found) => {
		expect(wrongEnd({ ...ending, ...change })).toMatch(found);
		expect(wrongAnswer({ ...ending, ...change })).toMatch(found);
	});

	test("a command that takes more memory than any may, that refuses without a reason, and files outside of its folder", () => {
		expect(wrongAnswer({ ...ending, peakBytes: 3e9 })).toMatch("has held 3000000000 bytes");
		expect(wrongAnswer({ ...ending, code: 2, stderr: "no" })).toMatch("without a reason");
		const top = folder();
		mkdirSync(join(top, "a", "b", "work", "x"), { recursive: true });
		expect(outside(top)).toEqual([]);
		writeFileSync(join(top, "a", "outside"), "");
		expect(outside(top)).toEqual(["a/outside"]);
	});

	test.each(targets)("a reader that throws what is no refusal: $name", async ({ attempt }) => {
		const place = folder();
		for (const [name, bytes] of Object.entries(dataFiles)) writeFileSync(join(place, name), bytes);
		writeFileSync(join(place, "whole.yaml"), stringify(studies[0]));
		const broken = async (rng: Rng) => {
			await Promise.resolve(attempt(rng, place)).catch(() => {});
			throw new TypeError("planted");
		};
		expect(await judged({ attempt: broken }, Rng.fromSeed(1), place)).toMatchObject({
			end: "wrong",
			found: expect.stringMatching("planted"),
		});
	});

	test("one that holds too much, and one that refuses without a fix", async () => {
		expect(await judged({ attempt: () => {} }, Rng.fromSeed(1), "", 1000)).toMatchObject({
			end: "wrong",
			found: expect.stringMatching("has held"),
		});
		const mute = () => {
			throw new SweetspotError("data/damaged", "it is", "");
		};
		expect(await judged({ attempt: mute }, Rng.fromSeed(1), "")).toMatchObject({ end: "wrong" });
	});

	test("an input that hangs, and one that ends its process", async () => {
		const file = fileURLToPath(new URL("../fixtures/odd-worker.ts", import.meta.url));
		const { problems } = await fuzzCampaign(1, 6, silent, { file, patience: 3000 });
		expect(problems.map(({ after, found }) => `${after}: ${found.slice(0, 34)}`).sort()).toEqual([
			"input 1 of seed 1: odd: it hangs",
			"input 4 of seed 1: odd: its process ended, code 7, signal ",
		]);
	});

	test("a store that is read without its checksums", async () => {
		const { problems } = await flipCampaign(Rng.fromSeed(3), 40, 0, unchecked, silent);
		expect(problems.length).toBeGreaterThan(0);
		expect(problems[0].found).toMatch("another answer");
		expect(verdictOn("a", { ...ending, code: null, signal: "SIGABRT" }, true)).toMatchObject({ found: expect.stringMatching("SIGABRT") });
		expect(verdictOn("a", { ...ending, code: null, signal: "SIGABRT" }, false)).toBe("ended");
	});
});

test("a planted fault in what is shown of a store with a damaged log is found: a figure that no trial had", async () => {
	let looks = 0;
	const wrong: Show = async (args, place) => {
		const shown = await shownByProgram(args, place);
		return { ...shown, stdout: looks++ < 3 ? shown.stdout : shown.stdout.replaceAll("0.", "1.") };
	};
	const { problems } = await logFlipCampaign(Rng.fromSeed(seed), 1, "open", wrong, silent, network);
	expect(problems).toMatchObject([{ found: expect.stringMatching("another answer") }]);
	const exported = (...trials: readonly string[]) => `{\n"trials": [\n${trials.map((trial) => `{"a":${trial}}`).join(",\n")}\n]\n}\n`;
	expect(isPartOf(exported("1"), exported("1", "2"))).toBe(true);
	expect(isPartOf(exported("1", "3"), exported("1", "2", "3.0"))).toBe(false);
	const timed = (seconds: number, loss: number) => exported(`1,"seconds":${seconds},"loss":${loss}`);
	expect(otherTrials(timed(1, 2), timed(3, 2))).not.toContain("loss");
	expect(otherTrials(timed(1, 2), timed(3, 4))).toMatch(
		/undisturbed run alone:\s+\{"a":1,"loss":2\}\s+trials of this one alone:\s+\{"a":1,"loss":4\}/,
	);
});

/** Shows what SQLite makes of the file, in spite of its checksums. */
const unchecked: Show = async (_, place) => {
	try {
		const store = new Database(join(place.store, "studies.sqlite"), { readonly: true });
		const rows = store.prepare("SELECT hex(data) FROM evaluations").all();
		store.close();
		return { ...ending, stdout: JSON.stringify(rows) };
	} catch {
		return { ...ending, code: 2, stderr: "error: the store is damaged\nfix: none\n" };
	}
};

test("its table says how often each was done, what came of it and what was wrong", () => {
	const kills = {
		counts: new Map([
			["SIGKILL runner", 1200],
			["SIGSTOP script", 3],
		]),
		studies: 9,
		problems: [{ after: "x", found: "y" }],
	};
	const fuzz = { counts: new Map([["flags", { tried: 7, refused: 5 }]]), problems: [{ after: "input 1 of seed 1: flags", found: "y" }] };
	const programs = { tried: 2, refused: 1, problems: [] };
	const flips = { same: 3, refused: 4, ended: 0, problems: [] };
	const openLog = { ...flips, same: 2, earlier: 0, resumed: 0 };
	const killedLog = { ...openLog, earlier: 6, resumed: 1 };
	const text = figuresTable(
		{ kills, fuzz, programs, flips, openLog, killedLog },
		{ kills: 1203, inputs: 9, flips: 7, seed: 2 },
		"2026-11-28",
	);
	expect(text).toMatch(/^\| SIGKILL of the runner +\| +1,200 \| 9 studies .* \| +1 \|$/m);
	expect(text).toMatch(/^\| mutated: flags +\| +7 \| 5 refused .* \| +1 \|$/m);
	expect(text).toMatch(/^\| SIGSTOP, then SIGCONT, of a script or a child of it +\| +3 \|/m);
	expect(text).toMatch(/killed writer flipped +\| +12 \| 4 refused, 2 shown as before, 6 without .*; 1 of these resumed/);
	expect(text).toContain("`npm run bench -- torture --kills 1203 --inputs 9 --flips 7 --seed 2`");
});

test("the campaign's flags are read, or refused", () => {
	expect(campaignOptions(["--kills", "3", "--seed", "9"])).toMatchObject({ kills: 3, seed: 9, flips: 500 });
	for (const wrong of [["--kills"], ["--kills", "-1"], ["--kills", "1.5"], ["--toString", "1"], ["kills", "1"]])
		expect(campaignOptions(wrong)).toBeNull();
});
