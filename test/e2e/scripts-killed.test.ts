import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { processesWith } from "../fixtures/scripts/processes.js";
import { until } from "../fixtures/until.js";
import type { Ended } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const script = readFileSync(fileURLToPath(new URL("../fixtures/scripts/kin.py", import.meta.url)), "utf8");

/**
 * Twelve reporting runs: so many scripts can run at once. A mark in its command line tells each study's processes apart from others'; it is
 * a comment to the script.
 */
const study = (mark: string) => `
version: 1
name: kin
workload: { command: [python3, kin.py, "{batchSize}", "{learningRate}", "{seed}", ${mark}], examples: 640, grace: 0.2 }
goal: { metric: validation.loss, atMost: 0.3 }
batchSizes: [16]
tune: { learningRate: { from: 1, to: 2 } }
seeds: { tuning: 1, selecting: 1, reporting: 12 }
limits: { steps: 60, epochs: 1 }
`;

const mark = `kin-${process.pid}`;
const workplace = workplaces({ "study.yaml": study(mark), "kin.py": script });
function answerOf({ code, stdout, stderr }: Ended) {
	if (stdout === "") throw new Error(`code ${code}: ${stderr}`);
	return JSON.parse(stdout) as { readonly study: { readonly id: string }; readonly digest: string };
}
const scriptsRunning = () => processesWith(mark).length / 2;

test("kill -9 with ten scripts running leaves no process behind; with the guard killed as well, the next session ends what is left. The answer is as if nothing had happened", {
	timeout: 300_000,
}, async () => {
	const place = workplace();
	place.write("hold", "");
	/** Starts it, and hands over how to end it once ten scripts run. */
	const start = async (args: readonly string[], atTen: (kill: (signal: NodeJS.Signals) => boolean) => void) => {
		const { kill, ended } = place.begin(args);
		await until(() => scriptsRunning() >= 10);
		atTen(kill);
		return await ended;
	};
	const killed = await start(["tune", "study.yaml", "--workers", "10"], (kill) => kill("SIGKILL"));
	expect(killed.code).toBeNull();
	await until(() => processesWith(mark).length === 0);

	const [id] = /kin-\w+/.exec((await place.start(["studies"])).stdout) ?? [""];
	let guards: readonly number[] = [];
	const unguarded = await start(["resume", id, "--workers", "10"], (kill) => {
		guards = processesWith(`${place.folder}/.sweetspot/running`);
		kill("SIGSTOP"); // or it would start another guard
		for (const guard of guards) process.kill(guard, "SIGKILL");
		kill("SIGKILL");
	});
	expect(unguarded.code).toBeNull();
	expect(guards.length).toBe(1);
	expect(processesWith(mark).length).toBeGreaterThanOrEqual(20);
	// What is not guarded goes on for a while, with no one listening.
	rmSync(join(place.folder, "hold"));
	await delay(300);

	const resumed = await place.start(["resume", id, "--workers", "10", "--json"]);
	expect(processesWith(mark)).toEqual([]);
	expect(existsSync(join(place.folder, ".sweetspot/running", id))).toBe(false);

	const whole = await workplace().start(["tune", "study.yaml", "--workers", "10", "--json"]);
	expect(answerOf(resumed).digest).toBe(answerOf(whole).digest);
	expect(processesWith(mark)).toEqual([]);
});

test("Ctrl-C ends every script, and exits 130 with how to go on", async () => {
	const place = workplace();
	place.write("hold", "");
	let sent = false;
	const ended = await place.start(["tune", "study.yaml", "--workers", "3"], (_, kill) => {
		if (sent) return;
		sent = true;
		void until(() => scriptsRunning() >= 1).then(() => kill("SIGINT"));
	});
	expect(ended.code).toBe(130);
	expect(ended.stderr).toMatch(/sweetspot resume kin-/);
	expect(processesWith(mark)).toEqual([]);
});

test("what a session left that was killed, with its guard, when the study was complete already, is ended by the next look at it", async () => {
	const place = workplace();
	const whole = await place.start(["tune", "study.yaml", "--workers", "10", "--json"]);
	const { id } = answerOf(whole).study;
	// As that session would have left it: its mark, and a process that has inherited it.
	const session = "0123456789abcdef".repeat(2);
	mkdirSync(join(place.folder, ".sweetspot/running", id), { recursive: true });
	place.write(`.sweetspot/running/${id}/session`, `${session}\n`);
	const left = `left-${process.pid}`;
	const child = spawn("sh", ["-c", `: ${left}; sleep 300; :`], {
		env: { ...process.env, SWEETSPOT_LAUNCH: `${session}-1` },
		detached: true,
		stdio: "ignore",
	});
	const ended = once(child, "exit");
	await until(() => processesWith(left).length > 0);
	const again = await place.start(["tune", "study.yaml", "--workers", "10", "--json"]);
	await ended;
	expect(processesWith(left)).toEqual([]);
	expect(answerOf(again).digest).toBe(answerOf(whole).digest);
	expect(existsSync(join(place.folder, ".sweetspot/running", id))).toBe(false);
});
