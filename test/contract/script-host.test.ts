import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";
import { join } from "node:path";
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
