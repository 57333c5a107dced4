/**
 * What the tests of the playground share: a browser, a server, pages, and how a lane's figures are read and its weights repeated in Node.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { sha256OfNumbers } from "../../src/core/little-endian.js";
import { loadDataset } from "../../src/data/load.js";
import { isOracle, readSource } from "../../src/data/sources/table.js";
import { LaneTraining } from "../../src/playground/lane/training.js";
import { stateFrom } from "../../src/playground/state/address.js";
import { writtenData } from "../../src/playground/state/study-file.js";
import { readBytes } from "../../src/trainers/read-bytes.js";
import { type PageServer, startServer } from "../e2e/page-server.js";
import { launchChromium } from "./chromium.js";

/** A busy machine may take its time. */
export const patience = { timeout: 90_000 };

/** Starts a browser and a server for the tests of a `describe`, and ends them. */
export function playgroundPages() {
	let browser: Browser;
	let server: PageServer;
	const folder = mkdtempSync(join(tmpdir(), "sweetspot-play-"));
	const contexts: BrowserContext[] = [];
	beforeAll(async () => {
		browser = await launchChromium();
	});
	beforeEach(async () => {
		server = await startServer(folder); // ends with the test
	});
	afterEach(async () => {
		for (const context of contexts.splice(0)) await context.close();
	});
	afterAll(async () => {
		await browser.close();
		rmSync(folder, { recursive: true });
	});
	return {
		folder,
		/** The page by a link, standing still unless `motion`; what it complains of. */
		async open(
			hash: string,
			{ motion = false, origin = "", width = 1280, scheme = "light" as "light" | "dark" } = {},
		): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
			const context = await browser.newContext({
				reducedMotion: motion ? "no-preference" : "reduce",
				viewport: { width, height: 900 },
				colorScheme: scheme,
			});
			contexts.push(context);
			const page = await context.newPage();
			const complaints: string[] = [];
			page.on("pageerror", (error) => complaints.push(error.message));
			page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
			await page.goto(`${origin || `${server.origin}/playground`}#${hash}`);
			return { page, complaints };
		},
	};
}

export const figure = (page: Page, lane: number, name: string) =>
	page
		.locator(`.lane-${lane} .figures div`)
		.filter({ has: page.locator(`dt:text-is("${name}")`) })
		.locator("dd");

export const updates = (page: Page, lane: number) => expect.poll(() => figure(page, lane, "updates").textContent(), patience);

export const stepOf = async (page: Page, lane: number): Promise<number> =>
	Number((await figure(page, lane, "updates").textContent())?.replaceAll(",", ""));

/** Until every lane shows the step at which its worker is: after a pause it shows that a moment later. */
export async function settled(page: Page): Promise<void> {
	for (const [lane, letter] of ["A", "B", "C", "D"].entries()) {
		if ((await page.locator(`.lane-${lane}`).count()) === 0) return;
		await digestOf(page, letter);
		const text = await page.locator(`.lane-${lane} .proof`).textContent();
		await expect.poll(() => stepOf(page, lane), patience).toBe(Number(/after (\d+) steps/.exec(text ?? "")?.[1]));
	}
}

export const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

export const stateOf = (page: Page) => {
	const state = stateFrom(new URL(page.url()).hash.slice(1));
	if (!state) throw new Error("the address can't be read");
	return state;
};

export async function digestOf(page: Page, letter: string): Promise<string | undefined> {
	const lane = page.getByRole("region", { name: `Lane ${letter}` });
	await lane.getByRole("button", { name: `Check the bits of lane ${letter}` }).click();
	await expect.poll(() => lane.locator(".proof").textContent(), patience).toContain("SHA-256");
	return /SHA-256 ([0-9a-f]{64})/.exec((await lane.locator(".proof").textContent()) ?? "")?.[1];
}

/** The digest of a lane's weights after so many steps in Node, with the settings and the changes that the page's address lists. */
export async function digestInNode(page: Page, lane: number, steps: number): Promise<string> {
	const state = stateOf(page);
	const source = readSource(writtenData(state.data), (path) => path);
	if (!source || isOracle(source)) throw new Error("no such data");
	const { settings, changes } = state.lanes[lane];
	const training = new LaneTraining({ ...state, data: null }, await loadDataset(source, readBytes), settings, changes);
	while (training.step < steps) training.advance();
	return sha256OfNumbers(training.weights);
}
