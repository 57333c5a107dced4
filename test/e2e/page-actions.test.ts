import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { resolveInput } from "../../src/api/resolve-input.js";
import { openStore } from "../../src/store/open.js";
import { studyHash } from "../../src/study/resolve.js";
import { type Answered, type PageServer, startServer } from "./page-server.js";
import { smallStudy } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const places = workplaces({ "small.yaml": smallStudy });
const small = parse(smallStudy) as Record<string, unknown>;
/** A study of many seconds: wide layers, many seeds. */
const slow = {
	...small,
	name: "slow",
	workload: { ...(small.workload as object), model: [{ dense: 1024 }, "relu", { dense: 512 }, "relu", { dense: 3 }] },
	seeds: { tuning: 3, selecting: 2, reporting: 60 },
};

const post = (server: PageServer, path: string, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answered> =>
	server.ask(
		path,
		{ authorization: `Bearer ${server.token}`, "content-type": "application/json", "sweetspot-request": "1", ...headers },
		{ method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) },
	);

interface Listed {
	readonly id: string;
	readonly state: string;
	readonly trials: number;
}
const listed = async (server: PageServer): Promise<readonly Listed[]> =>
	((await server.json("/studies.json")) as { studies: readonly Listed[] }).studies;
const stateOf = async (server: PageServer): Promise<string | undefined> => (await listed(server))[0]?.state;
const generous = { timeout: 60_000, interval: 200 };

test("a study is started, stopped and resumed from the page; it goes on when the server ends; `stop` stops it too", async () => {
	const place = places();
	const server = await startServer(place.folder);
	const started = await post(server, "/studies", { study: slow, workers: 1 });
	expect(started).toMatchObject({ status: 202 });
	const { open } = JSON.parse(started.text) as { open: string };
	const [{ id }] = await listed(server);
	expect(open).toBe(`/studies/${id}`);
	expect((await post(server, "/studies", { study: small })).status).toBe(409); // a store has one writer
	expect((await post(server, `${open}/resume`)).status).toBe(409);
	await expect.poll(async () => (await listed(server))[0].trials, generous).toBeGreaterThan(2);
	expect((await server.read(open)).text).toContain(`data-post="${open}/stop"`);

	expect(await post(server, `${open}/stop`)).toMatchObject({ status: 202, text: JSON.stringify({ open }) });
	expect(await stateOf(server)).toBe("interrupted");
	expect((await post(server, `${open}/stop`)).status).toBe(409);
	const { trials } = (await listed(server))[0];
	expect((await server.read(open)).text).toContain(`data-post="${open}/resume"`);

	expect((await post(server, `${open}/resume`)).status).toBe(202);
	await server.end("SIGINT");
	await expect
		.poll(
			async () => (JSON.parse((await place.start(["studies", "--json"])).stdout) as { studies: readonly Listed[] }).studies[0].trials,
			generous,
		)
		.toBeGreaterThan(trials);
	const stopped = await place.start(["stop", id.slice(0, -1)]);
	const words = new RegExp(`Stopped ${id}: \\d+ finished trials are kept. Continue it with: sweetspot resume ${id}`);
	expect(stopped).toEqual({ code: 0, stdout: "", stderr: expect.stringMatching(words) as string });
	const again = await place.start(["stop", id]);
	expect(again.code).toBe(2);
	expect(again.stderr).toContain(`fix: continue it: \`sweetspot resume ${id}\``);
});

test("what the page may not run is refused with its reason and makes no store; nor is it resumed, whoever stored it", async () => {
	const place = places();
	const server = await startServer(place.folder);
	const command = { ...small, workload: { command: ["touch", "owned"], examples: 100, metrics: { "validation.loss": "x (.*)" } } };
	const sent = await post(server, "/studies", { study: command });
	expect(sent.status).toBe(403);
	expect(JSON.parse(sent.text)).toMatchObject({ error: "the page may not run this: it has workload.command" });
	const many = await post(server, "/studies", { study: { ...small, seeds: { tuning: 101 } } }); // only the resolved study shows it
	expect([many.status, many.text]).toEqual([403, expect.stringContaining("seeds of a phase")]);
	const wrong = await post(server, "/studies", { study: { ...small, batchSizes: [0] } });
	expect(wrong.status).toBe(400);
	expect(wrong.text).toContain("batchSizes[0]");
	expect(existsSync(join(place.folder, ".sweetspot", "studies.sqlite"))).toBe(false);

	place.write("table.csv", `x,y,label\n${Array.from({ length: 60 }, (_, i) => `${i % 7},${i % 5},${i % 2 ? "a" : "b"}`).join("\n")}\n`);
	const table = smallStudy.replace(/data: .*/, "data: { csv: table.csv, label: label }").replace("{ dense: 3 }", "{ dense: 2 }");
	const store = openStore(join(place.folder, ".sweetspot"), { mode: "write" });
	const study = await resolveInput({ ...(parse(table) as object), batchSizes: [1, 8] }, place.folder);
	const { id } = store.create(study, studyHash(study), "test");
	store.setState(id, "interrupted", 0, null);
	store.close();
	const { status, text } = await post(server, `/studies/${id}/resume`);
	expect(status).toBe(403);
	expect(text).toContain("its data are csv");
	expect((await server.read(`/studies/${id}`)).text).toContain("The page doesn’t continue it: its data are csv");
});

test("requests that another site could send start nothing", async () => {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
	try {
		const server = await startServer(folder);
		const body = { study: small };
		const cookie = ((await server.ask(`${server.link.pathname}${server.link.search}`)).headers["set-cookie"] ?? [])[0].split(";")[0];
		const cases: readonly (readonly [string, Readonly<Record<string, string>>, unknown, number])[] = [
			["no header of ours", { "sweetspot-request": "" }, body, 403],
			["another origin", { origin: "http://evil.example" }, body, 403],
			["another port's origin", { origin: "http://127.0.0.1:1" }, body, 403],
			["a form of another site", { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "cross-site" }, "a=b", 403],
			["a navigation of another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }, body, 403],
			["text for JSON", { "content-type": "text/plain" }, body, 415],
			["a rebinding host", { host: "evil.example" }, body, 403],
			["no token", { authorization: "Bearer guess" }, body, 401],
			["a cookie without an origin", { authorization: "", cookie }, body, 403],
			["a body of unknown length", { "transfer-encoding": "chunked" }, body, 411],
			["too large", {}, JSON.stringify({ study: "x".repeat(70_000) }), 413],
			["no JSON", {}, "{", 400],
			["deep", {}, `${"[".repeat(30_000)}${"]".repeat(30_000)}`, 400],
			["other keys", {}, { study: small, workers: 0 }, 400],
			["many workers", {}, { study: small, workers: 1e9 }, 400],
		];
		for (const [what, headers, sent, status] of cases) {
			const all = { authorization: `Bearer ${server.token}`, "content-type": "application/json", "sweetspot-request": "1", ...headers };
			const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
			const text = typeof sent === "string" ? sent : JSON.stringify(sent);
			const answered = await server.ask("/studies", given, { method: "POST", body: text });
			expect({ what, status: answered.status }).toEqual({ what, status });
		}
		for (const path of ["/studies/x/remove", "/studies.json", "/", "/studies/x/trials", "/experiments/x"])
			expect((await post(server, path)).status).toBe(405);
		expect((await post(server, "/studies/x/stop")).status).toBe(404);
		expect(await listed(server)).toEqual([]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
