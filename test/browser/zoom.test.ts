import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PageServer, startServer } from "../e2e/page-server.js";
import { smallStudy, Workplace } from "../e2e/sweetspot.js";
import { chromiumPath, launchChromium } from "./chromium.js";

const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** A study of some ten seconds: wide layers, many seeds. */
const slowStudy = smallStudy
	.replace("name: small", "name: slow")
	.replace("[{ dense: 16 }, relu, { dense: 3 }]", "[{ dense: 512 }, relu, { dense: 256 }, relu, { dense: 3 }]")
	.replace("reporting: 3", "reporting: 21");

describe.skipIf(!chromiumPath)("a part of an axis, chosen by dragging (needs chromium)", () => {
	let browser: Browser;
	let place: Workplace;
	let id = "";
	beforeAll(async () => {
		browser = await launchChromium();
		place = new Workplace();
		place.write("small.yaml", smallStudy);
		place.write("slow.yaml", slowStudy);
		await place.start(["tune", "small.yaml", "--quiet"]);
		const { stdout } = await place.start(["studies", "--json"]);
		id = (JSON.parse(stdout) as { studies: { id: string }[] }).studies[0].id;
	});
	afterAll(async () => {
		await browser.close();
		place.remove();
	});

	async function enter(server: PageServer): Promise<{ readonly page: Page; readonly complaints: readonly string[] }> {
		const page = await browser.newPage();
		const complaints: string[] = [];
		page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
		page.on("pageerror", (error) => complaints.push(error.message));
		await page.goto(server.link.href);
		return { page, complaints };
	}

	const axisOf = async (chart: Locator) => ({
		low: Number(await chart.getAttribute("data-zoom-low")),
		high: Number(await chart.getAttribute("data-zoom-high")),
	});

	/** Drags over the chart between two shares of its axis. */
	async function drag(page: Page, chart: Locator, from: number, to: number, during: () => Promise<void> = async () => {}): Promise<void> {
		// In one step: an update may replace the chart at any moment.
		const { left, width, y } = await chart.evaluate((svg) => {
			svg.scrollIntoView({ block: "center" });
			const box = svg.getBoundingClientRect();
			const of = (name: string) => Number(svg.getAttribute(name));
			const pixels = box.width / of("width");
			return {
				left: box.left + of("data-zoom-left") * pixels,
				width: (of("data-zoom-right") - of("data-zoom-left")) * pixels,
				y: box.top + box.height * 0.7,
			};
		});
		const at = (share: number) => left + share * width;
		await page.mouse.move(at(from), y);
		await page.mouse.down();
		await page.mouse.move(at(to), y, { steps: 4 });
		await during();
		await page.mouse.up();
	}

	const parameter = (page: Page, name: string): number | null => {
		const value = new URL(page.url()).searchParams.get(name);
		return value === null || value === "" ? null : Number(value);
	};

	test("the part stands in the address and in the fields, survives a reload, and a double click shows the whole axis", async () => {
		const server = await startServer(place.folder);
		const { page, complaints } = await enter(server);
		await page.goto(`${server.origin}/studies/${id}/trials/1`);
		const chart = page.locator(".wide svg[data-zoom-scale]").first();
		const whole = await axisOf(chart);
		await drag(page, chart, 0.4, 0.8);
		await expect.poll(() => parameter(page, "from"), { timeout: 10_000 }).not.toBeNull();
		const [from, to] = [parameter(page, "from") ?? 0, parameter(page, "to") ?? 0];
		const expected = (share: number) => whole.low * (whole.high / whole.low) ** share;
		expect(from / expected(0.4)).toBeCloseTo(1, 1);
		expect(to / expected(0.8)).toBeCloseTo(1, 1);
		expect(await page.getByLabel("from").inputValue()).toBe(String(from));
		await expect.poll(async () => axisOf(chart), { timeout: 10_000 }).toMatchObject({ low: from, high: to });

		await page.reload();
		expect(await axisOf(chart)).toMatchObject({ low: from, high: to });
		await chart.dblclick({ position: { x: 300, y: 200 } });
		await expect.poll(async () => axisOf(chart), { timeout: 10_000 }).toEqual(whole);
		expect([parameter(page, "from"), parameter(page, "to")]).toEqual([null, null]);

		// The other way round and beyond the end is the same; Escape gives it up; a click is no drag.
		await drag(page, chart, 0.5, 0.3, () => page.keyboard.press("Escape"));
		await drag(page, chart, 0.5, 0.505);
		await page.waitForTimeout(400);
		expect(parameter(page, "from")).toBeNull();
		await drag(page, chart, 0.7, -0.2);
		await expect.poll(async () => (await axisOf(chart)).high < whole.high, { timeout: 10_000 }).toBe(true);

		// By the keyboard alone.
		const reset = page.getByRole("button", { name: "Whole axis" });
		await reset.focus();
		await page.keyboard.press("Enter");
		await expect.poll(async () => axisOf(chart), { timeout: 10_000 }).toEqual(whole);
		expect(await reset.isVisible()).toBe(false);
		await page.getByLabel("from").focus();
		await page.keyboard.type("3");
		await expect.poll(async () => (await axisOf(chart)).low, { timeout: 10_000 }).toBe(3);
		expect(complaints).toEqual([]);
		await page.close();
	});

	test("the charts of a study's findings: a part of each, and single runs, in the address", async () => {
		const server = await startServer(place.folder);
		const { page, complaints } = await enter(server);
		await page.goto(`${server.origin}/studies/${id}`);
		const tradeoff = page.locator("#tradeoff .wide svg[data-zoom-scale]");
		await expect.poll(() => tradeoff.count(), { timeout: 60_000 }).toBe(1);
		const whole = await axisOf(tradeoff);
		await drag(page, tradeoff, 0.1, 0.7);
		await expect.poll(() => parameter(page, "batch-from"), { timeout: 10_000 }).not.toBeNull();
		const [from, to] = [parameter(page, "batch-from") ?? 0, parameter(page, "batch-to") ?? 0];
		await expect.poll(async () => axisOf(tradeoff), { timeout: 10_000 }).toMatchObject({ low: from, high: to });
		expect(await page.locator("#tradeoff figcaption").textContent()).toContain("Only a part of the axis is shown");

		// Another chart has its own part, and both stay. Its panels share the axis: the drag is over the second one.
		const curves = page.locator("#curves .by-steps .wide svg[data-zoom-scale]");
		const wholeCurves = await axisOf(curves);
		const panel = await curves.evaluate((svg) => {
			svg.scrollIntoView({ block: "center" });
			const box = svg.getBoundingClientRect();
			const pixels = box.width / Number(svg.getAttribute("width"));
			const second = (side: string) => box.left + Number((svg.getAttribute(`data-zoom-${side}`) ?? "").split(" ")[1]) * pixels;
			return { left: second("left"), right: second("right"), y: box.top + box.height * 0.6 };
		});
		const at = (share: number) => panel.left + share * (panel.right - panel.left);
		await page.mouse.move(at(0.25), panel.y);
		await page.mouse.down();
		await page.mouse.move(at(0.75), panel.y, { steps: 4 });
		await page.mouse.up();
		await expect.poll(() => parameter(page, "curves-from"), { timeout: 10_000 }).not.toBeNull();
		const part = { low: parameter(page, "curves-from") ?? 0, high: parameter(page, "curves-to") ?? 0 };
		expect(part.low / (wholeCurves.low * (wholeCurves.high / wholeCurves.low) ** 0.25)).toBeCloseTo(1, 1);
		await expect.poll(async () => axisOf(curves), { timeout: 10_000 }).toMatchObject(part);
		expect(parameter(page, "batch-from")).toBe(from);

		// Single runs on demand.
		expect(await curves.textContent()).toContain("the middle half of the runs");
		await page.locator("select[name=runs]").selectOption("single");
		await expect.poll(() => curves.textContent(), { timeout: 10_000 }).toContain("the other runs");
		expect(page.url()).toContain("runs=single");
		await page.reload();
		expect(await curves.textContent()).toContain("the other runs");
		expect(await axisOf(curves)).toMatchObject(part);
		expect(await axisOf(tradeoff)).toMatchObject({ low: from, high: to });

		// Another page of the same study has choices of its own.
		const { page: other } = await enter(server);
		await other.goto(`${server.origin}/studies/${id}`);
		expect(await axisOf(other.locator("#tradeoff .wide svg[data-zoom-scale]"))).toEqual(whole);
		expect(await other.locator("#curves .by-steps .wide svg").textContent()).toContain("the middle half of the runs");
		await other.close();
		expect(await axisOf(tradeoff)).toMatchObject({ low: from, high: to });

		// The part is in steps: another unit has all of its axis.
		await page.getByText("by examples", { exact: true }).click();
		await expect.poll(() => parameter(page, "curves-from"), { timeout: 10_000 }).toBeNull();
		expect(page.url()).toContain("unit=examples");
		await expect.poll(async () => axisOf(curves), { timeout: 10_000 }).toEqual(wholeCurves);
		await page.locator("#curves .by-examples .wide svg").scrollIntoViewIfNeeded();
		await drag(page, page.locator("#tradeoff .wide svg"), 0.3, 0.5);
		await tradeoff.dblclick({ position: { x: 300, y: 200 } });
		await expect.poll(async () => axisOf(tradeoff), { timeout: 10_000 }).toEqual(whole);
		expect(parameter(page, "batch-from")).toBeNull();
		expect(complaints).toEqual([]);
		await page.close();

		const plain = await browser.newPage({ javaScriptEnabled: false });
		await plain.goto(server.link.href);
		await plain.goto(`${server.origin}/studies/${id}`);
		await plain.locator("summary", { hasText: "Single runs" }).click();
		await plain.locator("select[name=runs]").selectOption("single");
		await plain.locator(".zoom:has(select[name=runs]) button", { hasText: "Show" }).click();
		expect(plain.url()).toContain("runs=single");
		expect(await plain.locator("#curves .by-steps .wide svg").textContent()).toContain("the other runs");
		await plain.close();
	});

	test("a running study's chart stays zoomed while it grows, also when it is replaced during the drag", async () => {
		const server = await startServer(place.folder);
		const { page, complaints } = await enter(server);
		const study: ChildProcess = spawn(process.execPath, [program, "tune", "slow.yaml", "--quiet", "--fresh", "--workers", "1"], {
			cwd: place.folder,
			stdio: "ignore",
		});
		try {
			await page.locator("tr:has(.state.running) a").first().click({ timeout: 60_000 });
			const now = page.locator("[data-part=now]");
			const chart = now.locator("svg[data-zoom-scale]:visible");
			await expect.poll(() => chart.count(), { timeout: 60_000 }).toBe(1);
			const version = () => now.getAttribute("data-version");
			const changes = async () => {
				const before = await version();
				await expect.poll(version, { timeout: 60_000 }).not.toBe(before);
			};
			// Again where the trial ended, and its chart with it, just before the drag began.
			const zoomed = async () => {
				await drag(page, chart.first(), 0.3, 0.7, changes);
				await page.waitForTimeout(500);
				return parameter(page, "from");
			};
			await expect.poll(zoomed, { timeout: 60_000 }).not.toBeNull();
			const [from, to] = [parameter(page, "from") ?? 0, parameter(page, "to") ?? 0];
			expect(to).toBeGreaterThan(from);
			await expect.poll(() => now.textContent(), { timeout: 60_000 }).toMatch(/Only a part of the axis|on this part of the axis/);
			for (let i = 0; i < 3; i++) {
				await changes();
				expect([parameter(page, "from"), parameter(page, "to")]).toEqual([from, to]);
				const drawn = await chart.evaluateAll((charts) =>
					charts.map((one) => [one.getAttribute("data-zoom-low"), one.getAttribute("data-zoom-high")].map(Number)),
				);
				for (const ends of drawn) expect(ends).toEqual([from, to]);
			}
			await page.getByRole("button", { name: "Whole axis" }).click();
			await expect.poll(() => now.textContent(), { timeout: 60_000 }).not.toMatch(/part of the axis/);
			expect(complaints).toEqual([]);
		} finally {
			study.kill("SIGKILL");
			await page.close();
		}
	});
});
