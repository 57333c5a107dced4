// Longer than 250 lines: every test starts processes with the same marks and helpers, and has to end them the same way.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { Guard } from "../../src/trainers/command/local/guard.js";
import { openLocalHost } from "../../src/trainers/command/local/host.js";
import { OwnGroup } from "../../src/trainers/command/local/own-group.js";
import { hasTag, limitOf, tagOf } from "../../src/trainers/command/local/tag.js";
import { processesWith } from "../fixtures/scripts/processes.js";
import { until } from "../fixtures/until.js";
import { launch, scriptHostContract, shell, trialsFolder } from "./script-host.js";

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
	// The loader waits for someone to write into this pipe, before the shell's first instruction.
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
		output: { stdout: "/dev/null", stderr: "/dev/null" },
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

const guardsOfThisProcess = (): readonly number[] => guardsOf(process.pid);

const guardsOf = (parent = 0): readonly number[] =>
	execFileSync("ps", ["-o", "pid=,args=", "--ppid", `${parent}`], { encoding: "utf8" })
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

/** A process of somebody else's, with these variables. It is killed when the test ends. */
function foreign(env: NodeJS.ProcessEnv): ChildProcess {
	const child = spawn("sleep", ["300"], { env: { PATH: process.env.PATH, ...env }, stdio: "ignore", detached: true });
	onTestFinished(() => void child.kill("SIGKILL"));
	return child;
}

const lives = async (child: ChildProcess): Promise<boolean> => {
	await delay(300);
	return child.exitCode === null && child.signalCode === null;
};

test("kill -9 of this process ends nothing of anybody else's, however the folder is called", async () => {
	const within = trialsFolder();
	const folder = join(within, "two\n\nlines\n");
	const mark = `named-${process.pid}`;
	const others = [
		foreign({ HOME: "/" }),
		foreign({ SWEETSPOT_EVENTS: join(folder, "trial/events.jsonl") }),
		foreign({ SWEETSPOT_LAUNCH: "-" }),
	];
	const host = new URL("../../dist/trainers/command/local/host.js", import.meta.url).href;
	const code = `
import { openLocalHost } from ${JSON.stringify(host)};
const folder = ${JSON.stringify(folder)};
openLocalHost(folder).launch({
	command: ["sh", "-c", "setsid sh -c 'sleep 300; : ${mark}' & sleep 300; : ${mark}"],
	directory: "/",
	environment: { SWEETSPOT_EVENTS: folder + "/trial/events.jsonl" },
	folder: folder + "/trial",
	output: { stdout: "/dev/null", stderr: "/dev/null" },
});
setInterval(() => {}, 1000);`;
	const launcher = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "inherit" });
	await until(() => processesWith(mark).filter((id) => id !== launcher.pid).length === 2);
	launcher.kill("SIGKILL");
	await once(launcher, "exit");
	await until(() => processesWith(mark).length === 0);
	for (const other of others) expect(await lives(other)).toBe(true);
	openLocalHost(folder).close();
	for (const other of others) expect(await lives(other)).toBe(true);
});

test("what an earlier session had begun to start, and comes to life only after the next one has looked, is ended all the same", async () => {
	const folder = trialsFolder();
	const earlier = "0123456789abcdef".repeat(2);
	writeFileSync(join(folder, "session"), `${earlier}\n`);
	openLocalHost(folder).close();
	const host = openLocalHost(folder); // the one after the next knows of it as well
	const late = [foreign({ SWEETSPOT_LAUNCH: `${earlier}-1` }), foreign({ SWEETSPOT_LAUNCH: `${earlier}-2` })];
	const other = foreign({ SWEETSPOT_LAUNCH: "f".repeat(32) });
	expect(late.map(({ signalCode }) => signalCode)).toEqual([null, null]);
	host.close();
	for (const one of late) await until(() => one.signalCode === "SIGKILL");
	expect(await lives(other)).toBe(true);
});

test("a group whose id now belongs to another is left alone, by this process and by the guard", async () => {
	const other = foreign({ HOME: "/" });
	const id = other.pid ?? 0;
	const group = new OwnGroup(id);
	const guard = new Guard("0".repeat(32), "/nowhere");
	guard.watch(id, String(Number(group.start) - 1), null);
	guard.close();
	expect(await lives(other)).toBe(true);
	expect(group.signal(0)).toBe(true);
	other.kill("SIGKILL");
	await once(other, "exit");
	expect(group.signal("SIGKILL")).toBe(false);
});

test("a child that has left its group, with an environment of its own, is ended where it was seen with its parents", async () => {
	const folder = trialsFolder();
	const host = openLocalHost(folder);
	onTestFinished(() => host.close());
	const mark = `cleared-${process.pid}`;
	const { launched } = launch(host, folder, [
		"python3",
		"-c",
		`import subprocess, time
subprocess.Popen(["sh", "-c", "sleep 300; : ${mark}"], env={}, start_new_session=True)
time.sleep(300)`,
	]);
	await until(() => processesWith(mark).length === 2);
	await launched.end(1000);
	expect(processesWith(mark)).toEqual([]);
});

test("a child that has left its group and goes on starting others is ended with all of them", async () => {
	const folder = trialsFolder();
	const host = openLocalHost(folder);
	onTestFinished(() => host.close());
	const length = `300.0${process.pid}`; // of a sleep: recognizes what was started last, too
	const { launched } = launch(host, folder, [
		"python3",
		"-c",
		`import subprocess, sys, time
starts = "import subprocess\\nfor _ in range(2000): subprocess.Popen(['sleep', '${length}'], start_new_session=True)"
subprocess.Popen([sys.executable, "-c", starts], env={}, start_new_session=True)
time.sleep(300)`,
	]);
	await until(() => processesWith(`sleep ${length}`).length > 20);
	await launched.end(1000);
	expect(processesWith(`sleep ${length}`)).toEqual([]);
});

test("what a script leaves in its group, with an environment of its own, is ended after the script itself", async () => {
	const folder = trialsFolder();
	const host = openLocalHost(folder);
	onTestFinished(() => host.close());
	const mark = `in-group-${process.pid}`;
	const { launched } = launch(host, folder, shell(`env -i sh -c "sleep 300; : ${mark}" & exit 0`));
	await launched.exit;
	expect(processesWith(mark).length).toBe(1);
	await launched.end(1000);
	expect(processesWith(mark)).toEqual([]);
});

/** Detaches within milliseconds, as daemons do, and keeps nothing of its parents: no group, session, environment, folder or open file. */
const daemon = (mark: string) => `import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.chdir("/")
        for descriptor in range(3): os.close(descriptor)
        os.execve("/bin/sh", ["sh", "-c", "while :; do sleep 0.05; done; : ${mark}"], {})
    os._exit(0)
os.wait()
`;

const shellsWith = (mark: string): readonly string[] =>
	execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
		.split("\n")
		.filter((line) => line.startsWith("sh -c while") && line.includes(mark));

test("a daemon that detaches at once and clears its environment is ended with its script", async () => {
	const folder = trialsFolder();
	const host = openLocalHost(folder);
	onTestFinished(() => host.close());
	const marks = [0, 1].map((i) => `daemon-${process.pid}-${i}`);
	const [{ launched }] = marks.map((mark) => launch(host, folder, ["python3", "-c", daemon(mark)]));
	await until(() => marks.every((mark) => shellsWith(mark).length === 1));
	await launched.exit;
	await launched.end(1000);
	expect(marks.map((mark) => shellsWith(mark).length)).toEqual([0, 1]); // that of the other script isn't
});

test.each(["by the guard, after kill -9 of this process", "by the next session, after kill -9 of the guard as well"])(
	"such a daemon is ended %s",
	async (by) => {
		const folder = trialsFolder();
		const mark = `orphan-${process.pid}-${by.length}`;
		const local = new URL("../../dist/trainers/command/local/host.js", import.meta.url).href;
		const code = `
import { openLocalHost } from ${JSON.stringify(local)};
openLocalHost(${JSON.stringify(folder)}).launch({
	command: ["python3", "-c", ${JSON.stringify(`${daemon(mark)}import time\ntime.sleep(300)`)}],
	directory: "/",
	environment: {},
	folder: ${JSON.stringify(join(folder, "trial"))},
	output: { stdout: "/dev/null", stderr: "/dev/null" },
});
setInterval(() => {}, 1000);`;
		const launcher = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: "inherit" });
		await until(() => shellsWith(mark).length === 1);
		if (by.includes("of the guard")) {
			launcher.kill("SIGSTOP"); // or it would start another
			for (const guard of guardsOf(launcher.pid)) process.kill(guard, "SIGKILL");
		}
		launcher.kill("SIGKILL");
		await once(launcher, "exit");
		if (by.includes("of the guard")) {
			expect(shellsWith(mark).length).toBe(1);
			openLocalHost(folder).close();
		}
		await until(() => shellsWith(mark).length === 0);
	},
);

test("a tag says which launch of which session it is of, and leaves the limit of memory beyond any memory", () => {
	const [one, other] = ["a".repeat(32), "5".repeat(32)];
	const tags = [`${one}-1`, `${one}-2`, `${other}-1`].map(tagOf);
	expect(new Set(tags).size).toBe(3);
	for (const tag of tags) expect(BigInt(limitOf(tag ?? 0n))).toSatisfy((bytes: bigint) => bytes > 2n ** 60n && bytes < 2n ** 63n);
	expect(hasTag(process.pid, one)).toBe(false);
});
