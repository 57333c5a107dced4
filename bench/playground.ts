import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { loadDataset } from "../src/data/load.js";
import { isOracle, readSource } from "../src/data/sources/table.js";
import { LaneTraining } from "../src/playground/lane/training.js";
import { stateFrom } from "../src/playground/state/address.js";
import { writtenData } from "../src/playground/state/study-file.js";
import { listen } from "../src/server/listen.js";
import { readBytes } from "../src/trainers/read-bytes.js";
import { launchChromium } from "../test/browser/chromium.js";
import { median } from "./median.js";

const fourLanes = "lanes=1:0.25:sgd,8:0.25:sgd,32:0.25:sgd,all:0.25:sgd";
const oneLane = "lanes=32:0.25:sgd&pace=steps:most";
const seconds = 5;
const navigations = 9;

/**
 * The playground in Chromium, from a server of this process: bytes until four lanes run, seconds until the first update of weights is shown
 * (a fresh profile each time), steps a second of one lane next to the same in Node, frames a second with four lanes.
 */
export async function run(json: boolean): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-bench-"));
	const server = await listen(folder, 0);
	const browser = await launchChromium();
	try {
		const address = `http://127.0.0.1:${server.port}/playground`;
		const first: number[] = [];
		for (let i = 0; i < navigations; i++) first.push(await secondsToFirstUpdate(browser, `${address}#${fourLanes}`));
		const figures = {
			machine: { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] },
			gzipBytes: await bytesUntilFourLanes(browser, `${address}#${fourLanes}`),
			secondsToFirstUpdate: { median: median(first), all: first },
			stepsPerSecond: { page: await stepsPerSecond(browser, `${address}#${oneLane}`), node: await stepsPerSecondInNode() },
			framesPerSecond: await framesPerSecond(browser, `${address}#${fourLanes}`),
		};
		process.stdout.write(`${JSON.stringify(figures, null, json ? undefined : 2)}\n`);
	} finally {
		await browser.close();
		await server.close();
		rmSync(folder, { recursive: true });
	}
}

const trains = (page: Page, lanes: number) =>
	page.waitForFunction(
		(count) =>
			[...document.querySelectorAll(".lane .figures:first-of-type div:first-child dd")].filter((dd) => /^[1-9]/.test(dd.textContent ?? ""))
				.length >= count,
		lanes,
		{ timeout: 60_000 },
	);

async function secondsToFirstUpdate(browser: Browser, address: string): Promise<number> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(address, { waitUntil: "commit" });
	await trains(page, 1);
	const elapsed = await page.evaluate(() => performance.now());
	await context.close();
	return elapsed / 1000;
}

/** Each address once: what a browser keeps, it loads once. */
async function bytesUntilFourLanes(browser: Browser, address: string): Promise<number> {
	const context = await browser.newContext();
	const page = await context.newPage();
	const bodies = new Map<string, Promise<Buffer>>();
	page.on("response", (response) => bodies.has(response.url()) || bodies.set(response.url(), response.body()));
	await page.goto(address);
	await trains(page, 4);
	let sum = 0;
	for (const body of bodies.values()) sum += gzipSync(await body).length;
	await context.close();
	return sum;
}

async function stepsPerSecond(browser: Browser, address: string): Promise<number> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(address);
	await trains(page, 1);
	const steps = () => page.evaluate(() => Number(document.querySelector(".lane .figures dd")?.textContent?.replaceAll(",", "")));
	await page.waitForTimeout(1000);
	const [before, began] = [await steps(), performance.now()];
	await page.waitForTimeout(1000 * seconds);
	const perSecond = ((await steps()) - before) / ((performance.now() - began) / 1000);
	await context.close();
	return perSecond;
}

async function stepsPerSecondInNode(): Promise<number> {
	const state = stateFrom(oneLane);
	const source = state && readSource(writtenData(state.data), (path) => path);
	if (!state || !source || isOracle(source)) throw new Error("a scene that can't be read");
	const lane = new LaneTraining({ ...state, data: null }, await loadDataset(source, readBytes), state.lanes[0].settings);
	for (let step = 0; step < 5000; step++) lane.advance();
	const [before, began] = [lane.step, performance.now()];
	while (performance.now() - began < 1000 * seconds) for (let step = 0; step < 100; step++) if (lane.advance()) lane.look(0);
	return (lane.step - before) / ((performance.now() - began) / 1000);
}

async function framesPerSecond(browser: Browser, address: string): Promise<number> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(address);
	await trains(page, 4);
	// As a text: the loader names inner functions with a helper that the page doesn't have.
	const frames = await page.evaluate<number>(`new Promise((resolve) => {
		let count = 0;
		const began = performance.now();
		requestAnimationFrame(function frame() {
			count++;
			if (performance.now() - began < ${1000 * seconds}) requestAnimationFrame(frame);
			else resolve((1000 * count) / (performance.now() - began));
		});
	})`);
	await context.close();
	return frames;
}
