import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findDashboard } from "../../dist/executors/cluster/ray/dashboard.js";
import { sharedFolder } from "../../dist/executors/cluster/ray/shared-folder.js";
import { raySystem } from "../../dist/executors/cluster/ray/system.js";
import { jobSystemContract } from "../contract/job-system.js";
import { TestRay } from "../fixtures/cluster/ray.js";
import { hasRay } from "../fixtures/cluster/ray-place.js";
import { freePort } from "../fixtures/ports.js";
import { rayUploadJobs } from "./ray-upload-jobs.js";
import { rayUploads } from "./ray-uploads.js";
import { briefStudy, digestOf, type Ended, type Workplace } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const study = briefStudy;

const shared = mkdtempSync(join(tmpdir(), "sweetspot-shared-"));
const clustered = `${study}cluster: { folder: ${shared} }\n`;

const workplace = workplaces({ "small.yaml": study, "ray.yaml": clustered });

/**
 * One cluster for all, one test after the other: each test leaves no job. Where Ray isn't installed they are skipped: CONTRIBUTING.md says
 * how to run them.
 */
describe.skipIf(!hasRay()).sequential("Ray", () => {
	let ray: TestRay;
	let expected: string;
	const run = (place: Workplace, args: readonly string[], onOutput?: Parameters<Workplace["start"]>[1]): Promise<Ended> =>
		place.start([...args, "--executor", "ray", "--workers", "2"], onOutput, ray.environment);
	const until = async (what: string, isSo: () => boolean | Promise<boolean>) => {
		const end = performance.now() + 120_000;
		while (!(await isSo())) {
			if (performance.now() > end) throw new Error(`not within two minutes: ${what}; jobs: ${(await ray.jobs()).join(", ")}`);
			await delay(100);
		}
	};
	const noJobIsLeft = () => until("no job", async () => (await ray.jobs()).length === 0 && ray.jobProcesses().length === 0);

	beforeAll(async () => {
		ray = new TestRay();
		await ray.start();
		expected = digestOf(await workplace().start(["tune", "small.yaml", "--json", "--quiet"]));
	}, 400_000);
	afterAll(async () => {
		await ray.stop();
		rmSync(shared, { recursive: true, force: true });
	});

	describe("as a job system", () => {
		let sessions = 0;
		jobSystemContract(({ folder, program }) =>
			raySystem(
				findDashboard(undefined, ray.environment),
				{},
				folder.replace(/\W/g, ""),
				String(++sessions),
				sharedFolder({ folder, program, node: process.execPath }),
			),
		);
	});

	test("a study has the digest that it has in worker threads, and leaves nothing behind", async () => {
		const ended = await run(workplace(), ["tune", "ray.yaml", "--json"]);
		expect(digestOf(ended)).toBe(expected);
		await noJobIsLeft();
		const [own] = readdirSync(shared).filter((name) => name.startsWith("small-"));
		expect(readdirSync(join(shared, own)).filter((name) => name.startsWith("session-"))).toEqual([]);
	});

	test("a runner that is killed in mid-round is resumed to the same digest, without the jobs that it left", async () => {
		const place = workplace();
		await run(place, ["tune", "ray.yaml", "--json"], (said, kill) => {
			if (said.includes("] tuning")) kill("SIGKILL");
		});
		const { stdout } = await place.start(["studies", "--json"]);
		const [{ id }] = (JSON.parse(stdout) as { readonly studies: readonly { readonly id: string }[] }).studies;
		expect(digestOf(await run(place, ["resume", id, "--json", "--quiet"]))).toBe(expected);
		await noJobIsLeft();
	});

	test("Ctrl-C leaves no job, and nothing that a job has started", async () => {
		let isAsked = false; // a second time, it would end at once
		const ended = await run(workplace(), ["tune", "ray.yaml", "--json"], (said, kill) => {
			if (isAsked || !said.includes("running on")) return;
			isAsked = true;
			kill("SIGINT");
		});
		expect(ended.code).toBe(130);
		expect(await ray.jobs()).toEqual([]);
		expect(ray.jobProcesses()).toEqual([]);
	});

	rayUploadJobs(() => ray);

	describe("without a shared folder", () => {
		rayUploads(() => ray, run, noJobIsLeft);
	});

	test("a node that is killed has lost its jobs, which are known to be; Ray's token is in no job and no file", async () => {
		const { folder } = workplace();
		const program = join(folder, "program.sh");
		writeFileSync(program, 'env >"$1.env"; exec sleep 600\n');
		const system = raySystem(
			findDashboard(undefined, ray.environment),
			{},
			"killed",
			"1",
			sharedFolder({ folder, program, node: "/bin/sh" }),
		);
		const file = join(folder, "0.json");
		const [job = ""] = (await system.submit([{ file }], 1)).jobs;
		await until("a job that runs", () => existsSync(`${file}.env`) && readFileSync(`${file}.env`, "utf8") !== "");
		ray.killNode();
		await until("its end", async () => (await system.poll()).get(job)?.kind === "ended");
		expect((await system.poll()).get(job)).toMatchObject({ end: expect.stringMatching(/^(?:taken away|failed)$/) });
		expect(readFileSync(`${file}.env`, "utf8")).not.toContain(ray.token);
		expect(filesWith(shared, ray.token)).toEqual([]);
		await ray.startNode();
		await noJobIsLeft();
	});

	test("what no node has is said while the study waits for it", async () => {
		const place = workplace();
		place.write("gpus.yaml", `${study}cluster: { folder: ${shared}, ray: { gpus: 4 } }\n`);
		let isAsked = false;
		const ended = await run(place, ["tune", "gpus.yaml"], (said, kill) => {
			if (isAsked || !said.includes("No job has started")) return;
			isAsked = true;
			kill("SIGINT");
		});
		expect(ended.stderr).toMatch(/No job has started: Ray says of those in the queue “no node has 1 CPU, 4 GPU/);
	});

	test("a token that is missing or wrong is refused before anything is queued", async () => {
		const place = workplace();
		const asked = ["tune", "ray.yaml", "--executor", "ray", "--quiet"];
		const environment = { ...ray.environment, HOME: place.folder };
		const before = await ray.jobs(); // one that waits for what no node has may still be listed
		const missing = await place.start(asked, undefined, { ...environment, RAY_AUTH_TOKEN: "" });
		expect(missing.stderr).toMatch(/error: trials cannot run on the cluster: Ray at http:\S+ asks for a token, and none is set/);
		const wrong = await place.start(asked, undefined, { ...environment, RAY_AUTH_TOKEN: "not-the-token" });
		expect(wrong.stderr).toMatch(/Ray at http:\S+ refuses the token \(403\)\n.*fix: set RAY_AUTH_TOKEN/s);
		expect([missing.code, wrong.code]).toEqual([2, 2]);
		place.write("token", `${ray.token}\n`);
		const file = { ...environment, RAY_AUTH_TOKEN: "", RAY_AUTH_TOKEN_PATH: join(place.folder, "token") };
		expect((await place.start(["doctor"], undefined, file)).stdout).toMatch(/^ok +Ray /m);
		expect((await ray.jobs()).filter((job) => !before.includes(job))).toEqual([]);
	});

	test("the doctor says what answers", async () => {
		const place = workplace();
		const { stdout } = await place.start(["doctor"], undefined, ray.environment);
		expect(stdout).toMatch(/^ok +Ray +Ray 2\.\d+\.\d+ at http:\/\/127\.0\.0\.1:\d+, with \d nodes?, \d CPUs$/m);
	});
});

test("an address that no one answers at, or that holds a password, is refused before anything is queued", async () => {
	const place = workplace();
	const asked = ["tune", "ray.yaml", "--executor", "ray", "--quiet"];
	const nowhere = `http://127.0.0.1:${await freePort()}`;
	const silent = await place.start(asked, undefined, { RAY_ADDRESS: nowhere });
	expect(silent.stderr).toMatch(
		/error: trials cannot run on the cluster: Ray does not answer at http:\S+: connect ECONNREFUSED.*\n.*fix: start Ray, or name/s,
	);
	const variable = await place.start(asked, undefined, { RAY_ADDRESS: "http://me:hidden@127.0.0.1:8265" });
	expect(variable.stderr).toMatch(/RAY_ADDRESS must not hold a user or password/);
	const key = await place.start([...asked, "--set", "cluster.ray.address=http://me:hidden@127.0.0.1:8265"]);
	expect(key.stderr).toMatch(/cluster\.ray\.address: must not hold a user or password/);
	expect(variable.stderr + key.stderr).not.toContain("hidden");
	expect([silent.code, variable.code, key.code]).toEqual([2, 2, 2]);
});

/** Files in a folder, at any depth, that hold this text. */
const filesWith = (folder: string, text: string): readonly string[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name), "latin1").includes(text))
		.map(({ name }) => name);
