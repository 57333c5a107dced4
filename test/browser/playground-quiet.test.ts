import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.js";
import { heapsOf, lanesTrained } from "./long-play.js";
import { patience, playgroundPages, press, settled, stepOf, updates } from "./playground-pages.js";

describe.skipIf(!chromiumPath)("the playground at rest and for long in Chromium (needs chromium)", () => {
	const { open } = playgroundPages();

	/** A headless browser hides no page: the page is led to believe that it is hidden. */
	const hide = (page: Page, hidden: boolean) =>
		page.evaluate((value) => {
			Object.defineProperty(document, "hidden", { configurable: true, get: () => value });
			document.dispatchEvent(new Event("visibilitychange"));
		}, hidden);

	test("it starts still with reduced motion; hidden, it takes no step, and goes on when it is seen again", async () => {
		const { page, complaints } = await open("lanes=4:0.125:sgd&pace=steps:fast");
		await updates(page, 0).toBe("0");
		expect(await page.locator(".play").textContent()).toBe("Play");
		await press(page, "Play");
		await expect.poll(() => stepOf(page, 0), patience).toBeGreaterThan(100);
		await hide(page, true);
		await settled(page);
		const before = await stepOf(page, 0);
		await page.waitForTimeout(700);
		await settled(page);
		expect(await stepOf(page, 0)).toBe(before);
		await hide(page, false);
		await expect.poll(() => stepOf(page, 0), patience).toBeGreaterThan(before + 100);
		await press(page, "Pause");
		// What was asked for without the clock waits too.
		await settled(page);
		const paused = await stepOf(page, 0);
		await hide(page, true);
		await press(page, "100 steps");
		await page.waitForTimeout(300);
		await settled(page);
		expect(await stepOf(page, 0)).toBe(paused);
		await hide(page, false);
		await expect.poll(() => stepOf(page, 0), patience).toBe(paused + 100);
		expect(complaints).toEqual([]);
	});

	test("four lanes that train on hold no more memory than before", async () => {
		const { page, complaints } = await open("lanes=1:0.0625:sgd,8:0.0625:momentum,32:0.015625:adam,all:0.25:sgd&pace=steps:most", {
			motion: true,
		});
		const trained = (steps: number) => expect.poll(async () => Math.min(...(await lanesTrained(page))), patience).toBeGreaterThan(steps);
		await trained(1000);
		const before = await heapsOf(page);
		await trained(15_000);
		const after = await heapsOf(page);
		// Looks grow with the logarithm of the steps; a report kept for each turn would be far more than this.
		expect(after.page - before.page).toBeLessThan(5);
		expect(after.workers - before.workers).toBeLessThan(5);
		expect(complaints).toEqual([]);
	});
});
