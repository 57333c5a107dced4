// Longer than 250 lines: it is one contract, which every host for scripts has to keep.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Launch, Launched, OpenHost, ScriptHost } from "../../src/trainers/command/host.js";
import { MemoryLimit } from "../fixtures/memory-limit.js";
import { processesWith } from "../fixtures/scripts/processes.js";
import { until } from "../fixtures/until.js";

/** A host under test. Its scripts run where this test can see their processes. */
export interface HostSubject {
	readonly open: OpenHost;
	/** Whether it can see that a script was killed because memory ran out. */
	readonly seesMemoryKills: boolean;
}

/** A folder for trials; nothing of it is left when the test ends. */
export function trialsFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-host-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return folder;
}

let launches = 0;

/** Launches a command as trial of a host, whose trials' folders lie in `within`. It is ended and released when the test ends. */
export function launch(host: ScriptHost, within: string, command: readonly string[], over: Partial<Launch> = {}) {
	const folder = join(within, `trial-${++launches}`);
	mkdirSync(folder);
	const output = { stdout: `${folder}.stdout`, stderr: `${folder}.stderr` };
	const launched: Launched = host.launch({
		command,
		directory: folder,
		folder,
		output,
		...over,
		environment: { SWEETSPOT_EVENTS: join(folder, "events.jsonl"), ...over.environment },
	});
	onTestFinished(async () => {
		await launched.end(0);
		launched.release();
	});
	const printed = (stream: "stdout" | "stderr"): Buffer => (existsSync(output[stream]) ? readFileSync(output[stream]) : Buffer.of());
	return { launched, folder, printed, text: (stream: "stdout" | "stderr") => printed(stream).toString() };
}

export const shell = (code: string): readonly string[] => ["sh", "-c", code];
const python = (code: string): readonly string[] => ["python3", "-c", code];

const isStopped = (id: number): boolean => / T /.test(readFileSync(`/proc/${id}/stat`, "utf8"));

/** What every host promises, as `src/trainers/command/host.ts` says it. */
export function scriptHostContract(kind: string, { open, seesMemoryKills }: HostSubject): void {
	const opened = () => {
		const folder = trialsFolder();
		const host = open(folder);
		onTestFinished(() => host.close());
		return { host, folder, run: (command: readonly string[], over?: Partial<Launch>) => launch(host, folder, command, over) };
	};

	describe(`${kind} host`, () => {
		test("hands over what is printed, whole and in order, of both streams", async () => {
			const { run } = opened();
			const script = run(
				python(`import sys
for i in range(50000):
    print(i)
    if i % 5 == 0: print(-i, file=sys.stderr)
sys.stdout.write("no newline")`),
			);
			await script.launched.closed;
			const lines = Array.from({ length: 50_000 }, (_, i) => i);
			expect(script.text("stdout")).toBe([...lines, "no newline"].join("\n"));
			expect(script.text("stderr")).toBe(
				lines
					.filter((i) => i % 5 === 0)
					.map((i) => `${-i}\n`)
					.join(""),
			);
		});

		test("hands over any bytes, as they are", async () => {
			const { run } = opened();
			const script = run(python("import os\nfor _ in range(400): os.write(1, bytes(range(256)))"));
			await script.launched.closed;
			const all = Uint8Array.from({ length: 256 }, (_, i) => i);
			expect(script.printed("stdout").equals(Buffer.concat(Array.from({ length: 400 }, () => all)))).toBe(true);
		});

		const nobodyKilled = { outOfMemory: seesMemoryKills ? false : null, hostFailed: false };
		test.each([
			["exit 0", { code: 0, signal: null, words: "exit code 0" }],
			["exit 7", { code: 7, signal: null, words: "exit code 7" }],
			["kill -s SEGV $$", { code: null, signal: "SIGSEGV", words: "it was ended by SIGSEGV" }],
			["kill -s KILL $$", { code: null, signal: "SIGKILL", words: "it was ended by SIGKILL" }],
			["sh -c 'kill -s KILL $$'; exit $?", { code: 137, signal: null, words: "exit code 137" }],
		])("says how it ended: %s", async (code, exit) => {
			const { run } = opened();
			expect(await run(shell(code)).launched.exit).toEqual({ ...nobodyKilled, ...exit });
		});

		test("says where and since when it runs, as soon as it does, and before it says how it ended", async () => {
			const { run } = opened();
			const order: string[] = [];
			const script = run(shell("echo begun; sleep 300"));
			void script.launched.exit.then(() => order.push("exit"));
			const launchedAt = performance.now();
			const start = await script.launched.started;
			order.push("started");
			expect(start?.machine).toMatch(/^\S+$/);
			expect(start?.at).toBeLessThanOrEqual(performance.now());
			expect(start?.at).toBeGreaterThan(launchedAt - 1000);
			await until(() => script.text("stdout") === "begun\n");
			await script.launched.end(0);
			await script.launched.exit;
			expect(order).toEqual(["started", "exit"]);
			const orders = Array.from({ length: 20 }, async () => {
				const order: string[] = [];
				const { started, exit } = run(shell("exit 0")).launched;
				await Promise.all([started.then((quick) => order.push(quick?.machine ?? "none")), exit.then(() => order.push("exit"))]);
				return order;
			});
			for (const quick of await Promise.all(orders)) expect(quick).toEqual([start?.machine, "exit"]);
		});

		test("runs it in its folder, with its variables over the host's own; Python finds the client", async () => {
			const { run, folder } = opened();
			const variables = { SWEETSPOT_MARK: "a  b\n'c'", HOME: "/nowhere", PYTHONPATH: "/elsewhere" };
			const script = run(
				python(`import os, sweetspot, sys
print([os.getcwd(), os.environ["SWEETSPOT_MARK"], os.environ["HOME"], "PATH" in os.environ, "/elsewhere" in sys.path, *sys.argv[1:]])`).concat(
					"",
					"$HOME *",
				),
				{ directory: folder, environment: variables },
			);
			await script.launched.closed;
			expect(script.text("stderr")).toBe("");
			expect(script.text("stdout")).toBe(`['${folder}', "a  b\\n'c'", '/nowhere', True, True, '', '$HOME *']\n`);
		});

		test("a program that isn't there has an exit, which says so", async () => {
			const { run } = opened();
			const script = run(["no-such-program-anywhere", "now"]);
			const { code, words } = await script.launched.exit;
			await script.launched.closed;
			expect(code).not.toBe(0);
			expect(words + script.text("stderr")).toMatch(/no-such-program-anywhere|could not be started/);
		});

		test("a folder that isn't there: it never ran", async () => {
			const { run, folder } = opened();
			const { launched } = run(shell("exit 0"), { directory: join(folder, "gone") });
			expect(await launched.started).toBeNull();
			expect(await launched.exit).toMatchObject({ code: null, signal: null, hostFailed: false });
			expect((await launched.exit).words).toMatch(/^it could not be started: /);
			await launched.closed;
			await launched.end(1000);
		});

		test("one that winds up when it is asked to has time for it", async () => {
			const { run } = opened();
			const script = run(shell("trap 'echo saved; exit 3' TERM; echo ready; while :; do sleep 0.01; done"));
			await until(() => script.text("stdout") === "ready\n");
			await script.launched.end(60_000);
			await script.launched.closed;
			expect(script.text("stdout")).toBe("ready\nsaved\n");
			expect(await script.launched.exit).toMatchObject({ code: 3, signal: null });
		});

		test("one that ignores being asked is killed after its grace, and its children with it, wherever they have gone", async () => {
			const mark = `deaf-${process.pid}-${++launches}`;
			const child = `["sh", "-c", "trap '' TERM; sleep 300; : ${mark}"]`;
			const { run } = opened();
			const script = run(
				python(`import signal, subprocess, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen(${child})
subprocess.Popen(${child}, start_new_session=True)
subprocess.Popen(${child}, env=dict())
print("ready", flush=True)
time.sleep(300) # ${mark}`),
			);
			await until(() => script.text("stdout") === "ready\n" && processesWith(mark).length === 4);
			const asked = performance.now();
			const ending = script.launched.end(400);
			await delay(200);
			expect(processesWith(mark).length).toBe(4);
			await ending;
			expect(performance.now() - asked).toBeGreaterThan(399);
			expect(processesWith(mark)).toEqual([]);
			expect(await script.launched.exit).toMatchObject({ code: null, signal: "SIGKILL" });
		});

		test("one that has been stopped, with its whole group, goes on to wind up when it is asked to end", async () => {
			const mark = `stopped-${process.pid}-${++launches}`;
			const { run } = opened();
			const script = run(shell(`trap 'echo saved; exit 0' TERM; echo $$; kill -s STOP 0; while :; do sleep 0.01; done; : ${mark}`));
			await until(() => script.text("stdout").endsWith("\n"));
			await until(() => isStopped(Number(script.text("stdout"))));
			const asked = performance.now();
			await script.launched.end(60_000);
			expect(performance.now() - asked).toBeLessThan(10_000); // without being continued it would sit out its grace
			await script.launched.closed;
			expect(script.text("stdout")).toMatch(/^\d+\nsaved\n$/);
			expect(processesWith(mark)).toEqual([]);
		});

		const ticking = (mark: string) =>
			python(`import subprocess, sys, time
if sys.argv[1:] != ["child"]: subprocess.Popen(["python3", "-c", open("/proc/self/cmdline").read().split(chr(0))[2], "child"], start_new_session=True)
while True:
    print("tick", flush=True)
    time.sleep(0.01) # ${mark}`);

		test("stops all of its processes, those that have left its group as well, and lets them go on where they were", async () => {
			const mark = `paused-${process.pid}-${++launches}`;
			const { run } = opened();
			const script = run(ticking(mark));
			await until(() => processesWith(mark).length === 2 && script.text("stdout").length > 100);
			await delay(1100); // by now it was seen who has left its group
			expect(await script.launched.pause()).toBe(true);
			expect(processesWith(mark).every(isStopped)).toBe(true);
			expect(script.launched.heldMemory()).toBeGreaterThan(2 ** 20);
			const before = script.text("stdout");
			await delay(200);
			expect(script.text("stdout")).toBe(before);
			script.launched.goOn();
			await until(() => script.text("stdout").length > before.length + 100);
			expect(processesWith(mark).some(isStopped)).toBe(false);
		});

		test("stops one that is just starting another", async () => {
			const { run } = opened();
			const script = run(shell("echo ready; while :; do /bin/true; done"));
			await until(() => script.text("stdout") === "ready\n");
			for (let i = 0; i < 40; i++) {
				expect(await script.launched.pause()).toBe(true);
				script.launched.goOn();
				await delay(5);
			}
			await script.launched.end(1000);
		});

		test("ends one that it has stopped, within its grace, and says of one that is gone that it didn't stop it", async () => {
			const { run } = opened();
			const script = run(shell("trap 'echo saved; exit 0' TERM; echo ready; while :; do sleep 0.01; done"));
			await until(() => script.text("stdout") === "ready\n");
			expect(await script.launched.pause()).toBe(true);
			await script.launched.end(60_000);
			await script.launched.closed;
			expect(script.text("stdout")).toBe("ready\nsaved\n");
			expect(await script.launched.pause()).toBe(false);
		});

		test("sees which files its processes have open, those that they have started as well", async () => {
			const { run } = opened();
			const script = run(shell("echo $$ > held; (exec 4>>kept; echo ready; while :; do sleep 0.01; done) & wait"));
			await until(() => script.text("stdout") === "ready\n");
			const file = (name: string) => join(realpathSync(script.folder), name);
			expect(script.launched.holdsOpen(file("kept"))).toBe(true);
			expect(script.launched.holdsOpen(file("held"))).toBe(false);
			await script.launched.end(1000);
		});

		test("says how much memory there is for scripts", () => {
			const free = opened().host.freeMemory();
			expect(free).toBeGreaterThan(2 ** 26);
			expect(free).toBeLessThanOrEqual(totalmem());
		});

		const limit = seesMemoryKills ? MemoryLimit.of(32 * 2 ** 20) : null;
		test.skipIf(limit === null)("one that the system kills because memory ran out says so (needs a control group)", async () => {
			if (limit === null) return;
			onTestFinished(() => limit.remove());
			const { run } = opened();
			const { exit } = run(shell(`echo $$ > ${limit.processes}; exec python3 -c "x = bytearray(10**9)"`)).launched;
			expect(await exit).toEqual({
				...{ code: null, signal: "SIGKILL", outOfMemory: true, hostFailed: false },
				words: "the system killed it, as memory had run out",
			});
		});

		test("runs many at once; each has its own output and exit, and nothing is left of any of them", async () => {
			const mark = `many-${process.pid}-${++launches}`;
			const descriptors = () => readdirSync("/proc/self/fd").length;
			const { run } = opened();
			await run(shell("exit 0")).launched.exit;
			const before = descriptors();
			const scripts = Array.from({ length: 64 }, (_, i) => run(shell(`echo ${i}; sleep 0.2; : ${mark}; exit ${i}`)));
			for (const [i, script] of scripts.entries()) {
				expect(await script.launched.exit).toMatchObject({ code: i });
				await script.launched.closed;
				expect(script.text("stdout")).toBe(`${i}\n`);
				await script.launched.end(1000);
				script.launched.release();
				expect(readdirSync(script.folder)).toEqual([]);
			}
			expect(processesWith(mark)).toEqual([]);
			await until(() => descriptors() <= before + 1); // the folder of descriptors itself
		});

		test("what an earlier session left running is ended when the host is opened again", async () => {
			const mark = `left-${process.pid}-${++launches}`;
			const { run, folder } = opened();
			const script = run(shell(`trap '' TERM; setsid sh -c "sleep 300; : ${mark}" & sleep 300; : ${mark}`));
			await until(() => processesWith(mark).length === 2);
			open(folder).close();
			await until(() => processesWith(mark).length === 0);
			expect(await script.launched.exit).toMatchObject({ code: null, signal: "SIGKILL" });
		});
	});
}
