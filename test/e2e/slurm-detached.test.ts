import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { markedProcesses } from "../fixtures/cluster/marked.js";
import { hasSlurm, TestSlurm } from "../fixtures/cluster/slurm.js";
import { briefStudy, digestOf, type Ended, program, type Workplace } from "./sweetspot.js";
import { waitingScript, waitingStudy } from "./waiting-script.js";
import { workplaces } from "./workplaces.js";

const shared = mkdtempSync(join(tmpdir(), "sweetspot-detached-"));
/** A study that asks for few rounds. */
const study = briefStudy.replace("[8, 64]", "[8]");
const clustered = (rest = ""): string => `${study}cluster: { folder: ${shared}${rest} }\n`;

/** A node from whose machine Slurm takes no jobs: Node.js with another host's name than the login node's. */
const elsewhere = `#!/bin/sh
exec unshare --uts sh -c 'hostname elsewhere && exec "$0" "$@"' ${process.execPath} "$@"
`;
const workplace = workplaces({
	"small.yaml": study,
	"slurm.yaml": clustered(),
	"script.yaml": waitingStudy(shared),
	"train.py": waitingScript,
});

interface Listed {
	readonly id: string;
	readonly state: string;
	readonly trials: number;
	readonly digest: string | null;
}

/** A study whose own jobs go on with it. */
describe.skipIf(!hasSlurm).sequential("tune --executor slurm --detach", () => {
	let slurm: TestSlurm;
	let expected: string;
	let expectedOfScript: string;
	/** How often the script is started where nothing goes wrong: trials, and runs that are timed. */
	let startsOfScript: number;
	const startsIn = ({ folder }: Workplace) => readdirSync(folder).filter((name) => name.startsWith("begun-")).length;
	const run = (place: Workplace, ...args: readonly string[]): Promise<Ended> => place.start(args, undefined, slurm.environment);
	const detach = async (place: Workplace, ...args: readonly string[]): Promise<{ readonly id: string; readonly folder: string }> => {
		const ended = await run(place, ...args, "--executor", "slurm", "--workers", "4", "--detach", "--json");
		if (ended.stdout === "") throw new Error(ended.stderr);
		const { study, folder } = JSON.parse(ended.stdout) as { readonly study: { readonly id: string }; readonly folder: string };
		return { id: study.id, folder };
	};
	const listed = async (place: Workplace): Promise<Listed> => {
		const { stdout, stderr } = await run(place, "studies", "--json");
		if (stdout === "") throw new Error(stderr);
		return (JSON.parse(stdout) as { readonly studies: readonly [Listed] }).studies[0];
	};
	const until = async (place: Workplace, isSo: (study: Listed) => boolean): Promise<Listed> => {
		const end = performance.now() + 150_000;
		for (;;) {
			const study = await listed(place);
			if (isSo(study)) return study;
			if (performance.now() > end) throw new Error(`${JSON.stringify(study)}\n${slurm.ask("squeue", "--array")}\n${printed()}`);
			await delay(1500);
		}
	};
	/** What controllers have said, for a test that failed. */
	const printed = () =>
		(readdirSync(shared, { recursive: true, encoding: "utf8" }) as readonly string[])
			.filter((name) => /control-\d+\.out$/.test(name))
			.map((name) => `${name}: ${readFileSync(join(shared, name), "utf8")}`)
			.join("\n");
	/** Ids of a study's jobs whose names contain this, with their states. */
	const queued = (part: string) =>
		slurm
			.ask("squeue", "--noheader", "--array", "--format=%i %T %j")
			.split("\n")
			.filter((line) => line.includes(part))
			.map((line) => line.split(" "));
	const queueIsEmpty = () => slurm.until("an empty queue", () => slurm.jobs().length === 0);

	beforeAll(async () => {
		slurm = await TestSlurm.start();
		const here = workplace();
		here.write("go", "");
		expected = digestOf(await here.start(["tune", "small.yaml", "--json", "--quiet"]));
		expectedOfScript = digestOf(await here.start(["tune", "script.yaml", "--json", "--quiet"]));
		startsOfScript = startsIn(here);
	});
	afterAll(async () => {
		await slurm.stop();
		rmSync(shared, { recursive: true, force: true });
	});

	/** Processes of `sweetspot` that no job of Slurm has started. */
	const onLoginNode = () =>
		markedProcesses("SLURM_CONF", slurm.environment.SLURM_CONF ?? "").filter(
			({ name, environment }) => !name.startsWith("slurm") && !environment.some((one) => one.startsWith("SLURMD_NODENAME=")),
		);
	/** Processes of controllers, on their nodes. */
	const controllers = () =>
		markedProcesses("SLURM_CONF", slurm.environment.SLURM_CONF ?? "").filter(({ command }) => command.includes("control"));

	test("has the digest that it has in worker threads, and leaves no process on this machine and nothing in the folder", async () => {
		const place = workplace();
		const detaching = detach(place, "tune", "slurm.yaml");
		await expect.poll(() => onLoginNode().length, { timeout: 30_000 }).toBeGreaterThan(0);
		const { id, folder } = await detaching;
		expect(onLoginNode()).toEqual([]);
		expect((await listed(place)).state).toBe("running");
		expect(existsSync(join(place.folder, ".sweetspot/writer.json"))).toBe(false);
		const other = await run(place, "resume", id);
		expect([other.code, other.stderr]).toEqual([2, expect.stringContaining(`sweetspot stop ${id}`)]);
		await until(place, ({ state }) => state === "complete");
		expect(digestOf(await run(place, "show", id, "--json"))).toBe(expected);
		await queueIsEmpty();
		expect(existsSync(folder)).toBe(false);
		expect(existsSync(join(place.folder, ".sweetspot/elsewhere"))).toBe(false);
	});

	test("a controller that is cancelled in mid-round, and one whose process is killed, are continued by resume; no trial that has ended runs again", async () => {
		const place = workplace();
		const { id } = await detach(place, "tune", "script.yaml");
		await slurm.until("a round, and a controller that waits for it", () => queued("round-").some(([, state]) => state === "RUNNING"));
		slurm.ask("scancel", ...queued("controller-").map(([job]) => job));
		place.write("go", "");
		await queueIsEmpty();
		const ended = await run(place, "studies");
		expect(ended.stderr).toMatch(/was interrupted: none of its jobs is in Slurm's queue any more; .*Go on with: sweetspot resume/);

		await detach(place, "resume", id);
		await slurm.until("a controller that runs", () => {
			const [controller] = controllers();
			if (controller === undefined) return false;
			process.kill(controller.id, "SIGKILL");
			return true;
		});
		await until(place, ({ state }) => state === "interrupted");
		await queueIsEmpty();
		await detach(place, "resume", id);
		const { trials } = await until(place, ({ state }) => state === "complete");
		expect(digestOf(await run(place, "show", id, "--json"))).toBe(expectedOfScript);
		expect(startsIn(place)).toBe(startsOfScript);
		expect(readdirSync(join(place.folder, ".sweetspot/logs", id))).toHaveLength(trials);
	});

	test("stop ends all its jobs; a controller of an earlier generation that wakes up late writes nothing", async () => {
		const place = workplace();
		const { id, folder } = await detach(place, "tune", "script.yaml");
		await slurm.until("a round, and a controller that waits for it", () => queued("round-").some(([, state]) => state === "RUNNING"));
		const [[, , name] = []] = queued("controller-");
		const generation = name?.split("-").at(-1) ?? "";
		// The controller that waits, once by hand: it stands still, once it has begun.
		slurm.ask("scancel", ...queued("controller-").map(([job]) => job));
		const late = spawn(process.execPath, [program, "control", folder, generation], {
			env: { ...process.env, ...slurm.environment },
			stdio: "ignore",
		});
		const ended = new Promise((resolve) => late.once("exit", resolve));
		await expect.poll(() => existsSync(join(folder, `generation-${generation}.start-0`)), { timeout: 30_000, interval: 2 }).toBe(true);
		late.kill("SIGSTOP");
		const stopped = await run(place, "stop", id);
		expect(stopped.stderr).toContain(`Stopped ${id}`);
		expect(stopped.stderr).toContain(`sweetspot resume ${id} --executor slurm --detach`);
		await queueIsEmpty();
		expect((await listed(place)).state).toBe("interrupted");
		const before = readdirSync(folder).sort();
		late.kill("SIGCONT");
		await ended;
		expect(readdirSync(folder).sort()).toEqual(before);
		// One that Slurm starts late.
		const again = await run(place, "control", folder, String(Number(generation) - 1));
		expect(again.code).toBe(0);
		expect(readdirSync(folder).sort()).toEqual(before);
		expect(slurm.jobs()).toEqual([]);
	});

	test("trials that are lost in three rounds in a row end it with the reason", async () => {
		const place = workplace();
		const { id } = await detach(place, "tune", "script.yaml");
		await slurm.until("an end", () => {
			const running = queued("round-").filter(([, state]) => state === "RUNNING");
			if (running.length > 0 && startsIn(place) > 0) slurm.ask("scancel", ...running.map(([job]) => job));
			return slurm.jobs().length === 0;
		});
		const { stderr } = await run(place, "show", id);
		expect(stderr, printed()).toMatch(/was interrupted: a trial is lost again and again: .* lost 3 times in a row/);
		expect(stderr).toContain(`sweetspot resume ${id} --executor slurm --detach`);
		await detach(place, "resume", id);
		await slurm.until("a round", () => queued("round-").some(([, state]) => state === "RUNNING"));
		await run(place, "stop", id);
		await queueIsEmpty();
	});

	test("a ladder has the digest that it has in worker threads", async () => {
		const place = workplace();
		const here = await place.start(["tune", "small.yaml", "--budget", "5x", "--json", "--quiet"]);
		place.write("times.json", here.stdout);
		const other = workplace();
		const { id } = await detach(other, "tune", "slurm.yaml", "--budget", "5x", "--step-times", join(place.folder, "times.json"));
		await until(other, ({ state }) => state === "complete");
		expect(digestOf(await run(other, "show", id, "--json"))).toBe(digestOf(here));
	});

	test("is refused where nodes may not submit jobs, before anything is queued", async () => {
		const place = workplace();
		place.write("node.sh", elsewhere);
		chmodSync(join(place.folder, "node.sh"), 0o755);
		place.write("refused.yaml", clustered(`, node: ${place.folder}/node.sh, slurm: { partition: login }`));
		const { code, stderr } = await run(place, "tune", "refused.yaml", "--executor", "slurm", "--detach");
		expect([code, stderr]).toEqual([2, expect.stringMatching(/can't carry a detached study on: .*Slurm says/)]);
		expect(stderr).toContain("omit `--detach`");
		await queueIsEmpty();
		expect((await listed(place)).state).toBe("interrupted");
	});
});
