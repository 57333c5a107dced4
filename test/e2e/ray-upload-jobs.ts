import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import type { JobSystem } from "../../dist/executors/cluster/job-system.js";
import { placeProgram } from "../../dist/executors/cluster/program.js";
import { ask } from "../../dist/executors/cluster/ray/ask.js";
import type { Delivery } from "../../dist/executors/cluster/ray/delivery.js";
import { raySystem } from "../../dist/executors/cluster/ray/system.js";
import { uploaded } from "../../dist/executors/cluster/ray/uploaded.js";
import { jobPackage, jobPackageName, mostSilenceMilliseconds } from "../../dist/executors/cluster/upload/job-package.js";
import { sessionPackage } from "../../dist/executors/cluster/upload/session-package.js";
import { zipped } from "../../dist/executors/cluster/upload/zip.js";
import { resolveInput } from "../../src/api/resolve-input.js";
import { read } from "../../src/executors/cluster/ray/answers.js";
import { listedJobs } from "../../src/executors/cluster/ray/states.js";
import { jobSystemContract } from "../contract/job-system.js";
import type { TestRay } from "../fixtures/cluster/ray.js";
import { briefStudy } from "./sweetspot.js";

const job = readFileSync(fileURLToPath(new URL("../fixtures/cluster/uploaded-job.mjs", import.meta.url)));

/** Ray as a job system where nothing is shared: the contract, and jobs that begin late. */
export function rayUploadJobs(ray: () => TestRay): void {
	describe("as a job system without a shared folder", () => {
		let sessions = 0;
		jobSystemContract(({ folder, program }) => {
			const { dashboard } = ray();
			const bytes = zipped([{ name: "sweetspot/dist/executors/cluster/sweetspot-work.mjs", bytes: job, isExecutable: false }]);
			const session = { name: `_ray_pkg_contract${++sessions}.zip`, bytes, uploaded: [], uploadedBytes: 0 };
			const system = raySystem(
				dashboard,
				{},
				`uploaded${folder.replace(/\W/g, "")}`,
				String(sessions),
				uploaded(
					dashboard,
					process.execPath,
					async () => session,
					() => null,
				),
			);
			return {
				...system,
				submit(files, limit) {
					for (const { file } of files)
						writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), task: { file, program } }));
					return system.submit(files, limit);
				},
			};
		});
	});

	/** A job that waits behind one that takes all of the node. `begin`: lets it begin. */
	async function waiting(
		name: string,
	): Promise<{ system: JobSystem; delivery: Delivery; id: string; begin(): Promise<void>; hasRun(): Promise<string> }> {
		const { dashboard } = ray();
		const folder = mkdtempSync(join(tmpdir(), "sweetspot-late-"));
		onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
		const { file: program } = placeProgram(folder);
		const study = await resolveInput(parse(briefStudy), folder);
		const blocker = `blocker-${name}`;
		const status = async (id: string) =>
			listedJobs(await read(dashboard, "/api/jobs/")).find(({ submission_id: one }) => one === id)?.status ?? "missing";
		const until = async (id: string, isSo: (status: string) => boolean) => {
			for (const from = performance.now(); !isSo(await status(id)); await delay(200))
				if (performance.now() - from > 60_000) throw new Error(`${id} is ${await status(id)} after a minute`);
		};
		const all = { entrypoint: "sleep 600", submission_id: blocker, entrypoint_num_cpus: 4 };
		expect((await ask(dashboard, "POST", "/api/jobs/", all)).status).toBe(200);
		await until(blocker, (is) => is === "RUNNING");
		const file = join(folder, "0.json");
		writeFileSync(file, JSON.stringify({ task: { kind: "trials", trials: [] } }));
		const delivery = uploaded(
			dashboard,
			process.execPath,
			() => sessionPackage({ study, id: name, store: folder, program }),
			() => null,
		);
		const system = raySystem(dashboard, {}, name, "1", delivery);
		const [own = ""] = (await system.submit([{ file }], 1)).jobs;
		const id = listedJobs(await read(dashboard, "/api/jobs/")).find(({ submission_id: one }) => one.includes(name) && one !== blocker);
		if (!id) throw new Error("Ray doesn't list the job");
		return {
			system,
			delivery,
			id: own,
			async begin() {
				await ask(dashboard, "POST", `/api/jobs/${blocker}/stop`);
				await until(id.submission_id, (is) => is === "SUCCEEDED" || is === "STOPPED" || is === "FAILED");
			},
			async hasRun() {
				return (JSON.parse((await ask(dashboard, "GET", `/api/jobs/${id.submission_id}/logs`)).text) as { logs: string }).logs;
			},
		};
	}

	test("with nothing shared, a job that was cancelled while it waits ends at once where Ray starts it all the same", async () => {
		const late = await waiting("cancelled");
		await late.system.cancel([late.id]);
		await late.begin();
		expect(await late.hasRun()).not.toMatch(/"kind":"(?:trial|probed)"/);
		expect(ray().uploadedProcesses()).toEqual([]);
	});

	test("with nothing shared, a job that was given up while it waits ends at once, though Ray itself was not asked to end it", async () => {
		const late = await waiting("withdrawn");
		await late.delivery.giveUp(late.id, {});
		await late.begin();
		expect(await late.hasRun()).toMatch(/"kind":"stopped","reason":"it was given up before it began"/);
	});

	test("with nothing shared, a job that begins when nobody has waited for it any more ends at once", async () => {
		const late = await waiting("abandoned");
		const { dashboard } = ray();
		const [own] = listedJobs(await read(dashboard, "/api/jobs/")).filter(
			({ submission_id: id, status }) => id.includes("-abandoned-") && status === "PENDING",
		);
		const stale = jobPackage({ kind: "trials", trials: [] }, Date.now() - mostSilenceMilliseconds - 5000);
		await ask(dashboard, "PUT", `/api/packages/gcs/${jobPackageName(own?.submission_id ?? "")}`, stale);
		await late.begin();
		expect(await late.hasRun()).toMatch(/it began 1[234]\d s after the process that waits for it was last heard of/);
	});

	test("with nothing shared, a job that waited begins as usual where someone waits for it", async () => {
		const late = await waiting("wanted");
		await late.begin();
		expect(await late.hasRun()).toMatch(/^sweetspot-frame 1 .*"kind":"started"/m);
		expect(await late.hasRun()).not.toMatch(/given up|last heard of/);
	});
}
