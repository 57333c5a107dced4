import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { listen } from "../src/server/listen.js";
import { launchChromium } from "../test/browser/chromium.js";
import { type Heaps, heapsOf, lanesTrained } from "../test/browser/long-play.js";

const minutes = 5;
const between = 30;

/**
 * Four lanes in Chromium as fast as they go, for five minutes: every half minute the steps of the slowest lane, the heaps of the page and
 * of its workers after a collection, and the memory of their process, which the browser need not give back. A leak would make the heaps
 * grow with the steps.
 */
export async function run(json: boolean): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-bench-"));
	const server = await listen(folder, 0);
	const browser = await launchChromium();
	try {
		const page = await browser.newPage();
		await page.goto(
			`http://127.0.0.1:${server.port}/playground#lanes=1:0.0625:sgd,8:0.0625:momentum,32:0.015625:adam,all:0.25:sgd&pace=steps:most`,
		);
		await page.bringToFront();
		const rows: (Heaps & { readonly seconds: number; readonly steps: number; readonly renderer: number })[] = [];
		const began = performance.now();
		for (let i = 0; i <= (60 * minutes) / between; i++) {
			if (i > 0) await page.waitForTimeout(Math.max(0, 1000 * between * i - (performance.now() - began)));
			const steps = Math.min(...(await lanesTrained(page)));
			const heaps = await heapsOf(page);
			const row = { seconds: (performance.now() - began) / 1000, steps, ...heaps, renderer: await rendererMegabytes(browser) };
			rows.push(row);
			if (!json)
				process.stdout.write(
					`${row.seconds.toFixed(0)} s: ${steps} steps; heap of the page ${row.page.toFixed(1)} MB, of its workers ${row.workers.toFixed(1)} MB; renderer ${row.renderer.toFixed(0)} MB\n`,
				);
		}
		if (json)
			process.stdout.write(`${JSON.stringify({ machine: { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] }, rows })}\n`);
	} finally {
		await browser.close();
		await server.close();
		rmSync(folder, { recursive: true });
	}
}

/** Memory in use by the largest renderer, in MB. Linux only. */
async function rendererMegabytes(browser: Browser): Promise<number> {
	const session = await browser.newBrowserCDPSession();
	const { processInfo } = await session.send("SystemInfo.getProcessInfo");
	await session.detach();
	const kilobytes = processInfo
		.filter(({ type }) => type === "renderer")
		.map(({ id }) => Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))?.[1]));
	return Math.max(...kilobytes) / 1024;
}
