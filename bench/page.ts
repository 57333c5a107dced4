/**
 * What the page costs with a large store: until the answer and its chart are seen, cold and from memory; until a new trial is seen; bytes
 * and memory. `--interactions`: instead, from an input to the next paint. `--heap MINUTES`: instead, what server and page hold while a
 * study grows, after their garbage was collected.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { describeMachine } from "../src/native/machine.js";
import { openStore } from "../src/store/open.js";
import type { Store } from "../src/study/contracts.js";
import { launchChromium } from "../test/browser/chromium.js";
import { median } from "./median.js";
import { measureHeap, startMeasured } from "./page/heap.js";
import { measureInteractions, percentile95 } from "./page/interactions.js";
import { fillLargeStore } from "./scale/large-store.js";

const repeats = 9;
const program = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

async function startServer(folder: string): Promise<{ readonly child: ChildProcess; readonly link: string }> {
	const child = spawn(process.execPath, [program, "serve", "--port", "0"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
	const link = await new Promise<string>((resolve) => child.stdout.once("data", (said: Buffer) => resolve(said.toString().trim())));
	return { child, link };
}

/** Milliseconds until a selector is seen, from now. */
async function until(page: Page, selector: string, start: () => Promise<unknown>): Promise<number> {
	const from = performance.now();
	await start();
	await page.waitForSelector(selector, { state: "visible", timeout: 120_000 });
	return performance.now() - from;
}

const seen = "#tradeoff .wide svg";

async function cold(browser: Browser, folder: string, path: string): Promise<number> {
	const { child, link } = await startServer(folder);
	const page = await browser.newPage();
	await page.goto(link);
	await page.goto("about:blank");
	const took = await until(page, seen, () => page.goto(new URL(path, link).href));
	await page.close();
	child.kill("SIGINT");
	await new Promise((resolve) => child.once("exit", resolve));
	return took;
}

/** The most memory that the process held, in MB. Linux only. */
const mostMemory = (child: ChildProcess): number =>
	Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]) / 1024;

/** The minutes that `--heap` asks for; null: it is not asked for. Throws for anything that is no flag. */
function flagsIn(flags: readonly string[]): { readonly heap: number | null; readonly interactions: boolean } {
	const [first, minutes = "10", ...others] = flags;
	const heap = first === "--heap" ? Number(minutes) : null;
	const isKnown = first === undefined || (first === "--interactions" && flags.length === 1) || (heap !== null && heap > 0);
	if (!isKnown || others.length > 0) throw new Error("usage: npm run bench -- page [--json] [--interactions | --heap MINUTES]");
	return { heap, interactions: first === "--interactions" };
}

/** Lets the browser in, and opens a study. */
async function opened(browser: Browser, link: string, path: string): Promise<Page> {
	const page = await browser.newPage();
	await page.goto(link);
	await until(page, seen, () => page.goto(new URL(path, link).href));
	return page;
}

export async function run(json: boolean, _write: boolean, flags: readonly string[] = []): Promise<void> {
	const { heap, interactions } = flagsIn(flags);
	if (heap !== null) return growing(json, heap);
	if (interactions) return interacting(json);
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-bench-"));
	const store = openStore(join(dir, ".sweetspot"), { mode: "write" });
	const { large } = await fillLargeStore(store);
	const browser = await launchChromium();
	const path = `/studies/${large.id}`;
	const say = (text: string) => (json ? undefined : process.stdout.write(`${text}\n`));
	const colds: number[] = [];
	for (let i = 0; i < repeats; i++) colds.push(await cold(browser, dir, path));

	say(`until the answer and its chart are seen, server just started: ${median(colds).toFixed(0)} ms`);
	const { child, link } = await startServer(dir);
	const page = await browser.newPage();
	await page.goto(link);
	const address = new URL(path, link).href;
	await until(page, seen, () => page.goto(address));
	const [cached, lists, trials, filters, updates]: number[][] = [[], [], [], [], []];
	for (let i = 0; i < repeats; i++) {
		cached.push(await until(page, seen, () => page.goto(address)));
		lists.push(await until(page, "tbody tr", () => page.goto(new URL("/studies", link).href)));
		trials.push(await until(page, "tbody tr", () => page.goto(`${address}/trials`)));
		filters.push(await until(page, "text=/of [\\d,]+ trials/", () => page.selectOption("select[name=outcome]", "reached")));
	}
	say(`the same from memory: ${median(cached).toFixed(0)} ms; the list ${median(lists).toFixed(0)} ms`);
	say(`the trials: ${median(trials).toFixed(0)} ms; a filter of theirs: ${median(filters).toFixed(0)} ms`);
	const bytes = (await (await page.goto(address))?.body())?.length ?? 0;
	const [last] = store.trials(large.id).slice(-1);
	store.setState(large.id, "running", 0, null); // as when it is continued
	for (let i = 0; i < repeats; i++) {
		const shown = (await page.locator(".under").textContent()) ?? "";
		updates.push(
			await until(page, `.under:not(:has-text(${JSON.stringify(/[\d,]+ trials?/.exec(shown)?.[0] ?? "")}))`, async () =>
				store.append(large.id, { spec: { ...last.spec, seedIndex: last.spec.seedIndex + 1 + i }, result: { ...last.result } }),
			),
		);
		await page.waitForTimeout(300);
	}
	const figures = {
		trials: store.list().reduce((sum, one) => sum + one.trials, 0),
		largest: large.trials,
		milliseconds: {
			cold: median(colds),
			cached: median(cached),
			list: median(lists),
			trials: median(trials),
			filter: median(filters),
			update: median(updates),
		},
		megabytes: { page: bytes / 1e6, server: mostMemory(child) },
	};
	await browser.close();
	child.kill("SIGINT");
	store.close();
	rmSync(dir, { recursive: true });
	if (json) process.stdout.write(`${JSON.stringify({ machine: describeMachine(), ...figures })}\n`);
	say(`until a new trial is seen: ${figures.milliseconds.update.toFixed(0)} ms`);
	say(`the page has ${figures.megabytes.page.toFixed(1)} MB; the server held ${figures.megabytes.server.toFixed(0)} MB at most`);
	say(`${figures.trials} trials, ${figures.largest} of them in the study; ${describeMachine()}`);
}

/** A large store, open for writing, in a folder of its own that is removed at the end. */
async function withLargeStore(work: (dir: string, store: Store, study: string) => Promise<void>): Promise<void> {
	const dir = mkdtempSync(join(tmpdir(), "sweetspot-bench-"));
	const store = openStore(join(dir, ".sweetspot"), { mode: "write" });
	try {
		const { large } = await fillLargeStore(store);
		await work(dir, store, large.id);
	} finally {
		store.close();
		rmSync(dir, { recursive: true });
	}
}

const interacting = (json: boolean): Promise<void> =>
	withLargeStore(async (dir, _, study) => {
		const browser = await launchChromium();
		const { child, link } = await startServer(dir);
		const page = await opened(browser, link, `/studies/${study}`);
		const { nextPaint, seen: done } = await measureInteractions(page, new URL(link).origin, study);
		await browser.close();
		child.kill("SIGINT");
		const all = Object.values(nextPaint).flat();
		const worst = Math.max(...all);
		if (json) return void process.stdout.write(`${JSON.stringify({ machine: describeMachine(), nextPaint, seen: done })}\n`);
		for (const [name, values] of Object.entries(nextPaint))
			process.stdout.write(
				`${name}: next paint ${median(values)} ms, at most ${Math.max(...values)} ms; seen after ${median(done[name]).toFixed(0)} ms (${values.length} times)\n`,
			);
		process.stdout.write(`all ${all.length}: 95 % within ${percentile95(all)} ms, the longest ${worst} ms; ${describeMachine()}\n`);
	});

const growing = (json: boolean, minutes: number): Promise<void> =>
	withLargeStore(async (dir, store, study) => {
		const browser = await launchChromium();
		const { child, link } = await startMeasured(dir);
		const page = await opened(browser, link, `/studies/${study}`);
		const measured = await measureHeap(page, child, store, study, minutes);
		await browser.close();
		child.kill("SIGINT");
		if (json) return void process.stdout.write(`${JSON.stringify({ machine: describeMachine(), minutes, ...measured })}\n`);
		for (const one of measured.held)
			process.stdout.write(
				`minute ${one.minutes.toFixed(1)}: server ${one.server.toFixed(1)} MB (resident ${one.resident.toFixed(0)} MB), page ${one.page.toFixed(2)} MB\n`,
			);
		process.stdout.write(
			`the last fifth of ${minutes} minutes next to the second: server ${measured.growth.server.toFixed(2)}, page ${measured.growth.page.toFixed(2)}; ${measured.added} trials added; ${describeMachine()}\n`,
		);
	});
