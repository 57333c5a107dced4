import type { Page } from "playwright-core";

/** Milliseconds from an input to the next paint, of every input that the browser timed; and until what was asked for is seen. */
export interface Interactions {
	/** One for each interaction, by its name. */
	readonly nextPaint: Readonly<Record<string, readonly number[]>>;
	readonly seen: Readonly<Record<string, readonly number[]>>;
}

/** How often each interaction is done. */
const rounds = 9;

/** What the page's own clock says of its inputs: the browser rounds to 8 ms and reports what takes at least 16. */
const leastReported = 16;

/**
 * Real inputs on the open pages of a study: choosing an axis, typing a filter, showing another unit of the learning curves, sorting, zooming,
 * moving over a page. An input that paints within less than the browser reports counts as that.
 */
export async function measureInteractions(page: Page, origin: string, study: string): Promise<Interactions> {
	const nextPaint: Record<string, number[]> = {};
	const seen: Record<string, number[]> = {};
	await page.addInitScript(() => {
		const reported: number[] = [];
		Object.assign(window, { reported });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries()) reported.push(entry.duration);
		}).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
	});
	const measure = async (name: string, act: () => Promise<unknown>, until: () => Promise<unknown> = async () => undefined) => {
		await page.evaluate(() => Reflect.get(window, "reported").splice(0));
		const from = performance.now();
		await act();
		await until();
		const took = performance.now() - from;
		await page.waitForTimeout(250); // entries are reported after the paint, and the page comes to rest
		const durations = (await page.evaluate(() => [...Reflect.get(window, "reported")])) as number[];
		nextPaint[name] = [...(nextPaint[name] ?? []), Math.max(leastReported, ...durations)];
		seen[name] = [...(seen[name] ?? []), took];
	};
	const version = (part: string) => page.locator(`[data-part=${part}]`).getAttribute("data-version");
	const changes = async (part: string, act: () => Promise<unknown>, name: string) => {
		const before = await version(part);
		await measure(name, act, () => page.waitForSelector(`[data-part=${part}]:not([data-version="${before}"])`, { state: "attached" }));
	};

	for (let i = 0; i < rounds; i++) {
		await page.goto(`${origin}/studies/${study}`);
		await page.waitForSelector("#tradeoff .wide svg");
		for (const unit of ["examples", "steps"]) await measure("another unit of the curves", () => page.click(`label[for=by-${unit}]`));
		await measure("hovering", () => page.mouse.move(300 + i, 300, { steps: 10 }));

		await page.goto(`${origin}/studies?`);
		await page.waitForSelector("tbody tr");
		await measure("sorting", () => page.selectOption("select[name=sort]", i % 2 ? "price" : "trials"));
		await page.locator("input[name=search]").focus();
		for (const letter of "lar") await measure("typing", () => page.keyboard.press(letter));

		await page.goto(`${origin}/studies/${study}/trials`);
		await page.waitForSelector("tbody tr");
		await page.locator("select[name=outcome]").focus();
		await changes("trials", () => page.keyboard.press(i % 2 ? "m" : "r"), "a filter of the trials");
		await measure("choosing a trial", () => page.locator("tbody input[type=checkbox]").first().click());

		await page.goto(`${origin}/studies/${study}/trials/${i + 1}`);
		const chart = page.locator(".wide svg[data-zoom-scale]").first();
		await chart.scrollIntoViewIfNeeded();
		await changes("curves", () => page.selectOption("select[name=x]", "examples"), "another axis");
		const box = await chart.boundingBox();
		if (!box) throw new Error("no chart");
		const [x, y] = [box.x + box.width * 0.5, box.y + box.height * 0.7];
		await changes(
			"curves",
			async () => {
				await page.mouse.move(x, y);
				await page.mouse.down();
				await page.mouse.move(x + 0.3 * box.width, y, { steps: 8 });
				await page.mouse.up();
			},
			"zooming",
		);
	}
	return { nextPaint, seen };
}

/** The value below which 95 % of them lie. */
export const percentile95 = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.ceil(0.95 * values.length) - 1];
