import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { clusterSchema } from "../../../study/cluster-schema.js";
import { read } from "./answers.js";
import { findDashboard } from "./dashboard.js";
import { askedFields, lackOf } from "./resources.js";
import { listedJobs, nodesIn, stateOf } from "./states.js";

const home = "/nowhere";

async function served(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
	const server = createServer(answer);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a token goes over http to this machine only, and over https to others", () => {
	const at = (address: string) => findDashboard(address, { RAY_AUTH_TOKEN: "abc", HOME: home });
	for (const address of ["http://127.0.0.1:8265", "http://localhost:8265", "http://[::1]:8265", "https://ray.example.org/a/"])
		expect(at(address)).toMatchObject({ token: "abc", withholds: false });
	for (const address of [
		"http://ray.example.org:8265",
		"http://10.0.0.1:8265",
		"http://127.0.0.1.example.org",
		"http://localhost.example.org",
	])
		expect(at(address)).toMatchObject({ token: null, withholds: true });
	expect(at("https://ray.example.org/a/").address).toBe("https://ray.example.org/a");
});

test("the token is that of the variable, else of the file that one names, else Ray's own file", () => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-token-"));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	writeFileSync(join(folder, "token"), "from-a-file\n");
	const path = join(folder, "token");
	const token = (environment: NodeJS.ProcessEnv) => findDashboard(undefined, { HOME: home, ...environment }).token;
	expect(token({ RAY_AUTH_TOKEN: "own", RAY_AUTH_TOKEN_PATH: path })).toBe("own");
	expect(token({ RAY_AUTH_TOKEN_PATH: path })).toBe("from-a-file");
	expect(token({})).toBeNull();
	expect(() => token({ RAY_AUTH_TOKEN_PATH: join(folder, "none") })).toThrow(/RAY_AUTH_TOKEN_PATH names .* can't be read/);
	expect(() => token({ RAY_AUTH_TOKEN: "two\nlines" })).toThrow(/RAY_AUTH_TOKEN holds characters/);
});

test.each(["ray://host:10001", "host:6379", "auto", "ftp://host", "http://me:pass@host", "http://host?token=pass"])(
	"%s is no address of a dashboard, and is not repeated",
	(address) => {
		const inStudy = clusterSchema.safeParse({ ray: { address } }).error?.issues.map(({ message }) => message) ?? [];
		expect(inStudy).toEqual([expect.stringMatching(/^must/)]);
		expect(inStudy.join()).not.toContain("pass@");
		expect(() => findDashboard(undefined, { RAY_ADDRESS: address, HOME: home })).toThrow(/RAY_ADDRESS must/);
	},
);

test("a redirect is not followed, nor is another program taken for Ray", async () => {
	const asked: (string | undefined)[] = [];
	const elsewhere = await served((request, response) => {
		asked.push(request.headers.authorization);
		response.end("{}");
	});
	const redirecting = await served((_, response) => response.writeHead(302, { location: `${elsewhere}/login?secret=1` }).end());
	const page = await served((_, response) => response.end("<html>"));
	const from = (address: string) => read(findDashboard(address, { RAY_AUTH_TOKEN: "abc", HOME: home }), "/api/version");
	await expect(from(redirecting)).rejects.toThrow(/redirects to http:\S+\/login, and redirects aren't followed/);
	expect(asked).toEqual([]);
	await expect(from(page)).rejects.toThrow(/is not Ray's dashboard/);
	await from(elsewhere);
	expect(asked).toEqual(["Bearer abc"]);
});

test("Ray's states are ours, and what can't be read is passed over", () => {
	const listed = (fields: object) => listedJobs([{ submission_id: "a", ...fields }]).map((job) => stateOf(job));
	expect(listed({ status: "PENDING", message: "not yet" })).toEqual([{ kind: "queued", why: "not yet" }]);
	expect(listed({ status: "RUNNING", driver_agent_http_address: "http://10.0.0.7:52365" })).toEqual([
		{ kind: "running", machine: "10.0.0.7" },
	]);
	expect(listed({ status: "SOMETHING" })).toEqual([{ kind: "running", machine: null }]);
	expect(listed({ status: "SUCCEEDED" })).toMatchObject([{ end: "done" }]);
	expect(listed({ status: "STOPPED" })).toMatchObject([{ end: "cancelled" }]);
	expect(listed({ status: "FAILED", driver_exit_code: 3 })).toMatchObject([{ end: "failed", words: "its job ended with exit code 3" }]);
	expect(listed({ status: "FAILED", driver_exit_code: -9 })).toMatchObject([{ words: "its job was ended by signal 9" }]);
	expect(listed({ status: "FAILED", error_type: "JOB_SUPERVISOR_ACTOR_DIED", message: "Its node died\nsee the log" })).toEqual([
		{ kind: "ended", end: "taken away", words: "Ray gave its job up (JOB_SUPERVISOR_ACTOR_DIED: Its node died)" },
	]);
	expect(listedJobs([{ submission_id: null, status: "RUNNING" }, 7])).toEqual([]);
	expect(listedJobs({ result: false })).toEqual([]);
});

test("what a job asks for is said in Ray's fields, and what no node has of it in words", () => {
	expect(askedFields({})).toEqual({ entrypoint_num_cpus: 1 });
	expect(askedFields({ cpus: 0.5, gpus: 2, memory: "8G", resources: { tpu: 1 } })).toEqual({
		entrypoint_num_cpus: 0.5,
		entrypoint_num_gpus: 2,
		entrypoint_memory: 8 * 2 ** 30,
		entrypoint_resources: { tpu: 1 },
	});
	const answer = {
		data: {
			result: {
				result: [
					{ state: "ALIVE", resources_total: { CPU: 4, memory: 2 ** 34 } },
					{ state: "DEAD", resources_total: { CPU: 64, GPU: 8 } },
				],
			},
		},
	};
	const nodes = nodesIn(answer) ?? [];
	expect(lackOf({}, nodes)).toBeNull();
	expect(lackOf({ cpus: 2, gpus: 8, memory: "32G" }, nodes)).toBe(
		"no node has 2 CPU, 8 GPU, 32G of memory (the most that one has: 4 CPU, 0 GPU, 16G of memory)",
	);
	expect(lackOf({}, [])).toBe("no node is there (a job asks for 1 CPU)");
	expect(nodesIn("<html>")).toBeNull();
	expect(clusterSchema.safeParse({ ray: { cpus: 0 } }).success).toBe(false);
	expect(clusterSchema.safeParse({ ray: { memory: "8" } }).success).toBe(false);
});
