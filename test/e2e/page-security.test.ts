import { connect } from "node:net";
import { beforeAll, describe, expect, test } from "vitest";
import { type PageServer, startServer } from "./page-server.js";
import { smallStudy, Workplace } from "./sweetspot.js";

/** A name that is a script, wherever it is not escaped. */
const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)>`;

const fileName = "<img src=x onerror=alert(3)>.csv";

let place: Workplace;
beforeAll(async () => {
	place = new Workplace();
	place.write("hostile.yaml", smallStudy.replace("name: small", `name: ${JSON.stringify(hostile)}`));
	await place.start(["tune", "hostile.yaml", "--quiet"]);
	// A file, a column and labels of such names.
	const rows = Array.from(
		{ length: 150 },
		(_, i) => `${i % 7},${i % 5},"${i % 3 ? "<img src=x onerror=alert(5)>" : "<script>alert(6)</script>"}"`,
	);
	place.write(fileName, ["x,y,<script>alert(4)</script>", ...rows, ""].join("\n"));
	const data = JSON.stringify({ csv: fileName, label: "<script>alert(4)</script>" });
	place.write(
		"file.yaml",
		smallStudy
			.replace("name: small", "name: file")
			.replace(/data: .*/, `data: ${data}`)
			.replace("{ dense: 3 }", "{ dense: 2 }"),
	);
	const ran = await place.start(["tune", "file.yaml", "--quiet"]);
	expect(ran.stderr).not.toContain("error");
	return () => place.remove();
});
/** What comes back for exactly these bytes. */
const rawReply = (server: PageServer, bytes: string): Promise<string> =>
	new Promise((resolve) => {
		const socket = connect(Number(server.link.port), "127.0.0.1", () => socket.write(bytes));
		socket.once("data", (data) => {
			socket.destroy();
			resolve(data.toString());
		});
	});
const start = (): Promise<PageServer> => startServer(place.folder);

describe("who has not opened the link sees nothing", () => {
	test("no cookie, a wrong one, a wrong token, an old token", async () => {
		const [old, server] = [await start(), await start()];
		const { port } = server.link;
		const headers: readonly Record<string, string>[] = [
			{},
			{ cookie: `sweetspot-${port}=guess` },
			{ cookie: `sweetspot-${port}=` },
			{ cookie: `sweetspot-${port}=${server.token}` }, // the token is no cookie
			{ authorization: "Bearer guess" },
			{ authorization: `Bearer ${old.token}` },
			{ authorization: `Basic ${server.token}` },
		];
		for (const path of ["/", "/studies", "/studies.json", "/events", "/compare", "/studies/x", "/nowhere"]) {
			for (const sent of headers) {
				const { status, text } = await server.ask(path, sent);
				expect(status).toBe(401);
				expect(text).not.toContain("script>alert");
			}
		}
		expect((await server.ask(`/enter?token=${old.token}`)).status).toBe(401);
		expect((await server.ask("/enter")).status).toBe(401);
		expect((await server.ask(`/studies?token=${server.token}`)).status).toBe(401); // nor is it a parameter
	});

	test("the link is exchanged for a cookie that no script and no other site has; the token is in no later address, log or error", async () => {
		const server = await start();
		const entered = await server.ask(`${server.link.pathname}${server.link.search}`);
		expect(entered.status).toBe(303);
		expect(entered.headers.location).toBe("/studies");
		const [cookie] = entered.headers["set-cookie"] ?? [];
		expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
		expect(cookie).not.toContain(server.token);
		const [pair] = cookie.split(";");
		const pages = await Promise.all(
			["/studies", "/studies.json", "/nowhere", `/studies/${server.token}`, "/studies?sort=x"].map((path) =>
				server.ask(path, { cookie: pair }),
			),
		);
		expect(pages.map(({ status }) => status)).toEqual([200, 200, 404, 404, 400]);
		for (const [i, { text, headers }] of pages.entries()) {
			if (i !== 3) expect(text + JSON.stringify(headers)).not.toContain(server.token);
			expect(headers["referrer-policy"]).toBe("no-referrer");
			expect(headers["cache-control"]).toBe("no-store");
		}
		expect(server.said.split(server.token)).toHaveLength(2); // once: the link
	});

	test("from another site the link leads on without a redirect, which would carry no cookie", async () => {
		const server = await start();
		const entered = await server.ask(`${server.link.pathname}${server.link.search}`, {
			"sec-fetch-site": "cross-site",
			"sec-fetch-mode": "navigate",
		});
		expect(entered.status).toBe(200);
		expect(entered.headers.refresh).toBe("0; url=/studies");
		expect(entered.text).not.toContain(server.token);
	});
});

describe("other sites are refused, cookie or not", () => {
	test.each([
		["a rebinding host", { host: "evil.example" }],
		["a rebinding host with our port", { host: "evil.example:7411" }],
		["a host that begins like ours", { host: "127.0.0.1.evil.example" }],
		["another origin", { origin: "http://evil.example" }],
		["another port of this machine", { origin: "http://127.0.0.1:1" }],
		["no origin at all, said so", { origin: "null" }],
		["a script or image of another site", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
		["a request of another port", { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }],
	])("%s", async (_, headers) => {
		const server = await start();
		const { status, text } = await server.read("/studies", headers as unknown as Record<string, string>);
		expect([400, 403]).toContain(status);
		expect(text).not.toContain("hostile");
	});

	test("a request that names no host", async () => {
		const server = await start();
		expect(await rawReply(server, `GET /studies HTTP/1.0\r\nAuthorization: Bearer ${server.token}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 40[03]/);
	});

	test("through a tunnel the port is another one", async () => {
		const server = await start();
		expect((await server.read("/studies", { host: "localhost:9000" })).status).toBe(200);
		expect((await server.read("/studies", { host: "localhost:9000", origin: "http://localhost:9000" })).status).toBe(200);
	});
});

test("every page states to the browser what it may do with it", async () => {
	const server = await start();
	const { studies } = (await server.json("/studies.json")) as { studies: { id: string }[] };
	const policy =
		"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
	const ofReport = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
	const pages = ["/studies", "/studies.json", "/nowhere", "/experiments", "/new", "/playground", `/studies/${studies[0].id}`];
	for (const path of [...pages, `/studies/${studies[0].id}/report`]) {
		const { headers } = await server.read(path);
		expect({ path, headers }).toMatchObject({
			path,
			headers: {
				"content-security-policy": path.endsWith("/report") ? ofReport : policy,
				"x-content-type-options": "nosniff",
				"x-frame-options": "DENY",
				"referrer-policy": "no-referrer",
				"cross-origin-resource-policy": "same-origin",
				"cross-origin-opener-policy": "same-origin",
			},
		});
	}
});

describe("connections", () => {
	const port = (server: PageServer) => Number(server.link.port);

	test("come to 127.0.0.1 only", async () => {
		const server = await start();
		const said = await new Promise((resolve) => {
			const socket = connect(port(server), "127.0.0.2", () => {
				socket.destroy();
				resolve("connected");
			}).once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
		});
		expect(said).toBe(process.platform === "linux" ? "ECONNREFUSED" : expect.not.stringMatching("connected"));
	});

	test("are 128 at once", async () => {
		const server = await start();
		let closed = 0;
		const sockets = Array.from({ length: 140 }, () =>
			connect(port(server), "127.0.0.1")
				.on("error", () => {})
				.on("close", () => closed++),
		);
		await expect.poll(() => closed, { timeout: 5000 }).toBe(12);
		for (const socket of sockets) socket.destroy();
	});

	test("are closed where a request never ends", async () => {
		const server = await start();
		expect(await rawReply(server, "GET /studies HTTP/1.1\r\nHost: 127.0.0.1\r\n")).toMatch(/^HTTP\/1\.1 408/);
	});
});

describe("nothing but the store can be read, and nothing written", () => {
	test.each([
		"/../../etc/passwd",
		"/assets/../../package.json",
		"/assets/%2e%2e/%2e%2e/package.json",
		"/studies/..%2f..%2fetc%2fpasswd",
		"/studies/%2e%2e%2fserver.json",
		"/studies/..%2fserver.json.json",
		"/studies/x%00y",
		"/server.json",
		"/.sweetspot/server.json",
		"//etc/passwd",
		"/studies/%ff%fe",
	])("%s", async (path) => {
		const server = await start();
		const { status, text } = await server.read(path);
		expect([400, 404]).toContain(status);
		expect(text).not.toMatch(/root:|"token"|"dependencies"/);
	});

	test("every method but GET and HEAD, and every body", async () => {
		const server = await start();
		const authorization = `Bearer ${server.token}`;
		for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
			expect((await server.ask("/compare", { authorization }, { method, body: method.startsWith("P") ? "{}" : "" })).status).toBe(405);
			expect((await server.ask("/studies", { authorization }, { method })).status).toBe(method === "POST" ? 403 : 405);
		}
		expect((await server.ask("/studies", { authorization, "content-length": "3" }, { body: "{\0}" })).status).toBe(413);
		expect((await server.ask("/studies", { authorization }, { method: "HEAD" })).status).toBe(200);
	});

	test("what is too long or malformed", async () => {
		const server = await start();
		expect((await server.read(`/studies?search=${"x".repeat(3000)}`)).status).toBe(414);
		expect((await server.read(`/studies?search=${"x".repeat(200)}`)).status).toBe(400);
		expect((await server.read("/studies", { "x-long": "x".repeat(20_000) })).status).toBe(431);
		expect((await server.read("/studies", { "sweetspot-parts": "answer=<script>" })).status).toBe(400);
		expect((await server.read(`/compare?${"study=x&".repeat(7)}`)).status).toBe(400);
		expect((await server.read("/studies/x/trials?batch=1e999")).status).toBe(404);
		expect(await rawReply(server, "GARBAGE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
		expect((await server.read("/studies")).status).toBe(200); // it is still there
	});

	test("too many streams are refused, and the page still answers", async () => {
		const server = await start();
		const controller = new AbortController();
		const streams = await Promise.all(
			Array.from({ length: 40 }, () =>
				fetch(`${server.origin}/events`, { headers: { authorization: `Bearer ${server.token}` }, signal: controller.signal }),
			),
		);
		expect(streams.filter(({ status }) => status === 200)).toHaveLength(32);
		expect(streams.filter(({ status }) => status === 503)).toHaveLength(8);
		expect((await server.read("/studies")).status).toBe(200);
		controller.abort();
		const authorization = `Bearer ${server.token}`;
		for (let i = 0; i < 40; i++) expect((await server.ask("/events", { authorization }, { method: "HEAD" })).status).toBe(200);
		await expect
			.poll(async () => {
				const again = new AbortController();
				const { status } = await fetch(`${server.origin}/events`, { headers: { authorization }, signal: again.signal });
				again.abort();
				return status;
			})
			.toBe(200);
	});
});

test("a name that is a script is a text, on every page: of a study, a file, a column, a label, the store's folder", async () => {
	const server = await start();
	const { studies } = (await server.json("/studies.json")) as { studies: { id: string; name: string }[] };
	expect(studies.map(({ name }) => name)).toEqual(["file", hostile]);
	const pages = studies.flatMap(({ id }) =>
		["", "/trials", "/trials/1", "/runs?trial=1", "/report"].map((page) => `/studies/${id}${page}`),
	);
	// The report waits for the findings; a page shows itself without them after a while, and would have nothing to escape.
	for (const { id } of studies) expect((await server.read(`/studies/${id}/report`)).status).toBe(200);
	expect((await server.read(`/studies/${studies[0].id}`)).text).toContain("&lt;img src=x onerror=alert(3)&gt;.csv");
	for (const path of ["/studies", ...pages, `/compare?study=${studies[0].id}&study=${studies[1].id}`]) {
		const { text, headers } = await server.read(path);
		expect(text).not.toContain("<script>alert");
		expect(text).not.toContain("<img");
		expect(text).not.toContain("onerror=alert(1)>");
		expect(headers["content-security-policy"]).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
	}
	const odd = await startServer(place.folder, ["--port", "0", "--store", "<img src=x onerror=alert(7)>"]);
	const empty = await odd.read("/studies");
	expect(empty.text).toContain("&lt;img src=x onerror=alert(7)&gt;");
	expect(empty.text).not.toContain("<img");
	const searched = await server.read(`/studies?search=${encodeURIComponent(hostile)}`);
	expect(searched.text).not.toContain("<script>alert");
});
