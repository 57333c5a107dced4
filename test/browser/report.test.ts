import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderReport } from "../../src/report/html.js";
import { type ExampleVariant, exampleStudy } from "../fixtures/example-study.js";
import { viewWith } from "../fixtures/view.js";
import { chromiumPath, launchChromium } from "./chromium.js";

interface Visit {
	readonly variant: ExampleVariant;
	readonly width: number;
	readonly colorScheme: "light" | "dark";
}

describe.skipIf(!chromiumPath)("the report in Chromium (needs chromium)", () => {
	let browser: Browser;
	let folder: string;
	beforeAll(async () => {
		browser = await launchChromium();
		folder = mkdtempSync(join(tmpdir(), "sweetspot-report-"));
		for (const variant of ["found", "one missing", "undecided", "not reached"] as const) {
			writeFileSync(join(folder, `${variant}.html`), renderReport(viewWith(exampleStudy(variant, "<script>alert(1)</script>"))));
		}
	});
	afterAll(async () => {
		await browser.close();
		rmSync(folder, { recursive: true });
	});

	/** Opens a report without scripts of its own and collects all that it complains about or asks the network for. */
	async function visit({ variant, width, colorScheme }: Visit, look: (page: Page) => Promise<void>): Promise<void> {
		const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
		const page = await context.newPage();
		const complaints: string[] = [];
		const file = pathToFileURL(join(folder, `${variant}.html`)).href;
		page.on("console", (message) => complaints.push(message.text()));
		page.on("pageerror", (error) => complaints.push(error.message));
		page.on("dialog", (dialog) => complaints.push(dialog.message()));
		page.on("request", (request) => request.url() !== file && !request.url().startsWith("data:") && complaints.push(request.url()));
		await page.goto(file);
		await look(page);
		await context.close();
		expect(complaints).toEqual([]);
	}

	const widths = [1280, 360] as const;
	const visits: Visit[] = widths.flatMap((width) => [
		{ variant: "found", width, colorScheme: "light" },
		{ variant: "one missing", width, colorScheme: "dark" },
		{ variant: "undecided", width, colorScheme: "light" },
		{ variant: "not reached", width, colorScheme: "dark" },
	]);

	test.each(visits)(
		"$variant at $width pixels, $colorScheme: nothing sticks out, nothing is too small, no label covers another",
		async (of) => {
			await visit(of, async (page) => {
				expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(of.width);
				const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
				expect(background).toBe(of.colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(20, 22, 26)");
				for (const unit of of.variant === "not reached" ? [null] : ["epochs", "examples", "steps"]) {
					if (unit) await page.getByText(`by ${unit}`, { exact: true }).click();
					const found = await page.evaluate(inspectCharts);
					expect(found.charts).toBeGreaterThan(0);
					expect(found.smallest).toBeGreaterThanOrEqual(9); // pixels; the ratios in the narrow map's cells are the smallest
					expect(found.outside).toEqual([]);
					expect(found.overlapping).toEqual([]);
				}
			});
		},
	);

	test("a page of 1,200 pixels shows every column", async () => {
		await visit({ variant: "one missing", width: 1200, colorScheme: "light" }, async (page) => {
			const hidden = await page.evaluate(() => [...document.querySelectorAll(".scroll")].map((one) => one.scrollWidth - one.clientWidth));
			expect(Math.max(...hidden)).toBe(0);
		});
	});

	test("the learning curves' unit is chosen without script", async () => {
		const context = await browser.newContext({ javaScriptEnabled: false });
		const page = await context.newPage();
		await page.goto(pathToFileURL(join(folder, "found.html")).href);
		expect(await page.locator(".by-steps").isVisible()).toBe(true);
		await page.getByText("by examples", { exact: true }).click();
		expect(await page.locator(".by-examples").isVisible()).toBe(true);
		expect(await page.locator(".by-steps").isVisible()).toBe(false);
		await context.close();
	});

	test("paper shows the page's charts, every unit, on white, in either theme of the screen", async () => {
		await visit({ variant: "found", width: 360, colorScheme: "dark" }, async (page) => {
			await page.emulateMedia({ media: "print", colorScheme: "dark" });
			expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
			for (const unit of ["steps", "epochs", "examples", "seconds"]) expect(await page.locator(`.by-${unit} .wide`).isVisible()).toBe(true);
			expect(await page.locator(".narrow:visible").count()).toBe(0);
		});
	});
});

/** Runs in the page: the visible charts' texts, checked against their chart's edges and each other. */
function inspectCharts() {
	const outside: string[] = [];
	const overlapping: string[] = [];
	let smallest = Number.POSITIVE_INFINITY;
	const charts = [...document.querySelectorAll("figure svg")].filter((svg) => svg.getClientRects().length > 0);
	for (const svg of charts) {
		const frame = svg.getBoundingClientRect();
		const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent?.trim());
		const boxes = texts.map((text) => ({
			text: text.textContent ?? "",
			tilted: text.getAttribute("transform")?.includes("rotate"),
			box: text.getBoundingClientRect(),
		}));
		for (const [i, { text, box, tilted }] of boxes.entries()) {
			smallest = Math.min(smallest, Number.parseFloat(getComputedStyle(texts[i]).fontSize));
			if (box.left < frame.left - 8 || box.right > frame.right + 8 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
				outside.push(text);
			for (const other of boxes.slice(i + 1)) {
				if (tilted || other.tilted) continue;
				const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
				const height = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
				// A text's box is taller than its letters: a fifth of a line may be shared before they touch.
				if (width > 1 && height > box.height * 0.25) overlapping.push(`${text} × ${other.text}`);
			}
		}
	}
	return { charts: charts.length, smallest, outside, overlapping };
}
