import { spawn } from "node:child_process";
import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLive } from "../../src/store/live/writer.js";
import { openStore } from "../../src/store/open.js";
import { startServer } from "./page-server.js";
import { smallStudy } from "./sweetspot.js";
import { workplaces } from "./workplaces.js";

const places = workplaces({ "small.yaml": smallStudy });

/** A place with one complete study. */
async function placeWithStudy() {
	const place = places();
	const { stdout } = await place.start(["tune", "small.yaml", "--json"]);
	return { place, answer: JSON.parse(stdout) as { study: { id: string }; recommendation: { batchSize: number } } };
}

test("every address has its JSON: the list, a study as one document, its trials", async () => {
	const { place, answer } = await placeWithStudy();
	const server = await startServer(place.folder);
	const { id } = answer.study;

	const view = (await server.json(`/studies/${id}.json`)) as { stored: { id: string }; findings: { recommendation: unknown } };
	expect(view.stored.id).toBe(id);
	expect(view.findings.recommendation).toMatchObject({ batchSize: answer.recommendation.batchSize });

	const list = (await server.json("/studies.json")) as { studies: { id: string; answer: { batchSize: number; fromTrials: number } }[] };
	expect(list.studies).toHaveLength(1);
	expect(list.studies[0]).toMatchObject({ id, state: "complete", answer: { batchSize: answer.recommendation.batchSize } });

	const trials = (await server.json(`/studies/${id}/trials.json`)) as { total: number; next: null; trials: { number: number }[] };
	expect(trials.total).toBe(list.studies[0].answer.fromTrials);
	expect(trials.trials.map(({ number }) => number)).toEqual(trials.trials.map((_, i) => i + 1));

	const one = (await server.json(`/studies/${id}/trials/2.json`)) as {
		number: number;
		result: { evaluations: unknown[]; outcome: string };
	};
	expect(one.number).toBe(2);
	expect(one.result.evaluations.length).toBeGreaterThan(1);
	expect((await server.read(`/studies/${id}/trials/999999.json`)).status).toBe(404);
	expect((await server.read(`/studies/${id}/trials/x.json`)).status).toBe(400);

	const { experiments } = (await server.json("/experiments.json")) as { experiments: { id: string; run: null }[] };
	expect(experiments.find((experiment) => experiment.id === "throughput")).toMatchObject({ run: null });
	const claims = async () => ((await server.json("/experiments.json")) as { claims: unknown[] | null }).claims?.length ?? 0;
	await expect.poll(claims, { timeout: 60_000 }).toBeGreaterThan(10);

	const report = await server.read(`/studies/${id}/report`);
	expect(report.headers["content-security-policy"]).toMatch(/^sandbox;/);
	expect(report.text).toContain("<h2>Steps against batch size</h2>");
});

test("a page without script has all that the report has; who has it is sent only what changed", async () => {
	const { place, answer } = await placeWithStudy();
	const server = await startServer(place.folder);
	const address = `/studies/${answer.study.id}`;
	const { text: report } = await server.read(`${address}/report`); // waits for the findings; a page shows itself without them after a while
	const { text } = await server.read(address);
	for (const [, section] of report.matchAll(/<section id="(\w+)"/g)) expect(text).toContain(`<section id="${section}"`);
	for (const [, heading] of report.matchAll(/<h2>([^<]+)<\/h2>/g)) expect(text).toContain(heading);
	expect(text).not.toMatch(/<[^>]+ style="/);
	expect(text).not.toMatch(/<style|<script(?! type="module" src="\/assets\/page\.js")/);

	const held = [...text.matchAll(/data-part="(\w+)" data-version="(\w+)"/g)].map(([, name, version]) => `${name}=${version}`);
	const again = JSON.parse((await server.read(address, { "sweetspot-parts": held.join(",") })).text) as { parts: { name: string }[] };
	expect(again.parts).toEqual([]);
	const other = held.map((one) => (one.startsWith("sizes=") ? "sizes=000000000000" : one));
	const changed = JSON.parse((await server.read(address, { "sweetspot-parts": other.join(",") })).text) as { parts: { name: string }[] };
	expect(changed.parts.map(({ name }) => name)).toEqual(["sizes"]);
});

test("the trials can be taken along as a table", async () => {
	const { place, answer } = await placeWithStudy();
	const server = await startServer(place.folder);
	const { id } = answer.study;
	const { status, headers, text } = await server.read(`/studies/${id}/trials.csv`);
	expect([status, headers["content-type"]]).toEqual([200, "text/csv; charset=utf-8"]);
	expect(headers["content-disposition"]).toBe(`attachment; filename="${id}.csv"`);
	const { total } = (await server.json(`/studies/${id}/trials.json`)) as { total: number };
	const [head, first, ...others] = text.trimEnd().split("\r\n");
	expect(head).toBe("trial,phase,batch_size,learning_rate,seed_index,seed,outcome,steps_to_target,steps,examples,seconds");
	expect(first).toMatch(/^1,tuning,\d+,[\d.e-]+,0,\d+,/);
	expect(others).toHaveLength(total - 1);
	expect((await server.read(`/studies/${id}/trials`)).text).toContain(`href="/studies/${id}/trials.csv"`);
});

test("trials are filtered, and each has a page; an unknown one has none", async () => {
	const { place, answer } = await placeWithStudy();
	const server = await startServer(place.folder);
	const address = `/studies/${answer.study.id}/trials`;
	const { text } = await server.read(`${address}?phase=reporting&batch=8&outcome=reached`);
	const rows = [...text.matchAll(/<td class="n"><a[^>]*>(\d+)<\/a><\/td><td>([^<]*)<\/td><td class="n"[^>]*>([^<]*)</g)];
	expect(rows.length).toBeGreaterThan(0);
	for (const [, , phase, batch] of rows) expect([phase, batch]).toEqual(["reporting", "8"]);
	const page = await server.read(`${address}/${rows[0][1]}`);
	expect(page.text).toContain("reached between step");
	expect(page.text).toContain("<svg");
	expect((await server.read(`${address}/999999`)).status).toBe(404);
	expect((await server.read(`${address}?from=-1`)).status).toBe(400);
	expect((await server.read(`/studies/${answer.study.id.slice(0, -1)}`)).headers.location).toBe(`/studies/${answer.study.id}`);
});

test("other programs are let in by a file that only its owner can read, which goes with the server", async () => {
	const { place } = await placeWithStudy();
	const server = await startServer(place.folder);
	const file = join(place.folder, ".sweetspot", "server.json");
	expect(statSync(file).mode & 0o777).toBe(0o600);
	expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ address: server.origin, token: server.token });
	expect(await server.end("SIGINT")).toBe(130);
	expect(existsSync(file)).toBe(false);
});

test("where the port is taken it is the next free one; without a store there is a page as well", async () => {
	const place = places();
	const first = await startServer(place.folder);
	const second = await startServer(place.folder, ["--port", first.link.port]);
	expect(Number(second.link.port)).toBeGreaterThan(Number(first.link.port));
	expect((await second.read("/studies")).text).toContain("<code>sweetspot tune</code> makes the first");
	expect(await second.json("/studies.json")).toMatchObject({ studies: [] });
	expect(existsSync(join(place.folder, ".sweetspot"))).toBe(false); // looking makes nothing
});

test("--open hands the browser a file of ours, so that no list of processes shows the token", async () => {
	const place = places();
	place.write("xdg-open", '#!/bin/sh\nstat -c %a "$1" > opened.txt\necho "$1" >> opened.txt\ncat "$1" >> opened.txt\n');
	chmodSync(join(place.folder, "xdg-open"), 0o755);
	const server = await startServer(place.folder, ["--port", "0", "--open"], { PATH: `${place.folder}:${process.env.PATH}` });
	const opened = join(place.folder, "opened.txt");
	await expect.poll(() => (existsSync(opened) ? readFileSync(opened, "utf8") : "")).toContain(server.link.href);
	const [mode, argument] = readFileSync(opened, "utf8").split("\n");
	expect(mode).toBe("600");
	expect(argument).not.toContain(server.token);
	await server.end("SIGTERM");
	expect(existsSync(argument)).toBe(false);
});

test("events say what changed, and go on where the reader was", async () => {
	const { place, answer } = await placeWithStudy();
	const server = await startServer(place.folder);
	const controller = new AbortController();
	const read = async (headers: Record<string, string>, until: (text: string) => boolean): Promise<string> => {
		const response = await fetch(`${server.origin}/events`, {
			headers: { authorization: `Bearer ${server.token}`, ...headers },
			signal: controller.signal,
		});
		expect(response.headers.get("content-type")).toContain("text/event-stream");
		let text = "";
		const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
		for (;;) {
			const { value, done } = (await reader?.read()) ?? { value: "", done: true };
			text += value ?? "";
			if (done || until(text)) return text;
		}
	};
	const kept = read({}, (text) => text.includes("small2")); // keeps the hub awake
	const seen = read({}, (text) => text.split("\n\n").filter((one) => one.includes("data:")).length >= 2);
	expect((await seen).includes('"studies":"all"')).toBe(true);
	const [last] = [...(await seen).matchAll(/^id: (\S+)$/gm)].map(([, id]) => id).slice(-1);
	place.write("small2.yaml", smallStudy.replace("name: small", "name: small2").replace("spread: 2", "spread: 2.1"));
	expect((await place.start(["tune", "small2.yaml", "--quiet"])).code).toBeLessThan(5);
	await kept;
	const resumed = await read({ "last-event-id": last }, (text) => text.includes("data:"));
	expect(resumed).not.toContain('"studies":"all"');
	expect(resumed).toContain("small2");
	expect(resumed).not.toContain(`"${answer.study.id}"`);
	controller.abort();
});

test("a study that runs is shown with what it does, and its page says from how many trials the answer is", async () => {
	const place = places();
	place.write("slow.yaml", slowStudy);
	const server = await startServer(place.folder);
	const study = spawn(process.execPath, [join(process.cwd(), "dist/cli/main.js"), "tune", "slow.yaml", "--quiet"], { cwd: place.folder });
	try {
		let text = "";
		const shown = () =>
			/Right now[\s\S]*?<td>(tuning|selecting|reporting)/.test(text) && text.includes("What runs next") && text.includes("of about");
		for (let i = 0; i < 600 && !shown(); i++) {
			await new Promise((resolve) => setTimeout(resolve, 100));
			const { studies } = (await server.json("/studies.json")) as { studies: { id: string }[] };
			if (studies.length > 0) text = (await server.read(`/studies/${studies[0].id}`)).text;
		}
		expect(text).toMatch(/Right now[\s\S]*?<td>(tuning|selecting|reporting)/);
		expect(text).toContain("What runs next, and why");
		expect(text).toMatch(/of about \d+ trials/);
	} finally {
		study.kill("SIGKILL");
	}
});

test("while steps may be timed nothing is computed, neither findings nor verdicts; afterwards both are", async () => {
	const { place } = await placeWithStudy();
	const folder = join(place.folder, ".sweetspot");
	const store = openStore(folder, { mode: "write" });
	const live = openLive(folder, "timed", "test");
	try {
		const server = await startServer(place.folder);
		const known = async () => {
			const { studies } = (await server.json("/studies.json")) as { studies: { answer: unknown }[] };
			const { claims } = (await server.json("/experiments.json")) as { claims: unknown };
			return [studies[0].answer !== null, claims !== null];
		};
		for (let i = 0; i < 8; i++) {
			expect(await known()).toEqual([false, false]);
			await new Promise((resolve) => setTimeout(resolve, 500));
		}
		expect((await server.read("/studies")).text).toContain("computed when the steps of a study have been timed");
		live.write({ kind: "planned", trials: [], total: 0 });
		await expect.poll(known, { timeout: 60_000, interval: 500 }).toEqual([true, true]);
	} finally {
		live.close();
		store.close();
	}
});

test("a server that was just started lists the answers of the last one at once", async () => {
	const { place, answer } = await placeWithStudy();
	const listed = async (server: Awaited<ReturnType<typeof startServer>>) =>
		((await server.json("/studies.json")) as { studies: { answer: { text: string } | null }[] }).studies[0].answer;
	const first = await startServer(place.folder);
	expect(await listed(first)).toBeNull(); // nothing was computed yet
	await expect.poll(() => listed(first), { timeout: 60_000 }).toMatchObject({ batchSize: answer.recommendation.batchSize });
	const text = await listed(first);
	await first.end("SIGTERM");
	expect(await listed(await startServer(place.folder))).toEqual(text);
});

test.skipIf(process.platform !== "linux")("while a study runs, findings are computed with lower priority than training has", async () => {
	const place = places();
	place.write("slow.yaml", slowStudy);
	const server = await startServer(place.folder);
	/** How far below the usual priority each thread of the server is. */
	const niceness = () =>
		readdirSync(`/proc/${server.pid}/task`).map((thread) => {
			const stat = readFileSync(`/proc/${server.pid}/task/${thread}/stat`, "utf8");
			return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);
		});
	const usual = Math.max(...niceness());
	const study = spawn(process.execPath, [join(process.cwd(), "dist/cli/main.js"), "tune", "slow.yaml", "--quiet"], { cwd: place.folder });
	try {
		const answered = async () =>
			((await server.json("/studies.json")) as { studies: { state: string; answer: unknown }[] }).studies.some(
				({ state, answer }) => state === "running" && answer !== null,
			);
		await expect.poll(answered, { timeout: 60_000 }).toBe(true);
		expect(niceness().filter((nice) => nice > usual)).toHaveLength(1);
	} finally {
		study.kill("SIGKILL");
	}
});

const slowStudy = smallStudy
	.replace("name: small", "name: slow")
	.replace("[{ dense: 16 }, relu, { dense: 3 }]", "[{ dense: 512 }, relu, { dense: 256 }, relu, { dense: 3 }]")
	.replace("reporting: 3", "reporting: 21");
