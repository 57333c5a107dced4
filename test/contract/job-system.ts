import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { JobState, JobSystem } from "../../src/executors/cluster/job-system.js";

/** Where the jobs of one test live. */
export interface JobsPlace {
	/** Absolute; its name holds what a shell would read as its own. */
	readonly folder: string;
	readonly program: string;
}

const program = fileURLToPath(new URL("../fixtures/cluster/job.mjs", import.meta.url));

/** How long anything may take: a cluster's controller is slow, and so is a busy machine. */
const longest = 60_000;

/** What every job system promises. `open`: a session of its own each time, of the same study where the place is the same. */
export function jobSystemContract(open: (place: JobsPlace) => JobSystem): void {
	const systems: { readonly system: JobSystem; readonly jobs: string[] }[] = [];
	const folders: string[] = [];
	afterEach(async () => {
		for (const { system, jobs } of systems.splice(0)) {
			await system.cancel(jobs);
			await until(system, (states) => jobs.every((job) => (states.get(job)?.kind ?? "ended") === "ended"));
			await system.close();
		}
		for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
	});

	function newPlace(): JobsPlace {
		const above = mkdtempSync(join(tmpdir(), "sweetspot-jobs-"));
		folders.push(above);
		const folder = join(above, "a; folder & é");
		mkdirSync(folder);
		return { folder, program };
	}

	async function session(place = newPlace()) {
		const system = open(place);
		const known = { system, jobs: [] as string[] };
		systems.push(known);
		await system.check();
		await system.endEarlier();
		let rounds = 0;
		return {
			system,
			place,
			async submit(tasks: readonly object[], limit: number) {
				const folder = join(place.folder, `${systems.indexOf(known)}-${++rounds}`);
				mkdirSync(folder);
				const files = tasks.map((task, i) => ({ file: join(folder, `${i}.json`), task }));
				for (const { file, task } of files) writeFileSync(file, JSON.stringify(task));
				const submitted = await system.submit(files, limit);
				known.jobs.push(...submitted.jobs);
				return { ...submitted, folder };
			},
		};
	}

	test("runs each job on its file, in its folder, and keeps what it prints", async () => {
		const { system, submit } = await session();
		const { jobs, folder } = await submit([{}, { exit: 3 }], 2);
		const states = await until(system, (all) => jobs.every((job) => all.get(job)?.kind === "ended"));
		expect(jobs.map((job) => states.get(job))).toMatchObject([
			{ kind: "ended", end: "done" },
			{ kind: "ended", end: "failed", words: expect.stringMatching(/\w/) },
		]);
		await seen(() => existsSync(join(folder, "1.out")) && readFileSync(join(folder, "1.out"), "utf8") !== "");
		expect(readFileSync(join(folder, "0.out"), "utf8")).toBe(`in ${folder}\n`);
	});

	test("keeps to the limit, until it is raised", async () => {
		const { system, submit } = await session();
		const gate = join(mkdtemp(folders), "open");
		const { jobs, folder, submission } = await submit([{ until: gate }, { until: gate }, { until: gate }], 1);
		await seen(() => begun(folder) === 1);
		expect(count(await system.poll(), jobs, "queued")).toBe(2);
		await system.setLimit(submission, 3);
		await seen(() => begun(folder) >= 2);
		writeFileSync(gate, "");
		await until(system, (all) => count(all, jobs, "ended") === 3);
		expect(
			readFileSync(join(folder, "journal"), "utf8")
				.split("\n")
				.filter((line) => line === "-"),
		).toHaveLength(3);
	});

	test("a job that is cancelled while it waits never runs; one that runs is asked by SIGTERM", async () => {
		const { system, submit } = await session();
		const never = join(mkdtemp(folders), "never");
		const { jobs, folder } = await submit([{ until: never }, { until: never }], 1);
		await seen(() => existsSync(join(folder, "journal")));
		await system.cancel([jobs[1], jobs[0]]);
		const states = await until(system, (all) => jobs.every((job) => (all.get(job)?.kind ?? "ended") === "ended"));
		expect(jobs.map((job) => states.get(job)?.kind ?? "ended")).toEqual(["ended", "ended"]);
		expect(existsSync(join(folder, "0.json.asked"))).toBe(true);
		expect(existsSync(join(folder, "1.out")) && readFileSync(join(folder, "1.out"), "utf8")).toBe(false);
	});

	test("a new session ends what an earlier one has left", async () => {
		const earlier = await session();
		const never = join(mkdtemp(folders), "never");
		const { jobs, folder } = await earlier.submit([{ until: never }], 1);
		await seen(() => existsSync(join(folder, "journal")));
		await session(earlier.place);
		await until(earlier.system, (all) => (all.get(jobs[0])?.kind ?? "ended") === "ended");
	});
}

const mkdtemp = (folders: string[]): string => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-gate-"));
	folders.push(folder);
	return folder;
};

const begun = (folder: string): number => {
	const journal = join(folder, "journal");
	return existsSync(journal)
		? readFileSync(journal, "utf8")
				.split("\n")
				.filter((line) => line === "+").length
		: 0;
};

const count = (states: ReadonlyMap<string, JobState>, jobs: readonly string[], kind: JobState["kind"]): number =>
	jobs.filter((job) => states.get(job)?.kind === kind).length;

async function seen(isSo: () => boolean): Promise<void> {
	const end = performance.now() + longest;
	while (!isSo()) {
		if (performance.now() > end) throw new Error("it did not happen within a minute");
		await delay(50);
	}
}

async function until(system: JobSystem, isSo: (states: ReadonlyMap<string, JobState>) => boolean): Promise<ReadonlyMap<string, JobState>> {
	const end = performance.now() + longest;
	for (;;) {
		const states = await system.poll();
		if (isSo(states)) return states;
		if (performance.now() > end) throw new Error(`not within a minute: ${JSON.stringify([...states])}`);
		await delay(200);
	}
}
