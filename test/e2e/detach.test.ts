import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { briefStudy, digestOf, type Ended, program, type Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

/** Of ten seconds or so, and some forty trials. */
const study = `
version: 1
name: some seconds
workload:
  data: { blobs: { examples: 2000, classes: 3, features: 2, spread: 2 } }
  model: [{ dense: 512 }, relu, { dense: 256 }, relu, { dense: 3 }]
goal: { metric: validation.loss, atMost: 0.21 }
batchSizes: [1, 2]
seeds: { tuning: 1, selecting: 1, reporting: 2 }
limits: { epochs: 2, steps: 2000 }
`;
const workplace = workplaces({ "study.yaml": study, "brief.yaml": briefStudy, "bad.yaml": study.replace("atMost: 0.21", "atMost: low") });

interface Detached {
	readonly study: { readonly id: string };
	readonly pid: number;
	readonly log: string;
}

const isAlive = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
};

describe("tune --detach", () => {
	const begun: number[] = [];
	afterEach(() => {
		for (const pid of begun.splice(0)) if (isAlive(pid)) process.kill(pid, "SIGKILL");
	});
	const detachedBy = ({ stdout, stderr }: Ended): Detached => {
		if (stdout === "") throw new Error(stderr);
		const detached = JSON.parse(stdout) as Detached;
		begun.push(detached.pid);
		return detached;
	};
	const end = async (pid: number) => {
		for (const from = performance.now(); isAlive(pid); await delay(50))
			if (performance.now() - from > 120_000) throw new Error(`process ${pid} still runs`);
	};
	const shown = async (place: Workplace, id: string) =>
		JSON.parse((await place.start(["show", id, "--json"])).stdout) as { readonly state: string; readonly digest: string | null };

	test("returns while the study runs, which goes on when the terminal hangs up; stop ends it, and resume goes on to the same digest", async () => {
		const expected = workplace().start(["tune", "study.yaml", "--json", "--quiet", "--workers", "1"]).then(digestOf);
		const place = workplace();
		// A shell that starts it and is then hung up on, with all its process group, as when a terminal is closed.
		const script = `"${process.execPath}" "${program}" tune study.yaml --workers 1 --detach --json && kill -HUP 0`;
		const shell = spawn("sh", ["-c", script], { cwd: place.folder, stdio: ["ignore", "pipe", "pipe"], detached: true });
		const said = { out: "", err: "" };
		shell.stdout.on("data", (chunk: Buffer) => {
			said.out += chunk.toString();
		});
		shell.stderr.on("data", (chunk: Buffer) => {
			said.err += chunk.toString();
		});
		const signal = await new Promise((resolve) => shell.once("close", (_, by) => resolve(by)));
		expect(signal).toBe("SIGHUP");
		const { study, pid, log } = detachedBy({ code: 0, stdout: said.out, stderr: said.err });
		expect(isAlive(pid)).toBe(true);
		expect(log).toBe(join(place.folder, ".sweetspot/logs", study.id, "detached.log"));
		await expect.poll(() => readFileSync(log, "utf8"), { timeout: 60_000 }).toMatch(/\[ *1\//);

		const stopped = await place.start(["stop", study.id]);
		expect(stopped.stderr).toMatch(/Stopped|is still ending/);
		await end(pid);
		expect((await shown(place, study.id)).state).toBe("interrupted");
		const again = detachedBy(await place.start(["resume", study.id, "--detach", "--json", "--workers", "2"]));
		process.kill(again.pid, "SIGKILL");
		await end(again.pid);
		const last = await place.start(["resume", study.id, "--detach", "--workers", "2"]);
		expect(last.code === 0 || last.code === 3).toBe(true);
		for (const from = performance.now(); (await shown(place, study.id)).state !== "complete"; await delay(200))
			if (performance.now() - from > 120_000) throw new Error(last.stderr);
		expect((await shown(place, study.id)).digest).toBe(await expected);
		expect(existsSync(log)).toBe(true);
	}, 300_000);

	test("goes on where the terminal is closed before the first trial", async () => {
		const place = workplace();
		const store = join(place.folder, ".sweetspot");
		const waiting = spawn(process.execPath, [program, "tune", "brief.yaml", "--detach"], { cwd: place.folder, stdio: "ignore" });
		const logs = () => (existsSync(store) ? readdirSync(store).filter((name) => name.startsWith("detached")) : []);
		// Its process has opened the store; the first trial comes after the steps were timed.
		await expect.poll(() => existsSync(join(store, "writer.json")), { timeout: 30_000, interval: 5 }).toBe(true);
		waiting.kill("SIGHUP");
		await new Promise((resolve) => waiting.once("exit", resolve));
		const studies = async () =>
			JSON.parse((await place.start(["studies", "--json"])).stdout || "{}") as { studies?: readonly { id: string; state: string }[] };
		const states = async () => (await studies()).studies?.map(({ state }) => state);
		await expect.poll(states, { timeout: 60_000, interval: 300 }).toEqual(["complete"]);
		const [{ id }] = (await studies()).studies ?? [];
		expect(readFileSync(join(store, "logs", id, "detached.log"), "utf8")).toMatch(/\[ *1\//);
		expect(logs()).toEqual([]);
	}, 120_000);

	test("what can't begin is refused here, with its exit code, and leaves no log", async () => {
		const place = workplace();
		const { code, stderr } = await place.start(["tune", "bad.yaml", "--detach"]);
		expect([code, stderr]).toEqual([2, expect.stringContaining("goal.atMost")]);
		expect(existsSync(join(place.folder, ".sweetspot"))).toBe(false);
		await place.start(["tune", "bad.yaml", "--detach", "--store", "one/two"]);
		expect(existsSync(join(place.folder, "one"))).toBe(false);
		const unreachable = await place.start(["tune", "study.yaml", "--detach", "--executor", "ray"], undefined, {
			RAY_ADDRESS: "http://127.0.0.1:1",
		});
		expect(unreachable.code).toBe(2);
		expect(unreachable.stderr).toContain("error: ");
		expect(readdirSync(join(place.folder, ".sweetspot")).filter((name) => name.startsWith("detached"))).toEqual([]);
	});

	test("says how to follow it, to stop it and to go on; an answer that is stored already is shown at once", async () => {
		const place = workplace();
		const { stderr, code } = await place.start(["tune", "brief.yaml", "--detach", "--workers", "2"]);
		expect(code).toBe(0);
		const [, id = "", pid = "0"] = /(\S+) runs on its own now, as process (\d+)/.exec(stderr) ?? [];
		begun.push(Number(pid));
		for (const words of [`sweetspot stop ${id}`, `sweetspot show ${id}`, `sweetspot resume ${id} --detach`, "tail -f "])
			expect(stderr).toContain(words);
		await end(Number(pid));
		const stored = await place.start(["tune", "brief.yaml", "--detach"]);
		expect(stored.stderr).toContain("Answered from the store");
		expect(stored.stderr).toContain("learning rate");
	}, 120_000);
});
