import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { themed } from "../../src/report/picture.js";
import { canvasOf } from "../fixtures/canvas.js";
import { chartKinds } from "../fixtures/chart-gallery.js";
import { chromiumPath, launchChromium } from "./chromium.js";

const widths = [720, 328] as const;

/** Labels may stand this far over the edge of their chart, in pixels: descenders and antialiasing. */
const slack = 2;

/** Pixels between two numbers of an axis, also between those of neighbouring panels: with fewer they read as one. */
const leastApart = 3;

describe.skipIf(!chromiumPath)("charts in Chromium (needs chromium)", () => {
	let browser: Browser;
	beforeAll(async () => {
		browser = await launchChromium();
	});
	afterAll(async () => await browser.close());

	test.each(chartKinds)("$title: every label stands within its chart, and none on another", async ({ cases }) => {
		const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
		for (const { name, chart } of cases)
			for (const width of widths) {
				const svg = chart(canvasOf(width)).outerHTML;
				expect(svg, name).not.toMatch(/NaN|Infinity|undefined/);
				await page.setContent(`<!doctype html><meta charset="utf-8"><body style="margin:0">${themed(svg)}</body>`);
				const found = await page.evaluate(
					({ slack, leastApart }) => {
						const chart = document.querySelector("svg");
						const outer = chart?.getBoundingClientRect();
						if (!chart || !outer) return ["no chart"];
						const texts = [...chart.querySelectorAll("text")].flatMap((element) => {
							if (element.getAttribute("transform")?.includes("rotate")) return []; // its box is larger than it
							const spans = element.querySelectorAll("tspan").length > 0 ? [...element.querySelectorAll("tspan")] : [element];
							return spans.flatMap((span) => {
								const box = span.getBoundingClientRect();
								const isTick = element.closest("[aria-label*='tick label']") !== null;
								return box.width > 0 && span.textContent ? [{ text: span.textContent, box, isTick }] : [];
							});
						});
						const outside = texts.filter(
							({ box }) =>
								box.left < outer.left - slack ||
								box.right > outer.right + slack ||
								box.top < outer.top - slack ||
								box.bottom > outer.bottom + slack,
						);
						const onOthers = texts.flatMap((one, i) =>
							texts.slice(i + 1).flatMap((other) => {
								const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
								const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
								const most = one.isTick && other.isTick ? -leastApart : slack;
								return across > most && down > 5 ? [`${one.text} on ${other.text}`] : [];
							}),
						);
						return [...outside.map(({ text }) => `${text} outside`), ...onOthers];
					},
					{ slack, leastApart },
				);
				expect(found, `${name} at ${width}`).toEqual([]);
			}
		await page.close();
	});
});
