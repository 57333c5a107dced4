import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { siteSystem } from "../../dist/executors/cluster/site/system.js";
import { slurmSystem } from "../../dist/executors/cluster/slurm/system.js";
import { jobSystemContract } from "../contract/job-system.js";
import { hasSlurm, TestSlurm } from "../fixtures/cluster/slurm.js";
import { briefStudy, digestOf, type Ended, type Workplace } from "./sweetspot.js";
import { waitingScript, waitingStudy } from "./waiting-script.js";
import { workplaces } from "./workplaces.js";

const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** The template of docs/clusters.md: commands of a site's own, here around Slurm. */
const exampleFolder = fileURLToPath(new URL("../../examples/cluster-commands", import.meta.url));
const siteCommands = {
	submit: [`${exampleFolder}/submit.sh`, "{node}", "{program}", "{file}", "{folder}", "{out}", "{name}"],
	poll: [`${exampleFolder}/poll.sh`, "{jobs}"],
	cancel: ["scancel", "--quiet", "{jobs}"],
};

const study = briefStudy;

const shared = mkdtempSync(join(tmpdir(), "sweetspot-shared-"));
const clustered = (rest: string): string => `${study}cluster: { folder: ${shared}${rest} }\n`;
const workplace = workplaces({
	"small.yaml": study,
	"slurm.yaml": clustered(""),
	"script.yaml": waitingStudy(shared),
	"train.py": waitingScript,
});

/** One cluster for all, one test after the other: each test leaves its queue empty. */
describe.skipIf(!hasSlurm).sequential("Slurm", () => {
	let slurm: TestSlurm;
	let expected: string;
	let expectedOfScript: string;
	const run = (place: Workplace, args: readonly string[], onOutput?: Parameters<Workplace["start"]>[1]): Promise<Ended> =>
		place.start([...args, "--executor", "slurm", "--workers", "4"], onOutput, slurm.environment);
	/** Folders that sessions have in the shared one, from their start to their end. */
	const sessions = () => readdirSync(shared, { recursive: true, encoding: "utf8" }).filter((name) => /\/session-[0-9a-f]+$/.test(name));
	const queueIsEmpty = () => slurm.until("an empty queue", () => slurm.jobs().length === 0);

	beforeAll(async () => {
		slurm = await TestSlurm.start();
		process.env.SLURM_CONF = slurm.environment.SLURM_CONF;
		const here = workplace();
		expected = digestOf(await here.start(["tune", "small.yaml", "--json", "--quiet"]));
		here.write("go", "");
		expectedOfScript = digestOf(await here.start(["tune", "script.yaml", "--json", "--quiet"]));
	});
	afterAll(async () => {
		await slurm.stop();
		delete process.env.SLURM_CONF;
		rmSync(shared, { recursive: true, force: true });
	});

	describe("as a job system", () => {
		let sessions = 0;
		jobSystemContract(({ folder, program }) =>
			slurmSystem({}, { folder, tag: folder.replace(/\W/g, ""), program, node: process.execPath }, String(++sessions)),
		);
	});

	describe("as a job system, by a site's own commands", () => {
		let sessions = 0;
		jobSystemContract(({ folder, program }) =>
			siteSystem(siteCommands, { folder, tag: folder.replace(/\W/g, ""), program, node: process.execPath }, String(++sessions)),
		);
	});

	test("a study by a site's own commands has the digest that it has in worker threads; a runner that is killed leaves no job to its resumption", async () => {
		const place = workplace();
		place.write("site.yaml", clustered(`, command: ${JSON.stringify(siteCommands)}`));
		const site = (args: readonly string[], onOutput?: Parameters<Workplace["start"]>[1]) =>
			place.start([...args, "--json", "--executor", "command", "--workers", "4"], onOutput, slurm.environment);
		await site(["tune", "site.yaml"], (said, kill) => {
			if (said.includes("] tuning")) kill("SIGKILL");
		});
		const { stdout } = await place.start(["studies", "--json"]);
		const [{ id }] = (JSON.parse(stdout) as { readonly studies: readonly { readonly id: string }[] }).studies;
		expect(digestOf(await site(["resume", id, "--quiet"]))).toBe(expected);
		await queueIsEmpty();
	});

	test("a study has the digest that it has in worker threads, and leaves nothing behind", async () => {
		const before = readdirSync(shared);
		const ended = await run(workplace(), ["tune", "slurm.yaml", "--json"]);
		expect(digestOf(ended)).toBe(expected);
		expect(ended.stderr).toMatch(/running on n[12]/);
		await queueIsEmpty();
		const [own] = readdirSync(shared).filter((name) => name.startsWith("small-") && !before.includes(name));
		expect(readdirSync(join(shared, own)).filter((name) => name.startsWith("session-"))).toEqual([]);
	});

	test("a runner that is killed in mid-round is resumed to the same digest, without the jobs and the files that it left", async () => {
		const place = workplace();
		const before = sessions();
		await run(place, ["tune", "slurm.yaml", "--json"], (said, kill) => {
			if (said.includes("] tuning")) kill("SIGKILL");
		});
		expect(sessions()).toHaveLength(before.length + 1);
		const listed = await place.start(["studies", "--json"]);
		const [{ id: studyId }] = (JSON.parse(listed.stdout) as { readonly studies: readonly { readonly id: string }[] }).studies;
		expect(digestOf(await run(place, ["resume", studyId, "--json", "--quiet"]))).toBe(expected);
		await queueIsEmpty();
		expect(sessions()).toEqual(before);
	});

	test("Ctrl-C leaves no job in the queue", async () => {
		const place = workplace();
		let sent = false; // a second one would end it at once
		const ended = await run(place, ["tune", "slurm.yaml", "--json"], (said, kill) => {
			if (sent || !said.includes("running on")) return;
			sent = true;
			kill("SIGINT");
		});
		expect(ended.code).toBe(130);
		expect(slurm.jobs()).toEqual([]);
	});

	test("a job that is requeued, and one that is cancelled from outside, cost nothing but time", async () => {
		const held = workplace();
		let said = "";
		const ended = run(held, ["tune", "script.yaml", "--json"], (output) => {
			said = output;
		});
		const begun = () => readdirSync(held.folder).filter((name) => name.startsWith("begun-")).length;
		const running = () => slurm.ask("squeue", "--noheader", "--array", "--states=RUNNING", "--format=%i").split("\n")[0] ?? "";
		await slurm.until("a script that waits", () => begun() > 0);
		slurm.ask("scontrol", "requeue", running());
		await slurm.until("another start of it", () => begun() > 1 && running() !== "");
		// One that is ending anyway, or is requeued just now, may be listed as running: then the next one is cancelled.
		let cancelled = "";
		await slurm.until("a lost trial", () => {
			const job = running();
			if (!said.includes("lost, and run again") && job !== "" && job !== cancelled) {
				slurm.ask("scancel", job);
				cancelled = job;
			}
			return said.includes("lost, and run again");
		});
		held.write("go", "");
		expect(digestOf(await ended)).toBe(expectedOfScript);
		expect((await ended).stderr).toMatch(/^lost, and run again: /m);
		await queueIsEmpty();
	});

	test("a job that is preempted and not requeued costs nothing but time", async () => {
		const held = workplace();
		const begun = () => readdirSync(held.folder).filter((name) => name.startsWith("begun-")).length;
		const ended = run(held, ["tune", "script.yaml", "--json", "--set", "cluster.slurm.partition=spare"], (said) => {
			if (said.includes("lost, and run again")) held.write("go", "");
		});
		await slurm.until("a script that waits", () => begun() > 0);
		held.write("urgent.sh", "#!/bin/sh\n");
		slurm.ask("sbatch", "--partition=urgent", "--nodes=2", "--exclusive", "--output=/dev/null", join(held.folder, "urgent.sh"));
		expect(digestOf(await ended)).toBe(expectedOfScript);
		expect((await ended).stderr).toMatch(/^lost, and run again: .*: (?:its job was preempted|it was asked to end)/m);
		await queueIsEmpty();
	});

	test("what is still in the queue when a session is closed is ended", async () => {
		const folder = mkdtempSync(join(tmpdir(), "sweetspot-closed-"));
		try {
			const program = fileURLToPath(new URL("../fixtures/cluster/job.mjs", import.meta.url));
			const system = slurmSystem({}, { folder, tag: "closed", program, node: process.execPath }, "1");
			await system.check();
			writeFileSync(join(folder, "0.json"), JSON.stringify({ until: join(folder, "never") }));
			await system.submit([{ file: join(folder, "0.json") }], 1);
			expect(slurm.jobs()).not.toEqual([]);
			await system.close();
			expect(slurm.jobs()).toEqual([]);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	test("where no node takes jobs, it says so and why, and goes on when one does", async () => {
		slurm.ask("scontrol", "update", "nodename=n1,n2", "state=drain", "reason=repair");
		let isFree = false;
		const ended = await run(workplace(), ["tune", "slurm.yaml", "--json"], (said) => {
			if (isFree || !said.includes("No job has started")) return;
			isFree = true;
			slurm.ask("scontrol", "update", "nodename=n1,n2", "state=resume");
		});
		expect(ended.stderr).toMatch(/! No job has started: Slurm says of those in the queue “[^”]*(?:DOWN|DRAIN|NotAvail)/);
		expect(digestOf(ended)).toBe(expected);
		await queueIsEmpty();
	});

	test.each([
		["an unknown partition", ", slurm: { partition: nowhere }", /partition.*nowhere[\s\S]*partitions are main/i],
		["an option that is refused", ", slurm: { extra: [--constraint=purple] }", /--constraint=purple: .*feature/i],
		["a Node.js that is not there", ", node: /nowhere/node", /first job could not run the program[\s\S]*nowhere\/node/],
	])("%s is refused before any trial is queued", async (_, rest, words) => {
		const place = workplace();
		place.write("bad.yaml", clustered(rest));
		const ended = await run(place, ["tune", "bad.yaml", "--quiet"]);
		expect(ended.code).not.toBe(0);
		expect(ended.stderr).toMatch(words);
		expect(slurm.jobs()).toEqual([]);
	});

	test("a folder that the nodes don't see is refused before any trial is queued", async () => {
		const place = workplace();
		const unseen = join(place.folder, "unseen");
		mkdirSync(unseen);
		place.write("unseen.yaml", `${study}cluster: { folder: ${unseen} }\n`);
		// A file system that is mounted for this process alone, and not for the nodes.
		const command = `mount -t tmpfs tmpfs "$1" && shift && exec "$@" tune unseen.yaml --quiet --executor slurm`;
		const { status, stderr } = spawnSync("unshare", ["--mount", "sh", "-c", command, "sh", unseen, process.execPath, program], {
			cwd: place.folder,
			env: { ...process.env, ...slurm.environment },
			encoding: "utf8",
		});
		expect(stderr).toMatch(/error: trials cannot run on the cluster: a first job ran and left nothing in .*unseen/);
		expect(status).toBe(2);
		expect(slurm.jobs()).toEqual([]);
	});
});
