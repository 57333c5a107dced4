import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { openLocalHost } from "../../src/trainers/command/local/host.js";
import { processesWith } from "../fixtures/scripts/processes.js";
import { launch, scriptHostContract, shell, trialsFolder, until } from "./script-host.js";

scriptHostContract("local", { open: openLocalHost, seesMemoryKills: true });

test("the local host names this machine", async () => {
	const folder = trialsFolder();
	const host = openLocalHost(folder);
	onTestFinished(() => host.close());
	expect(await launch(host, folder, shell("exit 0")).launched.started).toHaveProperty("machine", hostname());
});

test("what the system doesn't run in time has failed to start, by the machine's fault, and is ended", async () => {
	const folder = trialsFolder();
	const host = openLocalHost(folder, 300);
	onTestFinished(() => host.close());
	// The loader waits for whoever writes into this pipe, before the shell's first instruction.
	const pipe = join(folder, "pipe");
	execFileSync("mkfifo", [pipe]);
	const mark = `late-${process.pid}`;
	const { launched } = launch(host, folder, shell(`exit 0; : ${mark}`), { environment: { LD_PRELOAD: pipe } });
	expect(await launched.started).toBeNull();
	expect(await launched.exit).toEqual({
		...{ code: null, signal: null, outOfMemory: false, hostFailed: true },
		words: "it could not be started: the system did not run it within 0.3 s",
	});
	expect(processesWith(mark).length).toBe(1);
	await launched.end(1000);
	expect(processesWith(mark)).toEqual([]);
});

test("kill -9 of this process leaves nothing of its scripts, stopped ones among them", async () => {
	const folder = trialsFolder();
	const mark = `killed-${process.pid}`;
	const host = new URL("../../dist/trainers/command/local/host.js", import.meta.url).href;
	const code = `
import { openLocalHost } from ${JSON.stringify(host)};
const host = openLocalHost(${JSON.stringify(folder)});
for (const stops of ["", "kill -s STOP 0; "])
	host.launch({
		command: ["sh", "-c", stops + "trap '' TERM; while :; do sleep 0.05; done; : ${mark}"],
		directory: "/",
		environment: { SWEETSPOT_EVENTS: ${JSON.stringify(join(folder, "trial/events.jsonl"))} },
		folder: ${JSON.stringify(join(folder, "trial"))},
		onOutput: () => {},
	});
setInterval(() => {}, 1000);`;
	const launcher = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "inherit" });
	const scripts = () =>
		execFileSync("ps", ["-eo", "stat,args"], { encoding: "utf8" })
			.split("\n")
			.filter((line) => /^\S+ +sh -c/.test(line) && line.includes(mark));
	await until(() => scripts().length === 2 && scripts().some((line) => line.startsWith("T")));
	launcher.kill("SIGKILL");
	await once(launcher, "exit");
	await until(() => scripts().length === 0);
});

/** More than enough to fill any memory, were a list of processes to double with each. */
const releases = 64;

test("the guard of the local host takes no notice of a group that it doesn't know", async () => {
	const others = guardsOfThisProcess();
	const host = openLocalHost(trialsFolder());
	onTestFinished(() => host.close());
	const own = () => guardsOfThisProcess().filter((id) => !others.includes(id));
	await until(() => own().length === 1);
	// The same program once more, so that it hears what this test says alone.
	const [program, ...args] = readFileSync(`/proc/${own()[0]}/cmdline`, "utf8").split("\0").slice(0, -1);
	const guard = spawn(program, args, { stdio: ["pipe", "ignore", "ignore"] });
	onTestFinished(() => {
		guard.kill("SIGKILL");
	});
	guard.stdin.on("error", () => {}); // it has ended for want of memory
	for (let group = 0; group < releases; group++) {
		guard.stdin.write(`- ${2 ** 31 - 1 - group}\n`); // larger than any
		await delay(5);
		expect(residentKilobytes(guard.pid)).toBeLessThan(20_000);
	}
	guard.stdin.end();
	expect(await Promise.race([once(guard, "exit"), delay(10_000)])).toBeDefined();
});

const guardsOfThisProcess = (): readonly number[] =>
	execFileSync("ps", ["-o", "pid=,args=", "--ppid", `${process.pid}`], { encoding: "utf8" })
		.split("\n")
		.filter((line) => line.includes("sweetspot-guard"))
		.map((line) => Number.parseInt(line, 10));

/** Memory of a process; 0 where it has ended. */
function residentKilobytes(id: number | undefined): number {
	try {
		return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1] ?? 0);
	} catch {
		return 0;
	}
}
